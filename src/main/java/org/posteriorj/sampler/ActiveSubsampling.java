package org.posteriorj.sampler;

import java.util.List;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Active diffusion subsampling: particles in a reverse diffusion guided by what has been measured say which lines to measure
 * next, and go on with what those gave.
 * <p>
 * In a round at noise level rho every particle is drawn towards the data (the proximal step with its exact spread,
 * {@link DataConsistency#draw}; no derivative of the network) and then to a clean image by a few steps of the reverse diffusion,
 * while rho falls from round to round. As published the particles are denoised means, which hide what noise hides; here they
 * are draws, so that their spread is what is not known.
 * <p>
 * As published, too, one reverse diffusion makes all decisions. But what a particle has made up its mind about at high noise it
 * does not take back at low noise, whatever the next lines say: with two textures as the prior, the choice was the same for
 * every image. So the particles start again from noise after every decision, with few rounds each; the single run is an option.
 *
 * @see "O. Nolan, T. Stevens, W. van Nierop, R. van Sloun, Active diffusion subsampling, Trans. Mach. Learn. Res. (2025)"
 */
public final class ActiveSubsampling implements ActiveSampler {

	/** Network evaluations of one reverse diffusion, and the ratio of its levels. */
	private static final int INNER = 4;
	private static final double RATIO = 0.5;
	/** Draws of random numbers that {@link DataConsistency#draw} takes. */
	private static final int DATA = 2;
	/** Rounds of a single run before its first decision. */
	private static final int WARM_UP = 6;

	/**
	 * @param lines lines measured in the end, those at the beginning included
	 * @param policy how lines are chosen
	 * @param rounds rounds per decision
	 * @param restart whether the particles start again after every decision; else one run makes all decisions
	 * @param start rho of the first round in units of sigmaData
	 * @param end rho of the last round
	 */
	public record Options(int lines, LinePolicy policy, int rounds, boolean restart, double start, double end) {

		public Options {
			if (lines < 1 || rounds < 1) {
				throw new IllegalArgumentException("active subsampling: lines and rounds must be at least 1, got " + lines + " and " + rounds + ".");
			}
			if (!(end > 0) || !(start >= end)) {
				throw new IllegalArgumentException("active subsampling: needs start >= end > 0, got " + start + " and " + end + ".");
			}
		}

		/**
		 * The measured defaults. The end is low because particles are spread as if the data had noise of that size, which hides
		 * what several coils know of the lines in between: at 0.3 instead of 0.05 a 4-coil brain at 32 of 128 lines lost 1.5 dB.
		 */
		public static Options of(final int lines, final LinePolicy policy, final int rounds) {
			return new Options(lines, policy, rounds, true, 5, 0.05);
		}
	}

	/** One round: at which level, whether from a blank image, and whether a decision follows. */
	private record Round(double rho, boolean fresh, boolean decision) {}

	private final Options options;

	/** @param options see there */
	public ActiveSubsampling(final Options options) {
		this.options = options;
	}

	@Override
	public long evaluations(final int measured) {
		return INNER * rounds(options.policy().decisions(options.lines(), measured));
	}

	private long rounds(final int decisions) {
		return (long) decisions * options.rounds() + (options.restart() ? 0 : WARM_UP);
	}

	@Override
	public long draws(final int decisions) {
		if (decisions > 0 && !options.restart()) throw new IllegalArgumentException("active subsampling: a single run cannot be stopped and go on.");
		return (long) decisions * options.rounds() * (DATA + INNER);
	}

	/** Every round in order: levels at equal ratios, over and over or once. */
	private List<Round> rounds(final DiffusionPrior prior, final int decisions) {
		final int per = options.rounds(), before = options.restart() ? 0 : WARM_UP, run = options.restart() ? per : before + decisions * per;
		return IntStream.range(0, before + decisions * per).mapToObj(k -> {
			final double part = run == 1 ? 1 : k % run / (run - 1.0);
			final double rho = options.start() * Math.pow(options.end() / options.start(), part) * prior.sigmaData();
			final double possible = Math.max(2 * prior.sigmaMin(), Math.min(prior.sigmaMax(), rho));
			return new Round(prior.supportedSigma(possible), k % run == 0, k >= before && (k - before) % per == per - 1);
		}).toList();
	}

	@Override
	public Tensor run(final DiffusionPrior prior, final AdaptiveScan scan, final int before, final SampleRandom random, final Progress progress,
		final Listener listener)
	{
		if (random.batch() < 2) throw new IllegalArgumentException("active subsampling: needs at least 2 particles, got " + random.batch() + ".");
		final ReverseDiffusion reverse = new ReverseDiffusion(prior, INNER, RATIO);
		final int decisions = options.policy().decisions(options.lines(), LinePolicy.measured(scan));
		final long[] done = { (long) INNER * before * options.rounds() };
		final Runnable count = ReverseDiffusion.counted(progress, done, done[0] + INNER * rounds(decisions), "choosing lines");
		return Scopes.keep(() -> {
			Tensor x = blank(scan, random.batch());
			for (final Round round : rounds(prior, decisions)) {
				x = Scopes.update(x, now -> {
					final Tensor from = round.fresh() ? blank(scan, random.batch()) : now;
					return reverse.draw(scan.data().draw(from, round.rho(), random), round.rho(), random, count);
				});
				if (round.decision()) options.policy().decide(scan, x, options.lines(), done[0], round.rho(), listener);
			}
			return x;
		});
	}

	private static Tensor blank(final AdaptiveScan scan, final long particles) {
		return Scopes.keep(() -> {
			final DataConsistency data = scan.data();
			return Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(particles, data.operator().imageShape())).contiguous();
		});
	}
}
