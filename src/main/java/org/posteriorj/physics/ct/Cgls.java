package org.posteriorj.physics.ct;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Scalar;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Conjugate gradients for {@code min_x |A x - y|_W^2}, every item of the batch on its own; stopping early is what
 * regularises.
 *
 * @see "M. R. Hestenes, E. Stiefel, J. Res. Natl. Bur. Stand. 49 (1952) 409-436, section 10"
 */
public final class Cgls {

	private final LinearOperator operator;
	private final Tensor weights;

	/**
	 * @param operator A
	 * @param weights the diagonal W, [1, data], or null for 1
	 */
	public Cgls(final LinearOperator operator, final Tensor weights) {
		this.operator = operator;
		this.weights = weights;
	}

	/**
	 * Images from data [B, data].
	 *
	 * @param start where to begin, [B, image], not changed
	 * @param iterations applications of A and of its adjoint
	 * @param progress one step per iteration
	 */
	public Tensor reconstruct(final Tensor data, final Tensor start, final int iterations, final Progress progress) {
		if (iterations < 1) throw new IllegalArgumentException("CGLS: iterations must be at least 1, got " + iterations + ".");
		return Scopes.keep(() -> {
			Tensor[] state = Scopes.keepAll(() -> begin(data, start));
			for (int k = 1; k <= iterations; k++) {
				final Tensor[] now = state;
				state = Scopes.keepAll(() -> step(now));
				for (final Tensor old : now) old.close();
				progress.advance(k, iterations, "CGLS");
			}
			return state[0];
		});
	}

	/** x, the weighted residual r, the gradient s and the direction p. */
	private Tensor[] begin(final Tensor data, final Tensor start) {
		final Tensor r = rooted(data.sub(operator.forward(start)));
		final Tensor s = operator.adjoint(rooted(r));
		return new Tensor[] { start.clone(), r, s, s.clone() };
	}

	private Tensor[] step(final Tensor[] state) {
		final Tensor x = state[0], r = state[1], s = state[2], p = state[3];
		final Tensor q = rooted(operator.forward(p));
		final double[] before = Tensors.squaredNorm(s), step = ratio(before, Tensors.squaredNorm(q));
		final Tensor nextX = x.add(Tensors.scaleItems(p, step)), nextR = r.sub(Tensors.scaleItems(q, step));
		final Tensor nextS = operator.adjoint(rooted(nextR));
		final Tensor nextP = nextS.add(Tensors.scaleItems(p, ratio(Tensors.squaredNorm(nextS), before)));
		return new Tensor[] { nextX, nextR, nextS, nextP };
	}

	private Tensor rooted(final Tensor values) {
		return weights == null ? values : values.mul(weights.pow(new Scalar(0.5)));
	}

	private static double[] ratio(final double[] numerator, final double[] denominator) {
		final double[] ratio = new double[numerator.length];
		for (int i = 0; i < ratio.length; i++) ratio[i] = denominator[i] > 0 ? numerator[i] / denominator[i] : 0;
		return ratio;
	}
}
