package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.List;

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
 * The batch is the volume: item k is slice k, and data hold one item per slice. Fast form, at every noise level: denoise the
 * slices, one step of {@link SliceCoupling} towards data and neighbours, noise of the next level. Published form: predictor
 * and corrector of the reverse diffusion, then the step on the noisy volume.
 *
 * @see "H. Chung et al., CVPR 2023, 22542-22551, algorithm 1"
 * @see "H. Chung, S. Lee, J. C. Ye, Decomposed diffusion sampler, ICLR 2024, for the fast form"
 */
public final class DiffusionMbir implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "DiffusionMBIR";
	/** Signal to noise of a corrector step. */
	private static final double CORRECTOR = 0.16;

	/**
	 * @param steps noise levels
	 * @param published whether in the published form, two evaluations per level; else the fast form, one
	 * @param eta share of fresh noise in the fast form, 0 to 1
	 * @param solver conjugate-gradient iterations of a step
	 * @param penalty rho of the coupling in units of |A|^2
	 * @param threshold lambda / rho, the difference of neighbouring slices that is taken for noise, in units of sigmaData
	 * @param chunk slices denoised at a time; changes memory, not the result
	 * @param start first noise level in units of sigmaData
	 * @param end last noise level in units of sigmaData
	 */
	public record Options(int steps, boolean published, double eta, int solver, double penalty, double threshold, int chunk, double start,
		double end)
	{

		/** From where the image is drowned to where the prior ends. */
		public Options(final int steps, final boolean published, final double eta, final int solver, final double penalty, final double threshold,
			final int chunk)
		{
			this(steps, published, eta, solver, penalty, threshold, chunk, 100, 0.005);
		}

		/**
		 * 50 levels from 3 sigmaData down, 10 solver iterations, eta 0.6: measured best on a head at 12, 32 and 64 views, 0.4 to 1.1 dB
		 * above levels from 100 sigmaData, 5 iterations and eta 0.85.
		 */
		public static Options fast() {
			return new Options(50, false, 0.6, 10, 0.075, 0.04, 4, 3, 0.03);
		}

		/** 2000 levels and one solver iteration. */
		public static Options published2000() {
			return new Options(2000, true, 1, 1, 0.025, 0.016, 4);
		}

		public Options {
			if (steps < 1 || solver < 1 || chunk < 1) {
				throw new IllegalArgumentException("DiffusionMBIR: steps, solver iterations and chunk must be at least 1, got " + steps + ", " + solver +
					", " + chunk + ".");
			}
			if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("DiffusionMBIR: eta must lie between 0 and 1, got " + eta + ".");
			if (!(penalty >= 0) || !(threshold >= 0)) {
				throw new IllegalArgumentException("DiffusionMBIR: penalty and threshold must be >= 0, got " + penalty + ", " + threshold + ".");
			}
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
		final long[] image = data.operator().imageShape();
		final double[] levels = levels(prior);
		return Draws.equal(Scopes.keep(() -> {
			try (SliceCoupling coupling = new SliceCoupling(data, random.batch(), options.penalty(), options.threshold() * prior.sigmaData())) {
				final Denoiser denoiser = new Denoiser(prior, progress, random.batch());
				Tensor x = Scopes.keep(() -> Tensors.scale(random.normal(image), levels[0]));
				for (int i = 0; i < levels.length; i++) {
					final double next = i + 1 < levels.length ? levels[i + 1] : 0;
					x = options.published() ? published(denoiser, coupling, x, levels[i], next, random)
						: fast(denoiser, coupling, x, levels[i], next, radius(prior, levels[i]), random);
				}
				return x;
			}
		}));
	}

	/** Data consistency on the denoised volume, then noise of the next level, part of it what was there. */
	private Tensor fast(final Denoiser denoiser, final SliceCoupling coupling, final Tensor x, final double sigma, final double next,
		final double radius, final SampleRandom random)
	{
		final Tensor denoised = denoiser.apply(x, sigma);
		final Tensor consistent = coupling.step(denoised, radius, options.solver());
		final double kept = next * Math.sqrt(1 - options.eta() * options.eta()) / sigma, fresh = next * options.eta();
		final Tensor result = Scopes.keep(() -> Tensors.add(Tensors.add(consistent, kept, x.sub(denoised)), fresh, random.normal(item(x))));
		close(x, denoised, consistent);
		return result;
	}

	/** Predictor, corrector at the same level, and one step on the noisy volume. */
	private Tensor published(final Denoiser denoiser, final SliceCoupling coupling, final Tensor x, final double sigma, final double next,
		final SampleRandom random)
	{
		final Tensor denoised = denoiser.apply(x, sigma);
		final Tensor predicted = Scopes.keep(() -> Steps.predictor(x, denoised, sigma, next, random.normal(item(x))));
		final Tensor again = denoiser.apply(predicted, sigma);
		final Tensor corrected = Scopes.keep(() -> correct(predicted, again, sigma, random));
		final Tensor result = coupling.step(corrected, Double.POSITIVE_INFINITY, options.solver());
		close(x, denoised, predicted, again, corrected);
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

	/** Equal ratios from where the image is drowned to where the prior ends. */
	private double[] levels(final DiffusionPrior prior) {
		final double high = Math.min(prior.sigmaMax(), options.start() * prior.sigmaData()), low = Math.max(prior.sigmaMin(), options.end() * prior.sigmaData());
		final double[] levels = new double[options.steps()];
		for (int i = 0; i < levels.length; i++) {
			levels[i] = prior.supportedSigma(levels.length == 1 ? high : high * Math.pow(low / high, i / (levels.length - 1.0)));
		}
		return levels;
	}

	/** How far the denoised image may lie from the truth at a level: {@code sigma sigmaData / sqrt(sigma^2 + sigmaData^2)}. */
	private static double radius(final DiffusionPrior prior, final double sigma) {
		return sigma * prior.sigmaData() / Math.hypot(sigma, prior.sigmaData());
	}

	private static long[] item(final Tensor batch) {
		return new long[] { batch.size(1), batch.size(2), batch.size(3) };
	}

	private static void close(final Tensor... tensors) {
		for (final Tensor tensor : tensors) tensor.close();
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
