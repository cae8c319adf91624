package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/**
 * A linear forward model {@code y = A x} with its exact adjoint.
 * <p>
 * Works on batches, items independent of each other; float32; results belong to the innermost open scope.
 */
public interface LinearOperator {

	/** Shape of one image, [C, H, W]. */
	long[] imageShape();

	/** Shape of one item of data, without the batch axis. */
	long[] dataShape();

	/** {@code A x}: [B, image] to [B, data]. */
	Tensor forward(Tensor images);

	/** {@code A^H y}: [B, data] to [B, image], with {@code <A x, y> = <x, A^H y>} in the real inner product. */
	Tensor adjoint(Tensor data);

	/** {@code A^H A x}: [B, image] to [B, image]. */
	default Tensor normal(final Tensor images) {
		return adjoint(forward(images));
	}

	/**
	 * {@code A^H w A} for weights of the data that stay; may hold what it needs until the operator is closed.
	 *
	 * @param weights broadcast to [1, data]
	 */
	default UnaryOperator<Tensor> weightedNormal(final Tensor weights) {
		return images -> Scopes.keep(() -> adjoint(forward(images).mul(weights)));
	}

	/** A first image: {@code A^H y}, with the density of the samples compensated where they are not evenly spread. */
	default Tensor firstImage(final Tensor data) {
		return adjoint(data);
	}

	/** The largest singular value of A, to 1 %. */
	double norm();

	/**
	 * About how strongly {@code A^H A} passes every spatial frequency, [H W] in the order of an FFT, positive: where it is
	 * known, solvers need fewer iterations. Null where it is not.
	 */
	default float[] normalSpectrum() {
		return null;
	}

	/** 1 at the pixels that the data depend on and 0 at the others, [H W]; null where all count. */
	default float[] support() {
		return null;
	}

	/** Standard normal noise of the data, [B, data]; may be 0 where nothing is measured. Takes one draw of {@code random}. */
	default Tensor noise(final SampleRandom random) {
		return random.normal(dataShape());
	}

	/** Eigenvectors of {@code A^H A}; null where they are not to be had cheaply. Belongs to the operator. */
	default Eigenbasis eigenbasis() {
		return null;
	}

	/** Eigenvectors of {@code A^H w A} for weights as of {@link #weightedNormal}; null where they are not to be had cheaply. */
	default Eigenbasis weightedEigenbasis(final Tensor weights) {
		return null;
	}

	/** Real numbers that were measured, and so have noise: all of y, but for what a mask leaves out. */
	long measurements();

	/** Whether {@code A A^H = I} on what was measured, so that projections need no solver. */
	default boolean rowsOrthonormal() {
		return false;
	}
}
