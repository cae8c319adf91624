package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.GradedSplit;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/**
 * The alternation of {@code z ~ p(z | x, y)} and {@code x ~ p(x | x + rho n = z)}. Up to the split radius of the data its stationary law of x is
 * the posterior itself ({@link DataConsistency#splitDraw}), above it that for noise of variance {@code sigma^2 + rho^2 A A^H}, or nearer to sigma^2 where {@link GradedSplit} is of use.
 */
final class SplitGibbs {

	private final DiffusionPrior prior;
	private final DataConsistency data;
	private final GradedSplit graded;
	private final ReverseDiffusion reverse;

	/**
	 * @param graded of the data
	 * @param steps network evaluations of one reverse diffusion
	 * @param ratio ratio of neighbouring noise levels in it
	 */
	SplitGibbs(final DiffusionPrior prior, final DataConsistency data, final GradedSplit graded, final int steps, final double ratio) {
		this.prior = prior;
		this.data = data;
		this.graded = graded;
		reverse = new ReverseDiffusion(prior, steps, ratio);
	}

	/** The last radius: of an exact alternation, or the least noise of the prior if that is more. */
	double lastRadius() {
		return prior.supportedSigma(Math.max(data.splitRadius(), prior.sigmaMin()));
	}

	/** Equal ratios from {@code first}, or what the prior supports, to the last radius, where the share {@code stay} of them is. */
	double[] radii(final double first, final int count, final double stay) {
		final double last = lastRadius(), top = Math.max(last, Math.min(first, prior.sigmaMax()));
		final int falling = (int) Math.max(1, Math.round(count * (1 - stay)));
		final double[] radii = new double[count];
		for (int k = 0; k < count; k++) radii[k] = k >= falling ? last : top * Math.pow(last / top, k / (double) falling);
		return radii;
	}

	/** One alternation at each radius; frees {@code start}. {@code done} is called after every evaluation. */
	Tensor run(final Tensor start, final double[] radii, final SampleRandom random, final Runnable done) {
		Tensor x = start;
		for (final double rho : radii) {
			x = Scopes.update(x, now -> {
				final Tensor z = rho <= data.splitRadius() ? data.splitDraw(now, rho, random) : rho <= graded.radius() ? graded.draw(now, rho, random) : data.draw(
					now, rho, random);
				return reverse.draw(z, rho, random, done);
			});
		}
		return x;
	}
}
