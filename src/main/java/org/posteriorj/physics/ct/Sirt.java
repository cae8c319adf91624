package org.posteriorj.physics.ct;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Simultaneous iterative reconstruction: {@code x <- x + C A^T R (y - A x)}, R and C one over the row and column sums of A.
 * <p>
 * For operators without negative entries. Few iterations give a smooth image, many fit the noise.
 *
 * @see "P. Gilbert, J. Theor. Biol. 36 (1972) 105-117"
 */
public final class Sirt implements AutoCloseable {

	/** Rays and pixels that hardly meet take part no more than this part of the best. */
	private static final double LEAST = 1e-3;

	private final LinearOperator operator;
	private final Tensor perRay;
	private final Tensor perPixel;

	/** For an operator without negative entries. */
	public Sirt(final LinearOperator operator) {
		this.operator = operator;
		perRay = Scopes.keep(() -> inverse(operator.forward(ones(operator.imageShape()))));
		perPixel = Scopes.keep(() -> inverse(operator.adjoint(ones(operator.dataShape()))));
		perRay.retainReference();
		perPixel.retainReference();
	}

	private static Tensor ones(final long[] item) {
		return Tensors.zeros(org.posteriorj.tensor.Shapes.batch(1, item)).add(new Scalar(1));
	}

	private static Tensor inverse(final Tensor sums) {
		final double least = LEAST * sums.max().item_double();
		return sums.clamp_min(new Scalar(least)).reciprocal();
	}

	/**
	 * Images [B, 1, H, W] from data [B, views, detectors].
	 *
	 * @param start where to begin, not changed
	 * @param iterations number of passes over the data
	 * @param nonNegative whether values below zero are set to zero after each
	 * @param progress one step per iteration
	 */
	public Tensor reconstruct(final Tensor data, final Tensor start, final int iterations, final boolean nonNegative, final Progress progress) {
		if (iterations < 1) throw new IllegalArgumentException("SIRT: iterations must be at least 1, got " + iterations + ".");
		return Scopes.keep(() -> {
			Tensor x = start.clone();
			for (int k = 1; k <= iterations; k++) {
				x = Scopes.update(x, image -> {
					final Tensor residual = data.sub(operator.forward(image)).mul(Tensors.to(perRay, data.device()));
					final Tensor next = image.add(operator.adjoint(residual).mul(Tensors.to(perPixel, data.device())));
					return nonNegative ? next.clamp_min(new Scalar(0)) : next;
				});
				progress.advance(k, iterations, "SIRT");
			}
			return x;
		});
	}

	@Override
	public void close() {
		perRay.close();
		perPixel.close();
	}
}
