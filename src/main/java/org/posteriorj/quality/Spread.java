package org.posteriorj.quality;

/**
 * Ratio of the spread of K samples to the error of their mean, pooled over pixels; 1 for a perfect sampler.
 * <p>
 * {@code sqrt((1 + 1/K) sum(s^2) / sum((truth - mean)^2))}, s^2 the variance of the samples with K - 1, because truth minus mean
 * of K exchangeable samples has variance {@code (1 + 1/K) s^2}.
 */
public final class Spread {

	private Spread() {}

	/** Of samples [sample][pixel] against the truth. */
	public static double ratio(final float[][] samples, final float[] truth) {
		final int count = samples.length;
		if (count < 2) throw new IllegalArgumentException("spread: needs at least 2 samples, got " + count + ".");
		double spread = 0, error = 0;
		for (int i = 0; i < truth.length; i++) {
			double mean = 0, squares = 0;
			for (final float[] sample : samples) mean += sample[i] / (double) count;
			for (final float[] sample : samples) squares += (sample[i] - mean) * (sample[i] - mean);
			spread += squares / (count - 1);
			error += (truth[i] - mean) * (truth[i] - mean);
		}
		return Math.sqrt((1 + 1.0 / count) * spread / error);
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
