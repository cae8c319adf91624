package org.posteriorj.prior;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Tensors;

/**
 * A network of one fixed size on images of any size: tiles that overlap by at least a quarter, averaged with weights that
 * change smoothly in the middle half of the overlap; what is nearer to a tile's edge counts for nothing where another tile
 * covers it. Smaller images are continued by reflection.
 */
record Tiled(Denoiser inner, int tileRows, int tileColumns) implements Denoiser {

	private static final double LOWEST = 1e-4;

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

	private Tensor window() {
		final float[] values = new float[tileRows * tileColumns];
		for (int r = 0; r < tileRows; r++) for (int c = 0; c < tileColumns; c++) values[r * tileColumns + c] = (float) (weight(r, tileRows) * weight(c, tileColumns));
		return Tensors.of(values, 1, 1, tileRows, tileColumns);
	}

	/** From nearly 0, which is all there is at the border of the image, to 1. */
	private static double weight(final int i, final int n) {
		final double overlap = n / 4, t = (Math.min(i, n - 1 - i) + 0.5 - overlap / 4) / (overlap / 2);
		final double ramp = Math.max(0, Math.min(1, t));
		return LOWEST + ramp * ramp * (3 - 2 * ramp);
	}
}
