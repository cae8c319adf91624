package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * DiffusionMBIR: one volume from a prior over slices and total variation across them. A point estimator.
 * <p>
 * The batch is the volume: item k is slice k, and data hold one item per slice. Complex slices (MRI) are compared with the phase between them taken off, see
 * {@link SliceDifferences}. Fast form, at every noise level: noise, denoise
 * the slices, and go part of the way to where one step of {@link SliceCoupling} leads from there, towards data and neighbours.
 * Published form: predictor and corrector of the reverse diffusion, then the step on the noisy volume.
 * <p>
 * What the fast form changes: it begins with the least squares, as the data say more than noise does; all noise is fresh, and only part
 * of each step is taken, so that the end is an average and not one draw; levels end with the noise that the data leave in the image; and the
 * variation across slices has the weight of a density of its differences, whose mean size the denoised volume tells.
 *
 * @see "H. Chung et al., CVPR 2023, 22542-22551, algorithm 1"
 * @see "H. Chung, S. Lee, J. C. Ye, Decomposed diffusion sampler, ICLR 2024, for the fast form"
 */
public final class DiffusionMbir implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "DiffusionMBIR";
	/** The published form: two evaluations per level. */
	static final Map<String, Variant> VARIANTS = Map.of("published", new Variant(800, 4000, 4000, r -> new DiffusionMbir(Options.published(Math.max(1, r.evaluations() /
		2)))));
	/** Fast form: the prior against the data as in {@link RedDiff}, and the part of the way that a step goes. */
	private static final double LAMBDA = 0.5, RATE = 0.7;
	/** Fast form: first level in units of sigmaData, last one in units of the noise that the data leave in the image. */
	private static final double START = 1, END = 0.25;
	/** Fast form: solver iterations of the beginning and of a step. */
	private static final int BEGINNING = 30, STEP = 10;
	/** Fast form: the volume is the mean of the last of so many parts of the iterates. */
	private static final int PARTS = 10;
	/** Published form: rho in units of |A|^2, lambda / rho in units of sigmaData, first and last level in units of sigmaData. */
	private static final double PENALTY = 0.025, THRESHOLD = 0.016, HIGH = 100, LOW = 0.005;
	/** Published form: signal to noise of a corrector step. */
	private static final double CORRECTOR = 0.16;

	/**
	 * @param steps noise levels
	 * @param published whether in the published form, two evaluations per level; else the fast form, one
	 * @param coupling weight of the variation across slices, 0 for slices on their own: in the fast form in units of one over the mean
	 *          difference of neighbouring slices, in the published one in units of the published weight
	 * @param chunk slices denoised at a time; changes memory, not the result
	 */
	public record Options(int steps, boolean published, double coupling, int chunk) {

		/** The measured defaults of the fast form. */
		public static Options fast(final int steps) {
			return new Options(steps, false, 0.25, 4);
		}

		/** The settings of the paper, whose levels are 2000. */
		public static Options published(final int steps) {
			return new Options(steps, true, 1, 4);
		}

		public Options {
			if (steps < 1 || chunk < 1) throw new IllegalArgumentException("DiffusionMBIR: steps and chunk must be at least 1, got " + steps + " and " + chunk + ".");
			if (!(coupling >= 0)) throw new IllegalArgumentException("DiffusionMBIR: coupling must be >= 0, got " + coupling + ".");
		}
	}

	private final Options options;

	/** @param options see there */
	public DiffusionMbir(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Kind kind() {
		return Kind.POINT;
	}

	@Override
	public long evaluations() {
		return options.published() ? 2L * options.steps() : options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		if (random.batch() < 2) throw new IllegalArgumentException(NAME + ": couples neighbouring slices and got one - choose " + RedDiff.NAME + ".");
		return Draws.equal(Scopes.keep(() -> {
			final Tensor start = SliceCoupling.leastSquares(data, random.batch(), prior.sigmaData(), BEGINNING);
			try (SliceCoupling coupling = new SliceCoupling(data, start)) {
				final Denoiser denoiser = new Denoiser(prior, progress, random.batch());
				return options.published() ? published(denoiser, coupling, data, random) : fast(denoiser, coupling, start, data.typicalNoise(), random);
			}
		}));
	}

	/** @param noise that the data leave in the image */
	private Tensor fast(final Denoiser denoiser, final SliceCoupling coupling, final Tensor start, final double noise, final SampleRandom random) {
		final double first = START * denoiser.prior.sigmaData();
		final double[] levels = NoiseSchedule.geometric(denoiser.prior, first, Math.min(first, END * noise), options.steps());
		final int averaged = Math.max(1, levels.length / PARTS);
		Tensor x = Scopes.keep(start::clone), sum = Scopes.keep(() -> Tensors.scale(start, 0));
		for (int i = 0; i < levels.length; i++) {
			final double sigma = levels[i];
			x = step(denoiser, coupling, x, sigma, random);
			if (levels.length - i <= averaged) {
				final Tensor now = x;
				sum = Scopes.update(sum, s -> Tensors.add(s, 1.0 / averaged, now));
			}
		}
		x.close();
		return sum;
	}

	/** Part of the way to {@code argmin 1/2 |A m - y|_W^2 + LAMBDA |m - D(x + sigma n)|^2 / (2 sigma^2) + coupling |D_z m|_1 / mean |D_z D|}. */
	private Tensor step(final Denoiser denoiser, final SliceCoupling coupling, final Tensor x, final double sigma, final SampleRandom random) {
		final Tensor denoised = Scopes.keep(() -> denoiser.apply(Tensors.add(x, sigma, random.normal(item(x))), sigma));
		final Tensor goal = coupling.step(denoised, sigma / Math.sqrt(LAMBDA), weight(coupling.meanDifference(x)), STEP);
		denoised.close();
		final Tensor next = Scopes.update(x, now -> Tensors.add(now, RATE, goal.sub(now)));
		goal.close();
		return next;
	}

	/** The split shortens differences by their mean size. */
	private SliceCoupling.Weight weight(final double size) {
		return size > 0 ? new SliceCoupling.Weight(options.coupling() / size, options.coupling() / (size * size)) : SliceCoupling.Weight.NONE;
	}

	private Tensor published(final Denoiser denoiser, final SliceCoupling coupling, final DataConsistency data, final SampleRandom random) {
		final double sigmaData = denoiser.prior.sigmaData();
		final double penalty = options.coupling() * PENALTY * Math.pow(data.operator().norm() / data.sigma(), 2);
		final SliceCoupling.Weight weight = new SliceCoupling.Weight(penalty * THRESHOLD * sigmaData, penalty);
		final double high = Math.min(denoiser.prior.sigmaMax(), HIGH * sigmaData);
		final double[] levels = NoiseSchedule.geometric(denoiser.prior, high, Math.min(high, LOW * sigmaData), options.steps());
		Tensor x = Scopes.keep(() -> Tensors.scale(random.normal(data.operator().imageShape()), levels[0]));
		for (int i = 0; i < levels.length; i++) {
			final double sigma = levels[i], next = i + 1 < levels.length ? levels[i + 1] : 0;
			x = published(denoiser, coupling, weight, x, sigma, next, random);
		}
		return x;
	}

	/** Predictor, corrector at the same level, and one solver iteration on the noisy volume. */
	private static Tensor published(final Denoiser denoiser, final SliceCoupling coupling, final SliceCoupling.Weight weight, final Tensor x, final double sigma,
		final double next, final SampleRandom random)
	{
		final Tensor corrected = Scopes.update(x, now -> {
			final Tensor predicted = Steps.predictor(now, denoiser.apply(now, sigma), sigma, next, random.normal(item(now)));
			return correct(predicted, denoiser.apply(predicted, sigma), sigma, random);
		});
		final Tensor result = coupling.step(corrected, Double.POSITIVE_INFINITY, weight, 1);
		corrected.close();
		return result;
	}

	/** A Langevin step whose length is set by the norms of noise and score, slice by slice. */
	private static Tensor correct(final Tensor x, final Tensor denoised, final double sigma, final SampleRandom random) {
		final Tensor score = Tensors.scale(denoised.sub(x), 1 / (sigma * sigma)), noise = random.normal(item(x));
		final double[] scores = Tensors.squaredNorm(score), noises = Tensors.squaredNorm(noise), length = new double[scores.length],
			spread = new double[scores.length];
		for (int i = 0; i < length.length; i++) {
			length[i] = scores[i] > 0 ? 2 * CORRECTOR * CORRECTOR * noises[i] / scores[i] : 0;
			spread[i] = Math.sqrt(2 * length[i]);
		}
		return x.add(Tensors.scaleItems(score, length)).add(Tensors.scaleItems(noise, spread));
	}

	private static long[] item(final Tensor batch) {
		return new long[] { batch.size(1), batch.size(2), batch.size(3) };
	}

	/** Denoises a volume a chunk of slices at a time, counting. */
	private final class Denoiser {

		private final DiffusionPrior prior;
		private final Progress progress;
		private final long slices;
		private long done;

		Denoiser(final DiffusionPrior prior, final Progress progress, final long slices) {
			this.prior = prior;
			this.progress = progress;
			this.slices = slices;
		}

		Tensor apply(final Tensor volume, final double sigma) {
			return Scopes.keep(() -> {
				final List<Tensor> chunks = new ArrayList<>();
				for (long z = 0; z < slices; z += options.chunk()) {
					final long end = Math.min(slices, z + options.chunk());
					chunks.add(prior.denoise(Tensors.items(volume, z, end), sigma));
					done += end - z;
					progress.advance(done, evaluations() * slices, NAME);
				}
				return Tensors.concatenate(chunks);
			});
		}
	}
}
