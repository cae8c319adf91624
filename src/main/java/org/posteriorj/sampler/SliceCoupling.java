package org.posteriorj.sampler;

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
 * The split d and the scaled dual u stay from step to step, so that one step at each noise level is enough. They belong to
 * the scope in which the steps are called. Volumes [Z, C, H, W].
 */
final class SliceCoupling implements AutoCloseable {

	private final DataConsistency data;
	private final double penalty;
	private final double threshold;
	private Tensor split;
	private Tensor dual;

	/**
	 * @param data one item of data per slice
	 * @param slices Z
	 * @param penalty rho in units of |A|^2
	 * @param threshold lambda / rho: differences of neighbouring slices up to this size are taken for noise
	 */
	SliceCoupling(final DataConsistency data, final long slices, final double penalty, final double threshold) {
		this.data = data;
		this.penalty = penalty * data.operator().norm() * data.operator().norm();
		this.threshold = threshold;
		final long[] image = data.operator().imageShape();
		split = Scopes.keep(() -> Tensors.to(Tensors.zeros(1, slices, image[0], image[1], image[2]), data.data().device()));
		dual = Scopes.keep(() -> Tensors.to(Tensors.zeros(1, slices, image[0], image[1], image[2]), data.data().device()));
	}

	/**
	 * The next volume, and new d and u.
	 *
	 * @param start where the solver begins, and the anchor
	 * @param radius r, or infinity for no anchor
	 * @param iterations of the solver, one step length for the whole volume
	 */
	Tensor step(final Tensor start, final double radius, final int iterations) {
		final double anchor = data.sigma() * data.sigma() / (radius * radius);
		final Tensor[] next = Scopes.keepAll(() -> {
			final Tensor pull = Differences.ACROSS_SLICES.adjoint(split.sub(dual));
			final Tensor right = Tensors.add(Tensors.add(data.backprojection().expand_as(start), anchor, start), penalty, pull);
			final Tensor x = new ConjugateGradient(iterations, 0).solve(v -> normal(v.squeeze(0), anchor).unsqueeze(0), right.unsqueeze(0),
				start.unsqueeze(0)).squeeze(0);
			final Tensor sum = Differences.ACROSS_SLICES.forward(x).add(dual);
			final Tensor d = shrink(sum);
			return new Tensor[] { x, d, sum.sub(d) };
		});
		close();
		split = next[1];
		dual = next[2];
		return next[0];
	}

	private Tensor normal(final Tensor x, final double anchor) {
		final Tensor coupled = Differences.ACROSS_SLICES.adjoint(Differences.ACROSS_SLICES.forward(x));
		return Tensors.add(Tensors.add(data.normal(x), anchor, x), penalty, coupled);
	}

	/** {@code sign(v) max(|v| - threshold, 0)}, channel by channel. */
	private Tensor shrink(final Tensor v) {
		return v.sub(v.clamp_min(new Scalar(-threshold)).clamp_max(new Scalar(threshold)));
	}

	@Override
	public void close() {
		split.close();
		dual.close();
	}
}
