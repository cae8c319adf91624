package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.AntitheticPairs;

/**
 * Mean of images and standard deviation of their magnitudes, one image at a time, in double precision.
 * <p>
 * The variance is {@link AntitheticPairs#variance} of squared deviations from the mean, which Welford's update sums, and of squared differences
 * within mirrored pairs.
 *
 * @see "B. P. Welford, Technometrics 4 (1962) 419-420"
 */
final class Moments {

	private final int channels;
	private final boolean paired;
	private final double[] mean;
	private final double[] magnitudeMean;
	private final double[] magnitudeSquares;
	private final double[] pairSquares;
	/** Images that may have a partner to come. */
	private final List<float[]> recent = new ArrayList<>();
	private int count;

	private Moments(final int channels, final int pixels, final boolean paired) {
		this.channels = channels;
		this.paired = paired;
		mean = new double[channels * pixels];
		magnitudeMean = new double[pixels];
		magnitudeSquares = new double[pixels];
		pairSquares = new double[pixels];
	}

	/**
	 * Of independent images.
	 *
	 * @param channels 2 complex, 1 real
	 * @param pixels pixels of one channel
	 */
	static Moments ofIndependent(final int channels, final int pixels) {
		return new Moments(channels, pixels, false);
	}

	/** Of samples that mirror each other as {@link AntitheticPairs} says, in the order of their numbers. */
	static Moments ofPairs(final int channels, final int pixels) {
		return new Moments(channels, pixels, true);
	}

	/** Adds an image [channel][pixel], which is not to be changed afterwards. */
	void add(final float[] image) {
		if (paired) pair(image);
		count++;
		for (int i = 0; i < mean.length; i++) mean[i] += (image[i] - mean[i]) / count;
		for (int i = 0; i < magnitudeMean.length; i++) {
			final double value = magnitude(image, i), delta = value - magnitudeMean[i];
			magnitudeMean[i] += delta / count;
			magnitudeSquares[i] += delta * (value - magnitudeMean[i]);
		}
	}

	private void pair(final float[] image) {
		if (!AntitheticPairs.mirrored(count)) {
			recent.add(image);
			return;
		}
		final float[] partner = recent.remove(0);
		for (int i = 0; i < pairSquares.length; i++) {
			final double difference = magnitude(image, i) - magnitude(partner, i);
			pairSquares[i] += difference * difference;
		}
	}

	private double magnitude(final float[] image, final int i) {
		return channels == 2 ? Math.hypot(image[i], image[magnitudeMean.length + i]) : image[i];
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
		final int pairs = paired ? AntitheticPairs.pairs(count) : 0;
		final float[] out = new float[magnitudeSquares.length];
		for (int i = 0; i < out.length; i++) out[i] = (float) Math.sqrt(AntitheticPairs.variance(count, pairs, magnitudeSquares[i], pairSquares[i]));
		return out;
	}
}
