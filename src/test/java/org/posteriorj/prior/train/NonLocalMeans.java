package org.posteriorj.prior.train;

import java.util.Arrays;

/**
 * Non-local means, a classical denoiser to compare with: {@code sum_q w(p, q) x_q}, {@code w = exp(-max(d - 2 sigma^2, 0) / h^2)}, d
 * the mean squared difference of two patches over all channels.
 *
 * @see "A. Buades, B. Coll, J.-M. Morel, CVPR 2005; Image Processing On Line 1 (2011) 208-212"
 */
record NonLocalMeans(int patch, int search, double h) {

	float[] denoise(final float[] x, final int channels, final int rows, final int columns, final double sigma) {
		final int n = rows * columns;
		final double[] weights = new double[n], sum = new double[channels * n], largest = new double[n], d = new double[n];
		for (int dy = -search; dy <= search; dy++) for (int dx = -search; dx <= search; dx++) {
			if (dy == 0 && dx == 0) continue;
			for (int i = 0; i < n; i++) {
				final int j = neighbour(i, dy, dx, rows, columns);
				d[i] = 0;
				for (int c = 0; c < channels; c++) d[i] += Math.pow(x[c * n + i] - x[c * n + j], 2) / channels;
			}
			final double[] mean = boxMean(d, rows, columns);
			for (int i = 0; i < n; i++) {
				final double w = Math.exp(-Math.max(mean[i] - 2 * sigma * sigma, 0) / (h * h));
				final int j = neighbour(i, dy, dx, rows, columns);
				weights[i] += w;
				largest[i] = Math.max(largest[i], w);
				for (int c = 0; c < channels; c++) sum[c * n + i] += w * x[c * n + j];
			}
		}
		final float[] out = new float[x.length];
		for (int i = 0; i < n; i++) {
			final double own = Math.max(largest[i], 1e-12);
			for (int c = 0; c < channels; c++) out[c * n + i] = (float) ((sum[c * n + i] + own * x[c * n + i]) / (weights[i] + own));
		}
		return out;
	}

	private static int neighbour(final int i, final int dy, final int dx, final int rows, final int columns) {
		return mirror(i / columns + dy, rows) * columns + mirror(i % columns + dx, columns);
	}

	private static int mirror(final int i, final int n) {
		return i < 0 ? -i : i >= n ? 2 * n - 2 - i : i;
	}

	/** Mean over {@code 2 patch + 1} squared pixels, the image mirrored. */
	private double[] boxMean(final double[] values, final int rows, final int columns) {
		final double[] across = new double[values.length], mean = new double[values.length];
		final int width = 2 * patch + 1;
		for (int i = 0; i < values.length; i++) for (int k = -patch; k <= patch; k++) across[i] += values[neighbour(i, 0, k, rows, columns)] / width;
		Arrays.fill(mean, 0);
		for (int i = 0; i < values.length; i++) for (int k = -patch; k <= patch; k++) mean[i] += across[neighbour(i, k, 0, rows, columns)] / width;
		return mean;
	}
}
