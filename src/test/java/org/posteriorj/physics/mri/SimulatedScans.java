package org.posteriorj.physics.mri;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Scans of an object whose edges fill k-space as heads do. */
final class SimulatedScans {

	private SimulatedScans() {}

	/** Ellipses with a fine texture, [2, rows, columns], maximum about 1. */
	static float[] object(final int rows, final int columns) {
		final float[] image = new float[2 * rows * columns];
		for (int i = 0; i < rows * columns; i++) {
			final double y = 2.0 * (i / columns) / rows - 1, x = 2.0 * (i % columns) / columns - 1;
			double v = y * y / 0.7 + x * x / 0.5 < 1 ? 0.8 : 0;
			if (y * y / 0.55 + x * x / 0.38 < 1) v = 0.5 + 0.1 * Math.sin(40 * x * y + 9 * y);
			if ((y - 0.1) * (y - 0.1) + (x - 0.2) * (x - 0.2) < 0.02) v = 1;
			image[i] = (float) (v * Math.cos(y + x * x));
			image[rows * columns + i] = (float) (v * Math.sin(y + x * x));
		}
		return image;
	}

	/** The scan with noise {@code sigma} per real component, correlated between neighbouring coils where asked for. */
	static KSpace scan(final int coils, final int rows, final int columns, final boolean[] mask, final double sigma, final boolean correlated) {
		final float[] maps = CoilSimulation.maps(coils, rows, columns, 1), sampled = new float[mask.length];
		for (int i = 0; i < mask.length; i++) sampled[i] = mask[i] ? 1 : 0;
		final float[] values = Scopes.compute(() -> {
			final Tensor m = Tensors.of(sampled, rows, columns);
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2)), m)) {
				Tensor noise = SampleRandom.single(5, 0).normal(coils, rows, columns, 2);
				if (correlated) noise = Tensors.scale(Tensors.add(noise, 0.5, org.bytedeco.pytorch.global.torch.roll(noise, new long[] { 1 }, 1)), 1 / Math.sqrt(1.25));
				final Tensor y = Tensors.add(operator.forward(Tensors.of(object(rows, columns), 1, 2, rows, columns)), sigma, noise);
				return Tensors.toFloats(y.mul(m.reshape(1, 1, rows, columns, 1)));
			}
		});
		return new KSpace("scan", coils, rows, columns, List.of(values), List.of(mask), VoxelSize.UNKNOWN, null, List.of());
	}
}
