package org.posteriorj.tensor;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;

/** Shape checks whose messages name the place, the argument and both shapes. */
public final class Shapes {

	private Shapes() {}

	/** The sizes of a tensor as a plain array. */
	public static long[] of(final Tensor tensor) {
		final long[] shape = new long[(int) tensor.dim()];
		for (int i = 0; i < shape.length; i++) shape[i] = tensor.size(i);
		return shape;
	}

	/** Requires {@code tensor} to be a batch of items of the given shape: [B, item...], and returns B. */
	public static long requireBatch(final String where, final String what, final Tensor tensor, final long[] item) {
		final long[] got = of(tensor);
		if (got.length != item.length + 1 || !Arrays.equals(Arrays.copyOfRange(got, 1, got.length), item)) {
			throw new IllegalArgumentException(where + ": " + what + " has shape " + Arrays.toString(got) + ", expected [B, " +
				Arrays.toString(item).substring(1) + ".");
		}
		return got[0];
	}

	/** The number of elements of a shape. */
	public static long count(final long... shape) {
		long n = 1;
		for (final long size : shape) n = Math.multiplyExact(n, size);
		return n;
	}

	/** {@code shape} with a leading batch size. */
	public static long[] batch(final long size, final long... item) {
		final long[] shape = new long[item.length + 1];
		shape[0] = size;
		System.arraycopy(item, 0, shape, 1, item.length);
		return shape;
	}
}
