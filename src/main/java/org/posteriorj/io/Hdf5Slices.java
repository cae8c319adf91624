package org.posteriorj.io;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;

/** A stack of detector images [view, row, column], or by its attribute {@code axes} [row, view, column], as one sinogram per row. */
final class Hdf5Slices {

	private final Dataset dataset;
	private final boolean turned;
	private final int[] shape;

	Hdf5Slices(final Path file, final Dataset dataset) throws IOException {
		this.dataset = dataset;
		shape = dataset.getDimensions();
		if (shape.length != 3) {
			throw FileProblem.of(file, "expected '" + dataset.getName() + "' of 3 axes [theta, y, x], got " + NumericArray.text(shape) + ".");
		}
		final Attribute axes = dataset.getAttribute("axes");
		turned = axes != null && text(axes.getData()).startsWith("y");
	}

	/** Whether rows come before views. */
	boolean turned() {
		return turned;
	}

	int views() {
		return shape[turned ? 1 : 0];
	}

	int depth() {
		return shape[turned ? 0 : 1];
	}

	int detectors() {
		return shape[2];
	}

	/** One array [view][detector] per row, view by view as the file stores them. */
	List<float[]> read() {
		final int n = detectors();
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < depth(); z++) slices.add(new float[views() * n]);
		for (int i = 0; i < shape[0]; i++) {
			final Object plane = dataset.getData(new long[] { i, 0, 0 }, new int[] { 1, shape[1], n });
			final int[] at = { 0 };
			final int outer = i;
			each(plane, value -> {
				final int inner = at[0] / n, column = at[0]++ % n;
				final int z = turned ? outer : inner, view = turned ? inner : outer;
				slices.get(z)[view * n + column] = (float) value;
			});
		}
		return slices;
	}

	/** Every number of a nested array in order. */
	static void each(final Object values, final DoubleConsumer use) {
		if (!values.getClass().isArray()) {
			use.accept(((Number) values).doubleValue());
			return;
		}
		final boolean numbers = values.getClass().getComponentType().isPrimitive();
		final int length = Array.getLength(values);
		for (int i = 0; i < length; i++) {
			if (numbers) use.accept(Array.getDouble(values, i));
			else each(Array.get(values, i), use);
		}
	}

	static String text(final Object value) {
		return value instanceof final String[] texts ? texts.length > 0 ? texts[0] : "" : String.valueOf(value);
	}
}
