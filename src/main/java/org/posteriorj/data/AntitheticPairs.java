package org.posteriorj.data;

/**
 * Which samples of a run mirror each other: of every four, the third has all noise of the first with the opposite sign, and the fourth that of the
 * second.
 * <p>
 * Noise and its mirror image have the same law, so that each sample is as good a draw as before; but a sampler answers noise almost linearly, so
 * that the noise that two mirrored samples have kept cancels in their mean. Of any four, the first two are independent.
 *
 * @see "J. Jia, S. Liu, B. Song, W. Yuan, L. Shen, G. Wang, Antithetic Noise in Diffusion Models, arXiv 2506.06185 (ICLR 2026); initial noise there,
 *      all noise here"
 */
public final class AntitheticPairs {

	/** What a user of the single samples should know. */
	public static final String NOTE = "of every four, the third has the noise of the first with the opposite sign, and the fourth that of the second";

	private AntitheticPairs() {}

	/** The random stream of sample {@code k}, which is that of its partner. */
	public static long stream(final long k) {
		return k >> 2 << 1 | k & 1;
	}

	/** Whether sample {@code k} has the noise of its stream with the opposite sign. */
	public static boolean mirrored(final long k) {
		return (k & 2) != 0;
	}

	/** The sample that mirrors {@code k}. */
	public static int partner(final int k) {
		return k ^ 2;
	}

	/** How many pairs are whole among the first {@code count} samples. */
	public static int pairs(final int count) {
		return count / 4 * 2 + Math.max(0, count % 4 - 2);
	}

	/**
	 * The unbiased variance of a sample: half the mean squared difference over all couples that do not mirror each other,
	 * {@code (n S - D) / (n (n - 1) - 2 p)}. Without pairs that is S / (n - 1).
	 *
	 * @param count n, samples
	 * @param pairs p, pairs among them
	 * @param deviations S, sum of squared deviations from their mean
	 * @param differences D, sum of squared differences within the pairs
	 * @return NaN where no couple is left
	 */
	public static double variance(final int count, final int pairs, final double deviations, final double differences) {
		final double couples = (double) count * (count - 1) - 2 * pairs;
		return couples > 0 ? Math.max(0, (count * deviations - differences) / couples) : Double.NaN;
	}
}
