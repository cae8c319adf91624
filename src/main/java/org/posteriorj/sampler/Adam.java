package org.posteriorj.sampler;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Steps whose length does not depend on the size of the gradient, only on how steady it is.
 *
 * @see "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1"
 */
final class Adam {

	private static final double FIRST = 0.9, SECOND = 0.99, SMALL = 1e-8;

	private final double rate;
	private Tensor mean, square;
	private double leftOfMean = 1, leftOfSquare = 1;

	/**
	 * @param zero where the averages start, of the shape of the images; lives as long as its scope
	 * @param rate length of a step along a steady gradient, in every pixel
	 */
	Adam(final Tensor zero, final double rate) {
		this.rate = rate;
		mean = zero.clone();
		square = zero.clone();
	}

	/** The images after a step. */
	Tensor step(final Tensor images, final Tensor gradient) {
		mean = Scopes.update(mean, m -> Tensors.add(Tensors.scale(m, FIRST), 1 - FIRST, gradient));
		square = Scopes.update(square, v -> Tensors.add(Tensors.scale(v, SECOND), 1 - SECOND, gradient.mul(gradient)));
		leftOfMean *= FIRST;
		leftOfSquare *= SECOND;
		return Scopes.keep(() -> {
			final Tensor spread = Tensors.scale(square, 1 / (1 - leftOfSquare)).sqrt().add(new Scalar(SMALL));
			return Tensors.add(images, -rate / (1 - leftOfMean), mean.div(spread));
		});
	}
}
