package org.posteriorj.sampler;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * One step of the alternating direction method of multipliers for {@code 1/2 |A x - y|_W^2 + lambda |D_z x|_1 + |x - anchor|^2
 * / (2 r^2)} on a volume, D_z the difference of neighbouring slices.
 * <p>
 * The split d and the dual u (not divided by rho) stay from step to step, so that one step at each noise level is enough. They belong to
 * the scope in which the steps are called. Volumes [Z, C, H, W], data one item per slice.
 */
final class SliceCoupling implements AutoCloseable {

	/** Relative residual at which a system counts as solved. */
	private static final double TOLERANCE = 1e-4;

	/**
	 * How strongly slices hang together.
	 *
	 * @param lambda of the variation across slices
	 * @param penalty rho on {@code D_z x - d}: changes the way, not the end
	 */
	record Weight(double lambda, double penalty) {

		/** Slices on their own. */
		static final Weight NONE = new Weight(0, 0);
	}

	private final DataConsistency data;
	private final double noise;
	private Tensor split;
	private Tensor dual;

	/**
	 * @param data one item of data per slice
	 * @param slices Z
	 */
	SliceCoupling(final DataConsistency data, final long slices) {
		this.data = data;
		noise = data.sigma() * data.sigma();
		final long[] image = data.operator().imageShape();
		split = Scopes.keep(() -> Tensors.to(Tensors.zeros(1, slices, image[0], image[1], image[2]), data.data().device()));
		dual = Scopes.keep(() -> Tensors.scale(split, 0));
	}

	/**
	 * The next volume, and new d and u.
	 *
	 * @param anchor where the solver begins, too
	 * @param radius r, or infinity for no anchor
	 * @param weight of the coupling
	 * @param iterations of the solver at most, one step length for the whole volume
	 */
	Tensor step(final Tensor anchor, final double radius, final Weight weight, final int iterations) {
		final double lambda = noise * weight.lambda(), rho = noise * weight.penalty();
		final Tensor[] next = Scopes.keepAll(() -> {
			final Tensor x = solve(anchor, radius, rho, Differences.ACROSS_SLICES.adjoint(Tensors.scale(split, rho).sub(dual)), iterations);
			final Tensor sum = Tensors.add(dual, rho, Differences.ACROSS_SLICES.forward(x));
			final Tensor u = sum.clamp_min(new Scalar(-lambda)).clamp_max(new Scalar(lambda));
			return new Tensor[] { x, Tensors.scale(sum.sub(u), rho > 0 ? 1 / rho : 0), u };
		});
		close();
		split = next[1];
		dual = next[2];
		return next[0];
	}

	/** {@code argmin 1/2 |A x - y|_W^2 + |x|^2 / (2 r^2)}, slices on their own: where to begin. */
	Tensor leastSquares(final Tensor zero, final double radius, final int iterations) {
		return Scopes.keep(() -> solve(zero, radius, 0, zero, iterations));
	}

	/** {@code (A^H w A + ratio + penalty D_z^T D_z)^-1 (A^H w y + ratio anchor + pull)}. */
	private Tensor solve(final Tensor anchor, final double radius, final double penalty, final Tensor pull, final int iterations) {
		final double ratio = noise / (radius * radius);
		final Tensor right = Tensors.add(Tensors.add(data.backprojection().expand_as(anchor), ratio, anchor), 1, pull);
		// without an anchor single steps are wanted as they are; D_z^T D_z lies between 0 and 4
		final UnaryOperator<Tensor> filter = ratio == 0 ? null : data.preconditioner(ratio + 2 * penalty);
		// one system for the volume: one item for the solver
		return new ConjugateGradient(iterations, TOLERANCE).solve(v -> normal(v.squeeze(0), ratio, penalty).unsqueeze(0), filter == null ? null : v -> Tensors
			.eachItem(v.squeeze(0), filter).unsqueeze(0), right.unsqueeze(0), anchor.unsqueeze(0)).squeeze(0);
	}

	private Tensor normal(final Tensor x, final double ratio, final double penalty) {
		final Tensor own = Tensors.add(data.normal(x), ratio, x);
		return penalty == 0 ? own : Tensors.add(own, penalty, Differences.ACROSS_SLICES.adjoint(Differences.ACROSS_SLICES.forward(x)));
	}

	@Override
	public void close() {
		split.close();
		dual.close();
	}
}
