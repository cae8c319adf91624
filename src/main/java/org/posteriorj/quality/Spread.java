package org.posteriorj.quality;

import org.posteriorj.data.AntitheticPairs;

/**
 * Ratio of the spread of K samples to the error of their mean, pooled over pixels; 1 for a perfect sampler.
 * <p>
 * {@code sqrt(sum(s^2 + v) / sum((truth - mean)^2))}, s^2 the variance of a sample and v that of the mean, because truth minus mean has variance
 * s^2 + v: s^2 by {@link AntitheticPairs#variance}, {@code v = ((K + 2 p) s^2 - D) / K^2} with D the sum of squared differences within p mirrored
 * pairs; without pairs that is s^2 / K.
 */
public final class Spread {

	private Spread() {}

	/** Of independent samples [sample][pixel] against the truth. */
	public static double ratio(final float[][] samples, final float[] truth) {
		return ratio(samples, truth, false);
	}

	/** As {@link #ratio} of samples that mirror each other. */
	public static double ofPairs(final float[][] samples, final float[] truth) {
		return ratio(samples, truth, true);
	}

	private static double ratio(final float[][] samples, final float[] truth, final boolean paired) {
		final int count = samples.length;
		if (count < 2) throw new IllegalArgumentException("spread: needs at least 2 samples, got " + count + ".");
		double deviations = 0, differences = 0, error = 0;
		final int pairs = paired ? AntitheticPairs.pairs(count) : 0;
		for (int i = 0; i < truth.length; i++) {
			double mean = 0;
			for (final float[] sample : samples) mean += sample[i] / (double) count;
			for (final float[] sample : samples) deviations += (sample[i] - mean) * (sample[i] - mean);
			error += (truth[i] - mean) * (truth[i] - mean);
		}
		for (int k = 0; paired && k < count; k++) {
			if (!AntitheticPairs.mirrored(k)) continue;
			final float[] a = samples[k], b = samples[AntitheticPairs.partner(k)];
			for (int i = 0; i < truth.length; i++) differences += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
		}
		final double one = AntitheticPairs.variance(count, pairs, deviations, differences), mean = ((count + 2 * pairs) * one - differences) / count / count;
		return Math.sqrt((one + mean) / error);
	}

	/** Root of mean variance over root of mean exact variance, from two maps of standard deviations. */
	public static double standardDeviationRatio(final float[] std, final float[] exact) {
		if (std.length != exact.length) throw new IllegalArgumentException("spread: the maps have " + std.length + " and " + exact.length + " values.");
		double a = 0, b = 0;
		for (int i = 0; i < std.length; i++) {
			a += (double) std[i] * std[i];
			b += (double) exact[i] * exact[i];
		}
		return Math.sqrt(a / b);
	}
}
