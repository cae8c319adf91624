package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.GradedSplit;
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
 * the posterior itself, up to the steps of the reverse diffusion.
 * <p>
 * Alternations stop mixing between modes while rho is still as large as their distance, and so keep the odds of far too noisy data, and those of
 * their start. Hence the high levels are passed as by {@link Daps decoupled annealing}, which takes the data with their own noise at every level, and
 * alternations begin where modes are separate already.
 *
 * @see "Z. Wu et al., Principled probabilistic imaging using diffusion models as plug-and-play priors, NeurIPS 2024, algorithm 1"
 */
public final class PnpDm implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "PnP-DM";

	private static final int UNEVEN_STEPS = 3;
	private static final double UNEVEN_RATIO = 0.45, UNEVEN_STAY = 0.04;

	/**
	 * @param levels noise levels of decoupled annealing, before the alternations
	 * @param top the first of them in units of sigmaData
	 * @param start the last of them, and the first rho, in units of sigmaData
	 * @param iterations alternations
	 * @param steps network evaluations of one reverse diffusion
	 * @param ratio ratio of neighbouring noise levels in a reverse diffusion, below 1
	 * @param stay share of the iterations at the last rho
	 */
	public record Options(int levels, double top, double start, int iterations, int steps, double ratio, double stay) {

		public Options {
			if (levels < 0 || iterations < 1 || steps < 1) {
				throw new IllegalArgumentException("PnP-DM: needs levels >= 0, iterations >= 1 and steps >= 1, got " + levels + ", " + iterations + " and " + steps + ".");
			}
			if (!(ratio > 0 && ratio < 1) || !(start > 0) || !(top >= start) || !(stay >= 0 && stay <= 1)) {
				throw new IllegalArgumentException("PnP-DM: needs 0 < ratio < 1, 0 < start <= top and 0 <= stay <= 1, got " + ratio + ", " + start + ", " + top + " and " +
					stay + ".");
			}
		}

		/** The measured defaults with this many network evaluations per sample, about a quarter of them at the high levels. */
		public static Options evaluations(final int count) {
			final int steps = Math.min(4, count), iterations = Math.max(1, count * 3 / 16);
			return new Options(count - steps * iterations, 20, 1, iterations, steps, 0.5, 0.2);
		}

		/**
		 * The same evaluations for data that measure directions unevenly: every direction freezes at a radius of its own on the way down, so that rho falls slowly, by more
		 * alternations of fewer steps, and does not stay for the few that freeze at the end. Two steps would mix faster still, but lose a tenth of the spread where nothing is measured.
		 */
		Options uneven() {
			final int all = iterations * steps, count = all / UNEVEN_STEPS;
			return count == 0 ? this : new Options(levels + all - count * UNEVEN_STEPS, top, start, count, UNEVEN_STEPS, UNEVEN_RATIO, UNEVEN_STAY);
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

	/** The odds of modes are those of the inner law of decoupled annealing, which is a model. */
	@Override
	public boolean weighsModes() {
		return false;
	}

	@Override
	public long evaluations() {
		return options.levels() + (long) options.iterations() * options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final GradedSplit graded = new GradedSplit(data);
		final Options used = graded.radius() > 0 ? options.uneven() : options;
		final SplitGibbs gibbs = new SplitGibbs(prior, data, graded, used.steps(), used.ratio());
		final double[] radii = gibbs.radii(used.start() * prior.sigmaData(), used.iterations(), used.stay());
		final Runnable done = ReverseDiffusion.counted(progress, new long[1], evaluations(), NAME);
		return Draws.equal(Scopes.keep(() -> gibbs.run(anneal(used, prior, data, random, done), radii, random, done)));
	}

	/**
	 * The mean of the clean images of the last level; before the first one images are white noise to the prior.
	 * <p>
	 * NB: not a draw as at the levels above. The inner law is white where nothing is measured, and noise that the network does not expect there is structure to
	 * the alternations, which do not forget it: with a trained network at R = 8 a sample lost 5 dB.
	 */
	private static Tensor anneal(final Options used, final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Runnable done) {
		final long[] shape = data.operator().imageShape();
		return Scopes.keep(() -> {
			Tensor x = data.draw(Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(random.batch(), shape)).contiguous(), prior.sigmaData(), random);
			if (used.levels() == 0) return x;
			final double top = Math.min(used.top() * prior.sigmaData(), prior.sigmaMax());
			final double[] levels = NoiseSchedule.geometric(prior, top, Math.min(used.start() * prior.sigmaData(), top), used.levels());
			for (int i = 0; i < levels.length; i++) {
				final double s = levels[i];
				final boolean last = i == levels.length - 1;
				x = Scopes.update(x, now -> {
					final Tensor noisy = Tensors.add(now, s, random.normal(shape));
					final double open = NoiseSchedule.uncertainty(prior, s);
					return last ? data.prox(prior.denoise(noisy, s), open) : Daps.clean(prior, data, noisy, s, open, random);
				});
				done.run();
			}
			return x;
		});
	}
}
