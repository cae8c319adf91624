package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;

/** Between an image whose centre is pixel floor(n/2) and a larger periodic grid whose centre is index 0. */
final class ImagePadding {

	private ImagePadding() {}

	/** [.., H, W] to [.., rows, columns], zero around. */
	static Tensor pad(final Tensor image, final long rows, final long columns) {
		final long h = image.size(-2), w = image.size(-1);
		return Scopes.keep(() -> torch.roll(torch.constant_pad_nd(image, new long[] { 0, columns - w, 0, rows - h }),
			new long[] { -(h / 2), -(w / 2) }, -2, -1));
	}

	/** The transpose of {@link #pad}. */
	static Tensor crop(final Tensor grid, final long rows, final long columns) {
		return Scopes.keep(() -> torch.roll(grid, new long[] { rows / 2, columns / 2 }, -2, -1).narrow(-2, 0, rows).narrow(-1, 0, columns));
	}
}
