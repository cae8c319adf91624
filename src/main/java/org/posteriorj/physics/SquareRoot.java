package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * {@code (I - t N)^(1/2) v} for a symmetric N with spectrum in [0, bound], by Chebyshev polynomials: as many applications of N
 * as the degree, no solver.
 * <p>
 * For {@code t bound <= 1/2} and degree 5 the relative error is below 2e-5.
 */
final class SquareRoot {

	private static final int DEGREE = 5;

	private final double[] coefficients;
	private final double half;

	/** @param reach t bound, below 1 */
	SquareRoot(final double reach) {
		half = reach / 2;
		coefficients = new double[DEGREE + 1];
		final int nodes = 64;
		for (int j = 0; j <= DEGREE; j++) {
			for (int i = 0; i < nodes; i++) {
				final double theta = Math.PI * (i + 0.5) / nodes;
				coefficients[j] += Math.sqrt(1 - half * (1 + Math.cos(theta))) * Math.cos(j * theta) * (j == 0 ? 1.0 : 2.0) / nodes;
			}
		}
	}

	/** Clenshaw's recurrence; {@code scaledNormal} is {@code t N}. */
	Tensor apply(final UnaryOperator<Tensor> scaledNormal, final Tensor v) {
		return Scopes.keep(() -> {
			Tensor above = Tensors.scale(v, 0), b = Tensors.scale(v, coefficients[DEGREE]);
			for (int j = DEGREE - 1; j >= 1; j--) {
				final Tensor b1 = b, b2 = above;
				above = b1;
				final double c = coefficients[j];
				b = Scopes.keep(() -> Tensors.add(Tensors.add(Tensors.scale(shifted(scaledNormal, b1), 2), -1, b2), c, v));
			}
			return Tensors.add(Tensors.add(shifted(scaledNormal, b), -1, above), coefficients[0], v);
		});
	}

	/** The spectrum moved to [-1, 1]. */
	private Tensor shifted(final UnaryOperator<Tensor> scaledNormal, final Tensor v) {
		return Tensors.add(Tensors.scale(scaledNormal.apply(v), 1 / half), -1, v);
	}
}
