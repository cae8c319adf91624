package org.posteriorj.physics;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A preconditioner: the inverse of {@code A^H w A + ratio + smoothness D^T D} as if it were a filter with the spectrum that A
 * states, D the differences of neighbouring pixels.
 * <p>
 * Pixels that the data do not depend on are left out of the filter: without D they are solved exactly, and a filter would carry the large
 * residuals of the others there, where the stopping rule of a solver does not see them.
 */
final class SpectralInverse {

	private final Tensor spectrum;
	private final Tensor differences;
	private final Tensor support;

	private SpectralInverse(final Tensor spectrum, final Tensor differences, final Tensor support) {
		this.spectrum = spectrum;
		this.differences = differences;
		this.support = support;
	}

	/** For an operator and relative weights of its data, or null; null if the operator states no spectrum. */
	static SpectralInverse of(final LinearOperator operator, final Tensor weights) {
		final float[] passed = operator.normalSpectrum();
		if (passed == null) return null;
		final double mean = weights == null ? 1 : Scopes.compute(() -> weights.mean().item_double());
		final long[] image = operator.imageShape();
		final float[] seen = operator.support();
		return new SpectralInverse(Scopes.keep(() -> Tensors.scale(Tensors.of(passed, image[1], image[2]), mean)), Scopes.keep(() -> Tensors.of(differences(
			(int) image[1], (int) image[2]), image[1], image[2])), seen == null ? null : Scopes.keep(() -> Tensors.of(seen, image[1], image[2])));
	}

	/** The spectrum of {@code D^T D}: {@code 4 sin^2(pi ky) + 4 sin^2(pi kx)}. */
	private static float[] differences(final int rows, final int columns) {
		final float[] values = new float[rows * columns];
		for (int i = 0; i < values.length; i++) {
			final double y = Math.sin(Math.PI * (i / columns) / rows), x = Math.sin(Math.PI * (i % columns) / columns);
			values[i] = (float) (4 * (y * y + x * x));
		}
		return values;
	}

	/** Images [B, C, H, W], every channel filtered on its own. */
	Tensor apply(final Tensor images, final double ratio) {
		return Scopes.keep(() -> supported(images, Tensors.to(spectrum, images.device()).add(new Scalar(ratio)), 1 / ratio));
	}

	/** As above, with the differences. */
	Tensor apply(final Tensor images, final double ratio, final double smoothness) {
		return Scopes.keep(() -> {
			final Tensor plain = Tensors.to(spectrum, images.device()).add(new Scalar(ratio));
			return divided(images, Tensors.add(plain, smoothness, Tensors.to(differences, images.device())));
		});
	}

	/** The inverse of {@code I + middle U + U^2} with {@code U = t A^H w A}. */
	Tensor graded(final Tensor images, final double t, final double middle) {
		return Scopes.keep(() -> {
			final Tensor u = Tensors.scale(Tensors.to(spectrum, images.device()), t);
			return supported(images, Tensors.add(u.mul(u), middle, u).add(new Scalar(1)), 1);
		});
	}

	/** The filter from pixels that are seen to such pixels, and a factor for the others. */
	private Tensor supported(final Tensor images, final Tensor gain, final double others) {
		if (support == null) return divided(images, gain);
		final Tensor seen = Tensors.to(support, images.device()), inside = images.mul(seen);
		return Tensors.add(divided(inside, gain).mul(seen), others, images.sub(inside));
	}

	private static Tensor divided(final Tensor images, final Tensor gain) {
		return torch.real(torch.fft_ifft2(torch.fft_fft2(images.to(torch.ScalarType.ComplexFloat)).div(gain))).contiguous();
	}
}
