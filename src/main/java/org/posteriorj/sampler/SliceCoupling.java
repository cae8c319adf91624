package org.posteriorj.sampler;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * One step of the alternating direction method of multipliers for {@code 1/2 |A x - y|_W^2 + lambda |D_z x|_1 + |x - anchor|^2
 * / (2 r^2)} on a volume, D_z the difference of neighbouring slices ({@link SliceDifferences}), real and imaginary part as one.
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
	private final SliceDifferences differences;
	private Tensor split;
	private Tensor dual;

	/**
	 * @param data one item of data per slice
	 * @param first a first volume, whose phases tell those between slices
	 */
	SliceCoupling(final DataConsistency data, final Tensor first) {
		this.data = data;
		differences = SliceDifferences.of(first);
		noise = data.sigma() * data.sigma();
		split = Scopes.keep(() -> Tensors.scale(first, 0).unsqueeze(0));
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
			final Tensor x = solve(anchor, radius, rho, differences.adjoint(Tensors.scale(split, rho).sub(dual)), iterations);
			final Tensor sum = Tensors.add(dual, rho, differences.forward(x));
			final Tensor u = bounded(sum, lambda);
			return new Tensor[] { x, Tensors.scale(sum.sub(u), rho > 0 ? 1 / rho : 0), u };
		});
		free();
		split = next[1];
		dual = next[2];
		return next[0];
	}

	/** Mean length of the differences of neighbouring slices. */
	double meanDifference(final Tensor volume) {
		return Scopes.compute(() -> Differences.magnitude(differences.forward(volume)).mean().item_double());
	}

	/** Vectors of length {@code most} at most. */
	private static Tensor bounded(final Tensor vectors, final double most) {
		if (vectors.size(2) == 1) return vectors.clamp_min(new Scalar(-most)).clamp_max(new Scalar(most));
		return vectors.sub(Differences.shrink(vectors, most));
	}

	/** {@code argmin 1/2 |A x - y|_W^2 + |x|^2 / (2 r^2)} of so many slices on their own: where to begin. */
	static Tensor leastSquares(final DataConsistency data, final long slices, final double radius, final int iterations) {
		final double ratio = data.sigma() * data.sigma() / (radius * radius);
		return Scopes.keep(() -> {
			final Tensor zero = Tensors.to(Tensors.zeros(Shapes.batch(slices, data.operator().imageShape())), data.data().device());
			return solve(v -> Tensors.add(data.normal(v), ratio, v), data.preconditioner(ratio), data.backprojection().expand_as(zero), zero, iterations);
		});
	}

	/** {@code (A^H w A + ratio + penalty D_z^T D_z)^-1 (A^H w y + ratio anchor + pull)}. */
	private Tensor solve(final Tensor anchor, final double radius, final double penalty, final Tensor pull, final int iterations) {
		final double ratio = noise / (radius * radius);
		final Tensor right = Tensors.add(Tensors.add(data.backprojection().expand_as(anchor), ratio, anchor), 1, pull);
		// without an anchor single steps are wanted as they are; D_z^T D_z lies between 0 and 4
		return solve(v -> normal(v, ratio, penalty), ratio == 0 ? null : data.preconditioner(ratio + 2 * penalty), right, anchor, iterations);
	}

	/** One system for the volume: one item for the solver. */
	private static Tensor solve(final UnaryOperator<Tensor> normal, final UnaryOperator<Tensor> filter, final Tensor right, final Tensor start, final int iterations) {
		return new ConjugateGradient(iterations, TOLERANCE).solve(v -> normal.apply(v.squeeze(0)).unsqueeze(0), filter == null ? null : v -> Tensors.eachItem(v.squeeze(
			0), filter).unsqueeze(0), right.unsqueeze(0), start.unsqueeze(0)).squeeze(0);
	}

	private Tensor normal(final Tensor x, final double ratio, final double penalty) {
		final Tensor own = Tensors.add(data.normal(x), ratio, x);
		return penalty == 0 ? own : Tensors.add(own, penalty, differences.adjoint(differences.forward(x)));
	}

	@Override
	public void close() {
		free();
		differences.close();
	}

	private void free() {
		split.close();
		dual.close();
	}
}
