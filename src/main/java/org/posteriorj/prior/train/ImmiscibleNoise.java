package org.posteriorj.prior.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Gives every image of a batch the noise that lies nearest to it: the noise is the same, another image has it. Pairs are chosen greedily, nearest
 * first, within groups of {@value #GROUP}.
 */
final class ImmiscibleNoise {

	private static final int GROUP = 16;

	private ImmiscibleNoise() {}

	/**
	 * Reorders the noise.
	 *
	 * @param images [count, n]
	 * @param noise [count, n]
	 */
	static void assign(final float[] images, final float[] noise, final int count) {
		final int n = images.length / count;
		for (int first = 0; first < count; first += GROUP) assign(images, noise, n, first, Math.min(GROUP, count - first));
	}

	private static void assign(final float[] images, final float[] noise, final int n, final int first, final int size) {
		final double[] product = new double[size * size];
		for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) product[i * size + j] = dot(images, (first + i) * n, noise, (first + j) * n, n);
		final int[] pairs = IntStream.range(0, size * size).boxed().sorted(Comparator.comparingDouble(k -> -product[k])).mapToInt(Integer::intValue).toArray();
		final float[] before = Arrays.copyOfRange(noise, first * n, (first + size) * n);
		final boolean[] served = new boolean[size], used = new boolean[size];
		for (final int pair : pairs) {
			final int i = pair / size, j = pair % size;
			if (served[i] || used[j]) continue;
			System.arraycopy(before, j * n, noise, (first + i) * n, n);
			served[i] = used[j] = true;
		}
	}

	private static double dot(final float[] a, final int from, final float[] b, final int start, final int n) {
		double sum = 0;
		for (int i = 0; i < n; i++) sum += (double) a[from + i] * b[start + i];
		return sum;
	}
}
