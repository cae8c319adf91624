package org.posteriorj.physics.ct;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Geometry;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** A CT scan whose views are taken one after the other, at angles chosen among those of a geometry; white noise. */
public final class ViewScan implements AdaptiveScan {

	private final Geometry geometry;
	private final int detectors;
	private final int size;
	private final CtOperator all;
	private final IntFunction<float[]> source;
	private final double sigma;
	private final ComputeDevice device;
	private final boolean[] possible;
	private final float[][] values;
	private final double[] gains;
	private CtOperator operator;

	/**
	 * @param geometry every angle that could be measured
	 * @param detectors detector pixels
	 * @param size rows and columns of the image
	 * @param possible which views can be measured, one per angle
	 * @param source the line integrals of a view; asked for once, when it is measured
	 * @param sigma their standard deviation, in the units of the source
	 * @param device where images are
	 */
	public ViewScan(final Geometry geometry, final int detectors, final int size, final boolean[] possible, final IntFunction<float[]> source, final double sigma,
		final ComputeDevice device)
	{
		if (possible.length != geometry.views()) {
			throw new IllegalArgumentException("view scan: expected a mark for each of the " + geometry.views() + " angles, got " + possible.length + ".");
		}
		this.geometry = geometry;
		this.detectors = detectors;
		this.size = size;
		this.possible = possible.clone();
		this.source = source;
		this.sigma = sigma;
		this.device = device;
		values = new float[geometry.views()][];
		gains = new double[values.length];
		all = CtOperator.of(geometry, detectors, size, size);
	}

	@Override
	public int lines() {
		return values.length;
	}

	@Override
	public boolean measured(final int line) {
		return values[line] != null;
	}

	@Override
	public boolean open(final int line) {
		return possible[line] && values[line] == null;
	}

	@Override
	public double gain(final int line) {
		if (gains[line] == 0) gains[line] = Math.pow(operator(line).norm(), 2);
		return gains[line];
	}

	@Override
	public void measure(final List<Integer> lines) {
		for (final int line : lines) {
			if (!open(line)) throw new IllegalArgumentException("view scan: view " + line + " was measured before, or cannot be.");
			final float[] view = source.apply(line);
			if (view.length != detectors) {
				throw new IllegalArgumentException("view scan: view " + line + " has " + view.length + " values, expected " + detectors + ".");
			}
			values[line] = view.clone();
		}
		operator = operator(IntStream.range(0, values.length).filter(this::measured).toArray());
	}

	private CtOperator operator(final int... views) {
		return CtOperator.of(geometry.withAngles(Arrays.stream(views).mapToDouble(view -> geometry.angles()[view]).toArray()), detectors, size, size);
	}

	@Override
	public DataConsistency data() {
		if (operator == null) throw new IllegalStateException("view scan: no view was measured yet.");
		final float[][] measured = Arrays.stream(values).filter(view -> view != null).toArray(float[][]::new);
		final float[] data = new float[measured.length * detectors];
		for (int v = 0; v < measured.length; v++) System.arraycopy(measured[v], 0, data, v * detectors, detectors);
		return new DataConsistency(operator, device.place(Tensors.of(data, 1, measured.length, detectors)), sigma);
	}

	@Override
	public Tensor predict(final Tensor images) {
		return all.forward(images);
	}

	@Override
	public Tensor values(final int line) {
		return Scopes.keep(() -> device.place(Tensors.of(values[line], detectors)));
	}
}
