package org.posteriorj.workflow;

import java.util.List;

/** Errors of a volume [slice][row][column] in its planes and between its slices. */
final class VolumeErrors {

	private VolumeErrors() {}

	/** In decibels: axial, coronal and sagittal; and the error through the planes. */
	static double[] of(final float[] values, final float[] truth, final int rows, final int columns) {
		return new double[] { psnr(values, truth, rows, columns, 0), psnr(values, truth, rows, columns, 1), psnr(values, truth, rows, columns, 2), throughPlane(values, truth,
			rows * columns) };
	}

	/** Slices one after the other. */
	static float[] flat(final List<float[]> slices) {
		final int n = slices.get(0).length;
		final float[] all = new float[n * slices.size()];
		for (int z = 0; z < slices.size(); z++) System.arraycopy(slices.get(z), 0, all, z * n, n);
		return all;
	}

	/** Mean over the planes that lie across an axis (0: axial, 1: coronal, 2: sagittal), the maximum of the volume counting as 1; empty planes left out. */
	private static double psnr(final float[] values, final float[] truth, final int rows, final int columns, final int axis) {
		final int n = rows * columns, planes = axis == 0 ? truth.length / n : axis == 1 ? rows : columns;
		final double[] error = new double[planes], square = new double[planes];
		final int[] count = new int[planes];
		float max = 0;
		for (int i = 0; i < truth.length; i++) {
			final int p = axis == 0 ? i / n : axis == 1 ? i / columns % rows : i % columns;
			error[p] += (values[i] - truth[i]) * (double) (values[i] - truth[i]);
			square[p] += (double) truth[i] * truth[i];
			count[p]++;
			max = Math.max(max, truth[i]);
		}
		double sum = 0;
		int used = 0;
		for (int p = 0; p < planes; p++) if (square[p] / count[p] > 0.001 * max * max) {
			sum += -10 * Math.log10(error[p] / count[p] / ((double) max * max));
			used++;
		}
		return sum / used;
	}

	/** Relative error of the differences of neighbouring slices of n pixels. */
	private static double throughPlane(final float[] values, final float[] truth, final int n) {
		double error = 0, square = 0;
		for (int i = 0; i + n < truth.length; i++) {
			final double real = truth[i + n] - truth[i], got = values[i + n] - values[i];
			error += (got - real) * (got - real);
			square += real * real;
		}
		return Math.sqrt(error / square);
	}
}
