package org.posteriorj.physics;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/** The largest singular value of an operator by power iteration on {@code A^H A}. */
public final class PowerIteration {

	private static final int ITERATIONS = 30;
	private static final int FEW = 8;

	private PowerIteration() {}

	/** ||A||, the square root of the Rayleigh quotient after 30 iterations from a fixed random start. */
	public static double norm(final LinearOperator operator) {
		return Scopes.compute(() -> norm(operator, SampleRandom.single(1, 0).normal(operator.imageShape()), ITERATIONS));
	}

	/**
	 * ||A|| of an operator without negative entries, whose largest singular vector has none either: 8 iterations from a
	 * constant image are exact to 0.1 %.
	 */
	public static double normOfPositive(final LinearOperator operator) {
		return Scopes.compute(() -> norm(operator, Tensors.zeros(Shapes.batch(1, operator.imageShape())).add(new Scalar(1)), FEW));
	}

	private static double norm(final LinearOperator operator, final Tensor start, final int iterations) {
		Tensor x = start;
		double eigenvalue = 0;
		for (int i = 0; i < iterations; i++) {
			final Tensor current = x;
			final double length = Math.sqrt(Tensors.squaredNorm(current)[0]);
			final Tensor image = Scopes.keep(() -> operator.normal(Tensors.scale(current, 1 / length)));
			eigenvalue = Tensors.dot(current, image)[0] / length;
			current.close();
			x = image;
			if (!(eigenvalue > 0)) return 0;
		}
		return Math.sqrt(eigenvalue);
	}
}
