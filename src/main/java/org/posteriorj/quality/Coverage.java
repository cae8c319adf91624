package org.posteriorj.quality;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.posteriorj.data.AntitheticPairs;

/**
 * How often the truth lies within the 5-95 % interval of K samples, pooled over pixels.
 * <p>
 * The p-quantile of sorted samples s_1 .. s_K is interpolated linearly at position h = 1 + (K - 1) p (Hyndman and Fan 1996,
 * definition 7). If truth and samples come from the same distribution, the truth lies below s_j with probability j / (K + 1),
 * and below position h with h / (K + 1), exactly for whole h and for a density constant between neighbours otherwise. So a
 * perfect sampler covers {@code 1 - 2 (1 + 0.05 (K - 1)) / (K + 1)}: 0.872 for K = 64.
 */
public final class Coverage {

	/** Probability below the interval, and above it. */
	public static final double TAIL = 0.05;

	private Coverage() {}

	/** Fraction of pixels of {@code truth} within the interval of {@code samples} [sample][pixel], ends included. */
	public static double of(final float[][] samples, final float[] truth) {
		requireSamples(samples.length);
		for (int k = 0; k < samples.length; k++) {
			if (samples[k].length != truth.length) {
				throw new IllegalArgumentException("coverage: sample " + (k + 1) + " has " + samples[k].length + " values, the truth " + truth.length + ".");
			}
		}
		final float[] sorted = new float[samples.length];
		long inside = 0;
		for (int i = 0; i < truth.length; i++) {
			for (int k = 0; k < samples.length; k++) sorted[k] = samples[k][i];
			Arrays.sort(sorted);
			if (truth[i] >= quantile(sorted, TAIL) && truth[i] <= quantile(sorted, 1 - TAIL)) inside++;
		}
		return (double) inside / truth.length;
	}

	/**
	 * As {@link #of} of samples that mirror each other: the average over the mirrored ones and the others, which are independent among themselves. A
	 * perfect sampler of K samples, K a multiple of 4, has {@link #expected expected(K / 2)}.
	 */
	public static double ofPairs(final float[][] samples, final float[] truth) {
		double sum = 0;
		for (final boolean mirrored : new boolean[] { false, true }) {
			sum += of(IntStream.range(0, samples.length).filter(k -> AntitheticPairs.mirrored(k) == mirrored).mapToObj(k -> samples[k]).toArray(float[][]::new), truth);
		}
		return sum / 2;
	}

	/** The coverage that a perfect sampler has with K samples. */
	public static double expected(final int samples) {
		requireSamples(samples);
		return 1 - 2 * (1 + TAIL * (samples - 1)) / (samples + 1);
	}

	/** The p-quantile of sorted values, interpolated linearly. */
	public static double quantile(final float[] sorted, final double p) {
		final double h = (sorted.length - 1) * p;
		final int below = (int) Math.floor(h), above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (h - below) * ((double) sorted[above] - sorted[below]);
	}

	private static void requireSamples(final int samples) {
		if (samples < 2) throw new IllegalArgumentException("coverage: needs at least 2 samples, got " + samples + ".");
	}
}
