package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Plug-and-play diffusion model sampler: a Gibbs sampler that alternates an exact draw given the data with a reverse diffusion
 * from level rho, while rho falls. A posterior sampler.
 * <p>
 * As published, the law of x is the posterior for noise of variance {@code sigma^2 + rho^2 A A^H}, too wide by the last rho.
 * Here rho ends where that part can be taken off the data ({@link DataConsistency#splitDraw}) and stays there: the law of x is
 * the posterior itself, up to the steps of the reverse diffusion. Between modes far apart it does not mix: their odds are off by up to 0.08.
 *
 * @see "Z. Wu et al., Principled probabilistic imaging using diffusion models as plug-and-play priors, NeurIPS 2024, algorithm 1"
 */
public final class PnpDm implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "PnP-DM";

	/**
	 * @param iterations alternations
	 * @param steps network evaluations of one reverse diffusion
	 * @param ratio ratio of neighbouring noise levels in a reverse diffusion, below 1
	 * @param start first rho in units of sigmaData
	 * @param stay share of the iterations at the last rho
	 */
	public record Options(int iterations, int steps, double ratio, double start, double stay) {

		public Options {
			if (iterations < 1 || steps < 1) {
				throw new IllegalArgumentException("PnP-DM: iterations and steps must be at least 1, got " + iterations + " and " + steps + ".");
			}
			if (!(ratio > 0 && ratio < 1) || !(start > 0) || !(stay >= 0 && stay <= 1)) {
				throw new IllegalArgumentException("PnP-DM: needs 0 < ratio < 1, start > 0 and 0 <= stay <= 1, got " + ratio + ", " + start + " and " + stay + ".");
			}
		}

		/** The measured defaults with about this many network evaluations per sample. */
		public static Options evaluations(final int count) {
			return new Options(Math.max(1, count / 4), Math.min(4, count), 0.5, 5, 0.2);
		}
	}

	private final Options options;

	/** @param options see there */
	public PnpDm(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Kind kind() {
		return Kind.POSTERIOR;
	}

	/** Alternations seldom leave a mode: its odds remain those of the start. */
	@Override
	public boolean weighsModes() {
		return false;
	}

	@Override
	public long evaluations() {
		return (long) options.iterations() * options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final SplitGibbs gibbs = new SplitGibbs(prior, data, options.steps(), options.ratio());
		final double[] radii = gibbs.radii(options.start() * prior.sigmaData(), options.iterations(), options.stay());
		final Runnable done = ReverseDiffusion.counted(progress, new long[1], evaluations(), NAME);
		return Draws.equal(Scopes.keep(() -> gibbs.run(Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(random.batch(), data.operator().imageShape()))
			.contiguous(), radii, random, done)));
	}
}
