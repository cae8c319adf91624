package org.posteriorj.physics.ct;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What part of a turn a set of view angles covers, and the share of every view.
 *
 * @param start angle in radians where the covered range begins; 0 when it is the whole period
 * @param range its length in radians, the period when nothing is missing
 * @param full whether nothing is missing
 * @param shares the angle in radians that each view stands for; their sum is {@code range}
 */
record AngularRange(double start, double range, boolean full, double[] shares) {

	/** A gap this many times wider than the median gap was left out of the scan rather than sampled coarsely. */
	private static final double MISSING = 3;

	/**
	 * @param degrees view angles in any order
	 * @param period 180 degrees for parallel beams, whose opposite views are the same, 360 for fans
	 */
	static AngularRange of(final double[] degrees, final double period) {
		final int n = degrees.length;
		final double[] wrapped = Arrays.stream(degrees).map(a -> wrap(a, period)).toArray();
		final int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> wrapped[i])).mapToInt(i -> i).toArray();
		// gap[i] lies before the i-th angle in order
		final double[] gap = new double[n];
		for (int i = 0; i < n; i++) gap[i] = i == 0 ? wrapped[order[0]] + period - wrapped[order[n - 1]] : wrapped[order[i]] - wrapped[order[i - 1]];
		final double[] positive = Arrays.stream(gap).filter(g -> g > 1e-9 * period).sorted().toArray();
		final double median = positive[positive.length / 2];
		int widest = 0;
		for (int i = 1; i < n; i++) if (gap[i] > gap[widest]) widest = i;
		final boolean full = n > 1 && gap[widest] <= MISSING * median;
		for (int i = 0; i < n; i++) if (n > 1 && gap[i] > MISSING * median) gap[i] = median;
		final double[] shares = new double[n];
		double range = 0;
		for (int i = 0; i < n; i++) {
			shares[order[i]] = Math.toRadians((gap[i] + gap[(i + 1) % n]) / 2);
			range += shares[order[i]];
		}
		final double start = full ? 0 : Math.toRadians(wrapped[order[widest]] - gap[widest] / 2);
		return new AngularRange(start, range, full, shares);
	}

	private static double wrap(final double degrees, final double period) {
		final double rest = degrees % period;
		final double positive = rest < 0 ? rest + period : rest;
		// NB: 360 - 1e-12 is 0 again
		return period - positive < 1e-9 * period ? 0 : positive;
	}
}
