package org.posteriorj.physics;

/** Sizes that an FFT is quick at. */
final class FastSize {

	private FastSize() {}

	/** The smallest product of twos, threes and fives that is even and at least {@code size}. */
	static int atLeast(final int size) {
		int n = size + size % 2;
		while (!smooth(n)) n += 2;
		return n;
	}

	private static boolean smooth(final int size) {
		int rest = size;
		for (final int prime : new int[] { 2, 3, 5 }) while (rest % prime == 0) rest /= prime;
		return rest == 1;
	}
}
