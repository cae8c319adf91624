package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/**
 * Plug-and-play diffusion model sampler: a Gibbs sampler that alternates an exact draw given the data with a reverse diffusion
 * from level rho. A posterior sampler.
 * <p>
 * As published, the law of x is the posterior for noise of variance {@code sigma^2 + rho^2 A A^H}, too wide by rho, which falls from iteration
 * to iteration; and a chain that has chosen a mode while rho was large keeps it, with the odds of the wider noise. Here rho is
 * small enough for that part to be taken off the data ({@link DataConsistency#splitDraw}) from the first iteration on: the law of x is
 * the posterior itself, up to the steps of the reverse diffusion; and the chain starts at a draw by {@link Daps decoupled annealing}, whose odds of the
 * modes are nearer to the truth. The alternations seldom leave a mode: its odds remain those of the start.
 *
 * @see "Z. Wu et al., Principled probabilistic imaging using diffusion models as plug-and-play priors, NeurIPS 2024, algorithm 1"
 */
public final class PnpDm implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "PnP-DM";

	/** Share of the evaluations that the start takes. */
	private static final double START = 0.4;
	private static final int REVERSE = 4;

	/**
	 * @param levels noise levels of the start
	 * @param iterations alternations
	 * @param steps network evaluations of one reverse diffusion
	 * @param ratio ratio of neighbouring noise levels in a reverse diffusion, below 1
	 */
	public record Options(int levels, int iterations, int steps, double ratio) {

		public Options {
			if (levels < 1 || iterations < 0 || steps < 1) {
				throw new IllegalArgumentException("PnP-DM: needs levels >= 1, iterations >= 0 and steps >= 1, got " + levels + ", " + iterations + " and " + steps +
					".");
			}
			if (!(ratio > 0 && ratio < 1)) throw new IllegalArgumentException("PnP-DM: needs 0 < ratio < 1, got " + ratio + ".");
		}

		/** The measured defaults with this many network evaluations per sample. */
		public static Options evaluations(final int count) {
			final int iterations = (int) ((1 - START) * count / REVERSE + 1e-9);
			return new Options(count - REVERSE * iterations, iterations, REVERSE, 0.5);
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

	@Override
	public long evaluations() {
		return options.levels() + (long) options.iterations() * options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final SplitGibbs gibbs = new SplitGibbs(prior, data, options.steps(), options.ratio());
		final double[] levels = NoiseSchedule.from(prior, gibbs.lastRadius(), options.levels());
		final long[] done = { 0 };
		final Runnable counted = ReverseDiffusion.counted(progress, done, evaluations(), NAME);
		return Draws.equal(Scopes.keep(() -> {
			final Tensor start = Daps.anneal(prior, data, levels, random, (now, of, message) -> progress.step(done[0] = now, evaluations(), NAME), NAME);
			return gibbs.run(start, gibbs.radii(gibbs.lastRadius(), options.iterations(), 1), random, counted);
		}));
	}
}
