package org.posteriorj.prior;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Tensors;

/**
 * A network of one fixed size on images of any size: tiles that overlap by at least a quarter, averaged with weights that
 * fall smoothly to the tile's edge. Smaller images are continued by reflection.
 */
record Tiled(Denoiser inner, int tileRows, int tileColumns) implements Denoiser {

	@Override
	public Tensor at(final Tensor noisy, final double sigma) {
		final long rows = noisy.size(2), columns = noisy.size(3);
		final Tensor image = Padded.extend(noisy, tileRows, tileColumns);
		final long height = image.size(2), width = image.size(3);
		if (height == tileRows && width == tileColumns) return inner.at(image, sigma).narrow(2, 0, rows).narrow(3, 0, columns).contiguous();
		final Tensor window = Tensors.to(window(), image.device());
		Tensor sum = null, weights = null;
		for (final int top : starts(height, tileRows)) {
			for (final int left : starts(width, tileColumns)) {
				final long[] place = { left, width - tileColumns - left, top, height - tileRows - top };
				final Tensor tile = inner.at(image.narrow(2, top, tileRows).narrow(3, left, tileColumns).contiguous(), sigma).mul(window);
				final Tensor placed = torch.constant_pad_nd(tile, place, new Scalar(0.0)), weight = torch.constant_pad_nd(window, place, new Scalar(0.0));
				sum = sum == null ? placed : sum.add(placed);
				weights = weights == null ? weight : weights.add(weight);
			}
		}
		return sum.div(weights).narrow(2, 0, rows).narrow(3, 0, columns).contiguous();
	}

	/** First rows or columns of the fewest tiles that overlap by a quarter, equally spaced. */
	static int[] starts(final long size, final int tile) {
		if (size <= tile) return new int[] { 0 };
		final int overlap = tile / 4;
		final int count = (int) Math.ceil((double) (size - overlap) / (tile - overlap));
		final int[] starts = new int[count];
		for (int i = 0; i < count; i++) starts[i] = (int) Math.round((double) i * (size - tile) / (count - 1));
		return starts;
	}

	/** Product of two squared sines, positive everywhere. */
	private Tensor window() {
		final float[] values = new float[tileRows * tileColumns];
		for (int r = 0; r < tileRows; r++) for (int c = 0; c < tileColumns; c++) values[r * tileColumns + c] = (float) (hann(r, tileRows) * hann(c, tileColumns));
		return Tensors.of(values, 1, 1, tileRows, tileColumns);
	}

	private static double hann(final int i, final int n) {
		final double s = Math.sin(Math.PI * (i + 0.5) / n);
		return s * s;
	}
}
