package org.posteriorj.prior;

import java.util.Optional;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.ComputeDevice;

/**
 * A prior over images, known through its minimum-mean-square-error denoiser {@code D(x; sigma) = E[x0 | x0 + sigma n = x]}.
 * <p>
 * Everything a sampler needs follows: the score {@code (D - x) / sigma^2}, the predicted noise {@code (x - D) / sigma}.
 * Items of a batch are independent; equal inputs give equal outputs; float32, prior units.
 */
public interface DiffusionPrior extends AutoCloseable {

	/** The name under which options and reports know it. */
	String name();

	/** Channels of an image: 2 complex, 1 real. */
	int channels();

	/** {@code D(x; sigma)}: [B, C, H, W] to the same shape. */
	Tensor denoise(Tensor noisy, double sigma);

	/** Smallest noise level it is valid for, prior units. */
	double sigmaMin();

	/** Largest noise level it is valid for, prior units. */
	double sigmaMax();

	/** Root mean square of its images, prior units. */
	double sigmaData();

	/**
	 * Root mean square of {@code D(x; sigma) - x0} in each real component, prior units, as far as it is known: where it is not, that for images of white
	 * noise, {@code sigma sigmaData / sqrt(sigma^2 + sigmaData^2)}, which is more than for any others.
	 */
	default double denoisingError(final double sigma) {
		return DenoisingError.white(sigma, sigmaData());
	}

	/** The nearest noise level that the prior supports; the identity where levels are continuous. */
	default double supportedSigma(final double sigma) {
		return sigma;
	}

	/**
	 * {@code D(x; sigma)} and the product of its transposed Jacobian with a cotangent computed from it, {@code J^T g(D)}.
	 *
	 * @return D and J^T g, both [B, C, H, W]
	 * @throws UnsupportedOperationException if the prior has no derivative; see {@link #supportsGradient}
	 */
	default Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final java.util.function.UnaryOperator<Tensor> cotangent) {
		throw new UnsupportedOperationException("prior " + name() + " offers no gradient; choose a sampler that needs none.");
	}

	/** Whether {@link #denoiseWithGradient} works. */
	default boolean supportsGradient() {
		return false;
	}

	/** Channels of the condition that {@link #given} takes; 0 for a prior that takes none. */
	default int conditioning() {
		return 0;
	}

	/**
	 * The prior of the images that belong to a condition, [1, {@link #conditioning}, H, W]; it computes with the weights of this one, and needs no
	 * closing. Without a condition a prior is that of all images.
	 *
	 * @throws UnsupportedOperationException if it takes none
	 */
	default DiffusionPrior given(final Tensor condition) {
		throw new UnsupportedOperationException("prior " + name() + " takes no condition; choose a conditional prior.");
	}

	/** How physical intensities become its units, in words; empty where unknown. */
	default Optional<String> scaling() {
		return Optional.empty();
	}

	/** The scans that a conditional prior was trained on; empty where unknown. */
	default Optional<ConditionRange> trainedOn() {
		return Optional.empty();
	}

	/** What makes it the same prior again: the SHA-256 of its weights; empty for priors without. */
	default Optional<String> identity() {
		return Optional.empty();
	}

	/** Moves it to a device; priors without weights compute where their input is. */
	default void to(final ComputeDevice device) {}

	@Override
	default void close() {}
}
