package org.posteriorj.prior;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/**
 * A built-in picture to try priors on: nested ellipses like a slice of a head or a body, with blurred edges and a fine grating;
 * intensities 0 to 1. A complex one has a smooth phase.
 */
public final class TestImage {

	/** Centre y and x, half axes, rotation in degrees, added intensity; coordinates from -1 to 1. */
	private static final double[][] ELLIPSES = { { 0, 0, 0.86, 0.68, 0, 0.85 }, { 0, 0, 0.76, 0.58, 0, -0.35 }, { -0.05, 0.22, 0.3, 0.11, 18, -0.3 }, {
		-0.05, -0.22, 0.34, 0.13, -18, -0.3 }, { 0.4, 0, 0.17, 0.22, 0, 0.3 }, { -0.48, 0.08, 0.1, 0.1, 0, 0.35 }, { 0.12, -0.42, 0.08, 0.05, 30, 0.25 } };

	private TestImage() {}

	/** One slice of {@code size} x {@code size} pixels. */
	public static Volume of(final int size, final int channels) {
		final int n = size * size;
		final float[] values = new float[channels * n];
		for (int r = 0; r < size; r++) for (int c = 0; c < size; c++) {
			final double y = 2.0 * (r + 0.5) / size - 1, x = 2.0 * (c + 0.5) / size - 1;
			final double value = Math.max(0, intensity(y, x, 2.0 / size));
			final double phase = channels == 2 ? 0.6 + 0.8 * y - 0.5 * x + 0.4 * x * y : 0;
			values[r * size + c] = (float) (value * Math.cos(phase));
			if (channels == 2) values[n + r * size + c] = (float) (value * Math.sin(phase));
		}
		return new Volume("test image", size, size, channels, java.util.List.of(values), VoxelSize.UNKNOWN, "");
	}

	private static double intensity(final double y, final double x, final double pixel) {
		double sum = 0;
		for (final double[] e : ELLIPSES) {
			final double angle = Math.toRadians(e[4]), dy = y - e[0], dx = x - e[1];
			final double v = (Math.cos(angle) * dy - Math.sin(angle) * dx) / e[2], u = (Math.sin(angle) * dy + Math.cos(angle) * dx) / e[3];
			// NB: edges one pixel wide, as scanners make them
			sum += e[5] / (1 + Math.exp((Math.sqrt(u * u + v * v) - 1) * Math.min(e[2], e[3]) / (0.4 * pixel)));
		}
		final boolean tissue = sum > 0.4 && sum < 0.6;
		return tissue ? sum + 0.05 * Math.sin(40 * x) * Math.sin(25 * y + 6 * x) : sum;
	}
}
