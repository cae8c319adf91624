package org.posteriorj.prior;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Tensors;

/** A network that was trained on {@code u = scale x + shift}: {@code D_x(x; s) = (D_u(scale x + shift; scale s) - shift) / scale}. */
record PixelRange(Denoiser inner, double scale, double shift) implements Denoiser {

	@Override
	public Tensor at(final Tensor noisy, final double sigma) {
		final Tensor u = Tensors.scale(noisy, scale).add(new Scalar(shift));
		return Tensors.scale(inner.at(u, scale * sigma).sub(new Scalar(shift)), 1 / scale);
	}
}
