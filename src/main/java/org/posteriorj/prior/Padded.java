package org.posteriorj.prior;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Tensors;

/** Continues images below and to the right by reflection until their size suits a network, and cuts the result back. */
record Padded(Denoiser inner, int multiple) implements Denoiser {

	@Override
	public Tensor at(final Tensor noisy, final double sigma) {
		final long rows = noisy.size(2), columns = noisy.size(3);
		final Tensor fitted = extend(noisy, up(rows, multiple), up(columns, multiple));
		return inner.at(fitted, sigma).narrow(2, 0, rows).narrow(3, 0, columns).contiguous();
	}

	private static long up(final long size, final int multiple) {
		return (size + multiple - 1) / multiple * multiple;
	}

	/** At least {@code rows} x {@code columns} pixels, mirrored at the last row and column as often as it takes. */
	static Tensor extend(final Tensor image, final long rows, final long columns) {
		return extend(extend(image, 2, rows), 3, columns).contiguous();
	}

	private static Tensor extend(final Tensor image, final int axis, final long size) {
		final long old = image.size(axis);
		if (size <= old) return image;
		final long[] source = new long[(int) size];
		final long period = Math.max(1, 2 * old - 2);
		for (int i = 0; i < size; i++) {
			final long k = i % period;
			source[i] = k < old ? k : period - k;
		}
		return image.index_select(axis, Tensors.to(Tensors.ofLongs(source, size), image.device()));
	}
}
