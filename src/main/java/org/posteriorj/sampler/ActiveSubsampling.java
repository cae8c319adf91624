package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
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
public final class ActiveSubsampling {

	/** Network evaluations of one reverse diffusion, and the ratio of its levels. */
	private static final int INNER = 4;
	private static final double RATIO = 0.5;
	/** Rounds of a single run before its first decision. */
	private static final int WARM_UP = 6;

	/**
	 * @param lines lines measured in the end, those at the beginning included
	 * @param batch lines per decision
	 * @param score what the next line is chosen by
	 * @param rounds rounds per decision
	 * @param restart whether the particles start again after every decision; else one run makes all decisions
	 * @param start rho of the first round in units of sigmaData
	 * @param end rho of the last round
	 */
	public record Options(int lines, int batch, AcquisitionScore score, int rounds, boolean restart, double start, double end) {

		public Options {
			if (lines < 1 || batch < 1 || rounds < 1) {
				throw new IllegalArgumentException("active subsampling: lines, batch and rounds must be at least 1, got " + lines + ", " + batch + " and " + rounds + ".");
			}
			if (!(end > 0) || !(start >= end)) {
				throw new IllegalArgumentException("active subsampling: needs start >= end > 0, got " + start + " and " + end + ".");
			}
		}

		/**
		 * The measured defaults. The end is low because particles are spread as if the data had noise of that size, which hides
		 * what several coils know of the lines in between: at 0.3 instead of 0.05 a 4-coil brain at 32 of 128 lines lost 1.5 dB.
		 */
		public static Options of(final int lines, final int batch, final AcquisitionScore score, final int rounds) {
			return new Options(lines, batch, score, rounds, true, 5, 0.05);
		}
	}

	/** One round: at which level, whether from a blank image, and whether a decision follows. */
	private record Round(double rho, boolean fresh, boolean decision) {}

	/** Who is told of decisions. */
	public interface Listener {

		/**
		 * Called after the lines of a decision were measured.
		 *
		 * @param particles the images that it was made from, [N, C, H, W]; valid during the call
		 */
		void decided(Decision decision, Tensor particles);
	}

	private final Options options;

	/** @param options see there */
	public ActiveSubsampling(final Options options) {
		this.options = options;
	}

	/** Network evaluations per particle for a scan that has so many lines measured. */
	public long evaluations(final int measured) {
		return (long) INNER * ((long) decisions(measured) * options.rounds() + (options.restart() ? 0 : WARM_UP));
	}

	private int decisions(final int measured) {
		return Math.max(0, (options.lines() - measured + options.batch() - 1) / options.batch());
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

	/**
	 * Measures lines until there are as many as wanted, or no more can be.
	 *
	 * @param scan with its first lines measured
	 * @param random one stream per particle, at least two
	 * @return the particles of the last decision, [N, C, H, W]
	 * @throws java.util.concurrent.CancellationException when {@code progress} says stop; the scan then has the lines of the
	 *           decisions that were made
	 */
	public Tensor run(final DiffusionPrior prior, final AdaptiveScan scan, final SampleRandom random, final Progress progress, final Listener listener) {
		if (random.batch() < 2) throw new IllegalArgumentException("active subsampling: needs at least 2 particles, got " + random.batch() + ".");
		final ReverseDiffusion reverse = new ReverseDiffusion(prior, INNER, RATIO);
		final int first = measured(scan);
		final long[] done = new long[1];
		final Runnable count = ReverseDiffusion.counted(progress, done, evaluations(first), "choosing lines");
		return Scopes.keep(() -> {
			Tensor x = blank(scan, random.batch());
			for (final Round round : rounds(prior, decisions(first))) {
				x = Scopes.update(x, now -> {
					final Tensor from = round.fresh() ? blank(scan, random.batch()) : now;
					return reverse.draw(scan.data().draw(from, round.rho(), random), round.rho(), random, count);
				});
				if (round.decision()) decide(scan, x, done[0], round.rho(), listener);
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

	private static int measured(final AdaptiveScan scan) {
		return (int) IntStream.range(0, scan.lines()).filter(scan::measured).count();
	}

	private void decide(final AdaptiveScan scan, final Tensor particles, final long step, final double rho, final Listener listener) {
		final boolean[] open = open(scan);
		final int count = Math.min(options.batch(), options.lines() - measured(scan));
		Scopes.run(() -> {
			final Tensor predicted = scan.predict(particles);
			final double sigma = scan.data().sigma();
			final double[] scores = scores(options.score(), predicted, open, sigma);
			final List<Integer> lines = LineChoice.best(scores, open, IntStream.range(0, open.length).mapToDouble(scan::cost).toArray(), count);
			if (lines.isEmpty()) return;
			final double uncertainty = spread(particles);
			scan.measure(lines);
			final double surprise = surprise(predicted, scan, lines, sigma);
			listener.decided(new Decision(step, rho, lines, Arrays.stream(scores).boxed().toList(), uncertainty, surprise), particles);
		});
	}

	private static boolean[] open(final AdaptiveScan scan) {
		final boolean[] open = new boolean[scan.lines()];
		for (int i = 0; i < open.length; i++) open[i] = scan.open(i);
		return open;
	}

	/** Score of every open line, NaN elsewhere. */
	private static double[] scores(final AcquisitionScore score, final Tensor predicted, final boolean[] open, final double sigma) {
		final double[][][] distances = AcquisitionScore.distances(predicted);
		final double width = AcquisitionScore.width(distances, open, sigma), floor = sigma * sigma * predicted.size(2);
		return IntStream.range(0, open.length).mapToDouble(i -> open[i] ? score.of(distances[i], width, floor) : Double.NaN).toArray();
	}

	/**
	 * The next lines for particles that are samples of the posterior, without measuring any.
	 *
	 * @param count lines wanted
	 */
	public static Decision next(final AcquisitionScore score, final AdaptiveScan scan, final Tensor particles, final int count) {
		final boolean[] open = open(scan);
		return Scopes.compute(() -> {
			final double[] scores = scores(score, scan.predict(particles), open, scan.data().sigma());
			final List<Integer> lines = LineChoice.best(scores, open, IntStream.range(0, open.length).mapToDouble(scan::cost).toArray(), count);
			return new Decision(0, 0, lines, Arrays.stream(scores).boxed().toList(), spread(particles), Double.NaN);
		});
	}

	/** Root mean square standard deviation of a pixel. */
	private static double spread(final Tensor particles) {
		final long n = particles.size(0), pixels = particles.size(2) * particles.size(3);
		return Math.sqrt(Tensors.squaredNorm(particles.sub(particles.mean(0)).unsqueeze(0))[0] / (n - 1) / pixels);
	}

	/** {@code |y - mean|^2 / ((1 + 1/N) var + noise)}, sums over the lines. */
	private static double surprise(final Tensor predicted, final AdaptiveScan scan, final List<Integer> lines, final double sigma) {
		final long n = predicted.size(0);
		final List<Double> found = new ArrayList<>(), expected = new ArrayList<>();
		for (final int line : lines) {
			final Tensor p = predicted.select(1, line), mean = p.mean(0);
			found.add(Tensors.squaredNorm(scan.values(line).sub(mean).unsqueeze(0))[0]);
			expected.add((1 + 1.0 / n) * Tensors.squaredNorm(p.sub(mean).unsqueeze(0))[0] / (n - 1) + sigma * sigma * predicted.size(2));
		}
		return found.stream().mapToDouble(v -> v).sum() / expected.stream().mapToDouble(v -> v).sum();
	}
}
