package org.posteriorj.quality;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The truth and the samples of one scan against each other: for each of these K + 1 images in turn, what it would look like as the
 * truth of the other K. If the samples come from the posterior, all K + 1 are exchangeable.
 *
 * @param ranks {@code [item][r]}: entries of an image that exceed r of the other K; item 0 is the truth
 * @param inside entries of an image within the 5-95 % interval of the others
 * @param spread sum over entries of the variance of the others, with K - 1
 * @param error sum over entries of the squared distance of an image to the mean of the others
 * @param level sum over entries of an image
 * @param entries numbers compared per image
 */
public record ScanRanks(int[][] ranks, int[] inside, double[] spread, double[] error, double[] level, int entries) {

	private static final int ITEM_BITS = 10;

	/**
	 * Ranks of values; equal ones are ordered by chance.
	 *
	 * @param items {@code [item][entry]}, the truth first, then at least 2 and at most 1000 samples
	 */
	public static ScanRanks of(final float[][] items, final long seed) {
		final int count = items.length, n = items[0].length;
		if (count < 3 || count > 1001) throw new IllegalArgumentException("ranks: expected 2 to 1000 samples, got " + (count - 1) + ".");
		if (n == 0) throw new IllegalArgumentException("ranks: the scan has nothing to compare.");
		final ScanRanks sums = new ScanRanks(new int[count][count], new int[count], new double[count], new double[count], new double[count], n);
		final SplittableRandom chance = new SplittableRandom(seed);
		final long[] order = new long[count];
		final double[] sorted = new double[count];
		for (int i = 0; i < n; i++) {
			for (int item = 0; item < count; item++) order[item] = key(items[item][i], chance) | item;
			Arrays.sort(order);
			for (int r = 0; r < count; r++) sorted[r] = items[item(order[r])][i];
			sums.add(order, sorted);
		}
		return sums;
	}

	/** The value in the upper half, so that keys are in order of values; chance decides between equal ones. */
	private static long key(final float value, final SplittableRandom chance) {
		final int bits = Float.floatToIntBits(value + 0f);
		return (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | (long) chance.nextInt(1 << 31 - ITEM_BITS) << ITEM_BITS;
	}

	private static int item(final long key) {
		return (int) (key & (1 << ITEM_BITS) - 1);
	}

	private void add(final long[] order, final double[] sorted) {
		final int others = sorted.length - 1;
		double mean = 0, squares = 0;
		for (final double v : sorted) mean += v / (others + 1);
		for (final double v : sorted) squares += (v - mean) * (v - mean);
		for (int r = 0; r <= others; r++) {
			final int item = item(order[r]);
			final double d = sorted[r] - mean, shift = -d / others;
			ranks[item][r]++;
			if (sorted[r] >= quantile(sorted, r, Coverage.TAIL) && sorted[r] <= quantile(sorted, r, 1 - Coverage.TAIL)) inside[item]++;
			spread[item] += (squares - d * d - others * shift * shift) / (others - 1);
			error[item] += (d - shift) * (d - shift);
			level[item] += sorted[r];
		}
	}

	/** As {@link Coverage#quantile}, of the values without the one at {@code left}. */
	private static double quantile(final double[] sorted, final int left, final double p) {
		final int others = sorted.length - 1;
		final double h = (others - 1) * p;
		final int below = (int) Math.floor(h), above = Math.min(below + 1, others - 1);
		final double low = sorted[below < left ? below : below + 1], high = sorted[above < left ? above : above + 1];
		return low + (h - below) * (high - low);
	}

	/** K, the number of samples. */
	public int samples() {
		return ranks.length - 1;
	}
}
