package org.posteriorj.workflow;

/**
 * Weighted mean of images and standard deviation of their magnitudes, one image at a time, in double precision.
 * <p>
 * West's update: {@code m += (w / W)(x - m)}; the variance is divided by {@code 1 - sum w^2}, which makes it unbiased
 * (n - 1 for equal weights).
 *
 * @see "D. H. D. West, Commun. ACM 22 (1979) 532-535"
 */
final class Moments {

	private final int channels;
	private final double[] mean;
	private final double[] magnitudeMean;
	private final double[] magnitudeSquares;
	private double weights;
	private double squaredWeights;
	private int count;

	/**
	 * @param channels 2 complex, 1 real
	 * @param pixels pixels of one channel
	 */
	Moments(final int channels, final int pixels) {
		this.channels = channels;
		mean = new double[channels * pixels];
		magnitudeMean = new double[pixels];
		magnitudeSquares = new double[pixels];
	}

	/** Adds an image [channel][pixel] with weight {@code w}. */
	void add(final float[] image, final double w) {
		count++;
		weights += w;
		squaredWeights += w * w;
		final double share = weights > 0 ? w / weights : 0;
		for (int i = 0; i < mean.length; i++) mean[i] += share * (image[i] - mean[i]);
		final int n = magnitudeMean.length;
		for (int i = 0; i < n; i++) {
			final double value = channels == 2 ? Math.hypot(image[i], image[n + i]) : image[i];
			final double delta = value - magnitudeMean[i];
			magnitudeMean[i] += share * delta;
			magnitudeSquares[i] += w * delta * (value - magnitudeMean[i]);
		}
	}

	/** Images added so far. */
	int count() {
		return count;
	}

	/** The mean image, [channel][pixel]. */
	float[] mean() {
		final float[] out = new float[mean.length];
		for (int i = 0; i < out.length; i++) out[i] = (float) mean[i];
		return out;
	}

	/** Standard deviation of the magnitude; NaN from fewer than two images, which say nothing about it. */
	float[] std() {
		final double freedom = weights - squaredWeights / weights;
		final float[] out = new float[magnitudeSquares.length];
		for (int i = 0; i < out.length; i++) {
			out[i] = freedom > 1e-12 * weights ? (float) Math.sqrt(Math.max(0, magnitudeSquares[i] / freedom)) : Float.NaN;
		}
		return out;
	}
}
