package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The largest singular value of an operator by power iteration on {@code A^H A}. */
public final class PowerIteration {

	private static final int ITERATIONS = 30;

	private PowerIteration() {}

	/** ||A||, the square root of the Rayleigh quotient after 30 iterations from a fixed random start. */
	public static double norm(final LinearOperator operator) {
		return Scopes.compute(() -> {
			Tensor x = SampleRandom.single(1, 0).normal(operator.imageShape());
			double eigenvalue = 0;
			for (int i = 0; i < ITERATIONS; i++) {
				final Tensor current = x;
				final double length = Math.sqrt(Tensors.squaredNorm(current)[0]);
				final Tensor image = Scopes.keep(() -> operator.normal(Tensors.scale(current, 1 / length)));
				eigenvalue = Tensors.dot(current, image)[0] / length;
				current.close();
				x = image;
				if (!(eigenvalue > 0)) return 0.0;
			}
			return Math.sqrt(eigenvalue);
		});
	}

}
