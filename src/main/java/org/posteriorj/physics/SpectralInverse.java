package org.posteriorj.physics;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** A preconditioner: the inverse of {@code A^H w A + ratio} as if it were a filter with the spectrum that A states. */
final class SpectralInverse {

	private final Tensor spectrum;

	private SpectralInverse(final Tensor spectrum) {
		this.spectrum = spectrum;
	}

	/** For an operator and relative weights of its data, or null; null if the operator states no spectrum. */
	static SpectralInverse of(final LinearOperator operator, final Tensor weights) {
		final float[] passed = operator.normalSpectrum();
		if (passed == null) return null;
		final double mean = weights == null ? 1 : Scopes.compute(() -> weights.mean().item_double());
		final long[] image = operator.imageShape();
		return new SpectralInverse(Scopes.keep(() -> Tensors.scale(Tensors.of(passed, image[1], image[2]), mean)));
	}

	/** Images [B, C, H, W], every channel filtered on its own. */
	Tensor apply(final Tensor images, final double ratio) {
		return Scopes.keep(() -> {
			final Tensor gain = Tensors.to(spectrum, images.device()).add(new Scalar(ratio));
			return torch.real(torch.fft_ifft2(torch.fft_fft2(images.to(torch.ScalarType.ComplexFloat)).div(gain))).contiguous();
		});
	}
}
