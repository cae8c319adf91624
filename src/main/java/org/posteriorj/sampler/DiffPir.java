package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;

/**
 * Denoising diffusion for plug-and-play image restoration: proximal step from the denoised image, noise found anew from its result.
 * An approximate sampler.
 * <p>
 * {@code x^ = argmin |A x - y|_W^2 / 2 + lambda |x - D|^2 / (2 r^2)}, {@code x' = x^ + t (sqrt(1 - zeta) (x - x^) / s + sqrt(zeta) n)}; the last
 * step is the denoiser's. As published r is the level s itself; here it is what the denoiser leaves open, the same at low levels, and
 * well conditioned at high ones.
 *
 * @see "Y. Zhu et al., Denoising diffusion models for plug-and-play image restoration, CVPR workshops 2023, algorithm 1"
 */
public final class DiffPir implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "DiffPIR";

	/**
	 * @param steps noise levels
	 * @param lambda weight of the denoised image against the data
	 * @param zeta part of fresh noise in the variance, 0 to 1
	 */
	public record Options(int steps, double lambda, double zeta) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("DiffPIR: steps must be at least 1, got " + steps + ".");
			if (!(lambda > 0) || !(zeta >= 0 && zeta <= 1)) {
				throw new IllegalArgumentException("DiffPIR: needs lambda > 0 and 0 <= zeta <= 1, got " + lambda + " and " + zeta + ".");
			}
		}

		/** The measured defaults. */
		public static Options evaluations(final int count) {
			return new Options(count, 1, 0.5);
		}
	}

	private final Options options;

	/** @param options see there */
	public DiffPir(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Kind kind() {
		return Kind.APPROXIMATE;
	}

	@Override
	public long evaluations() {
		return options.steps();
	}

	@Override
	public String bias() {
		return "its standard deviation is too small, by 12 % on Gaussian fields with an exactly known posterior, and its images fit the noise.";
	}
	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final double[] levels = NoiseSchedule.whole(prior, 0.01, options.steps());
		return Draws.equal(Steps.descend(levels, data, random, progress, NAME, (x, s, t) -> {
			final Tensor denoised = prior.denoise(x, s), noise = random.normal(data.operator().imageShape());
			if (t == 0) return denoised;
			final Tensor consistent = data.prox(denoised, NoiseSchedule.uncertainty(prior, s) / Math.sqrt(options.lambda()));
			return Steps.implicit(consistent, Steps.noiseIn(x, consistent, s), t, Math.sqrt(options.zeta()), noise);
		}));
	}
}
