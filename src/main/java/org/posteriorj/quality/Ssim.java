package org.posteriorj.quality;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.posteriorj.data.Volume;

/**
 * Structural similarity of magnitudes: the mean over all full 7x7 windows of
 * {@code (2 mx my + C1)(2 sxy + C2) / ((mx^2 + my^2 + C1)(sx^2 + sy^2 + C2))}, C1 = (0.01 L)^2, C2 = (0.03 L)^2, L the maximum
 * of the whole reference, variances and covariance with n - 1 (Wang et al. 2004, equation 13, with a uniform window).
 */
public final class Ssim {

	private static final int WINDOW = 7;
	private static final double K1 = 0.01, K2 = 0.03;

	private Ssim() {}

	/** Mean over the slices. */
	public static double whole(final Volume image, final Volume reference) {
		return Arrays.stream(slices(image, reference)).average().orElseThrow();
	}

	/** Of each slice. */
	public static double[] slices(final Volume image, final Volume reference) {
		final Pairs pairs = Pairs.of(image, reference);
		final int width = image.width(), height = image.height();
		if (Math.min(width, height) < WINDOW || pairs.image().channels() != 1) {
			throw new IllegalArgumentException("SSIM: needs images of one channel and at least 7 x 7 pixels, got " + width + " x " + height + " with " + pairs
				.image().channels() + " channels.");
		}
		return IntStream.range(0, image.depth()).mapToDouble(z -> slice(pairs.image().slices().get(z), pairs.reference().slices().get(z), width, height, pairs
			.peak())).toArray();
	}

	private static double slice(final float[] x, final float[] y, final int width, final int height, final double range) {
		final double c1 = K1 * K1 * range * range, c2 = K2 * K2 * range * range, n = WINDOW * WINDOW;
		double total = 0;
		for (int row = 0; row + WINDOW <= height; row++) {
			for (int column = 0; column + WINDOW <= width; column++) {
				double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
				for (int j = 0; j < WINDOW; j++) {
					for (int i = 0, at = (row + j) * width + column; i < WINDOW; i++, at++) {
						final double a = x[at], b = y[at];
						sx += a;
						sy += b;
						sxx += a * a;
						syy += b * b;
						sxy += a * b;
					}
				}
				final double mx = sx / n, my = sy / n;
				final double vx = (sxx - sx * mx) / (n - 1), vy = (syy - sy * my) / (n - 1), vxy = (sxy - sx * my) / (n - 1);
				total += (2 * mx * my + c1) * (2 * vxy + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
			}
		}
		return total / ((double) (height - WINDOW + 1) * (width - WINDOW + 1));
	}
}
