package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Diffusion posterior sampling: ancestral steps, each followed by a gradient step on the residual of the denoised image, through the
 * network. An approximate sampler; needs a prior with derivatives.
 * <p>
 * In the published variables, images of root mean square 1/2 and noise that preserves the variance, the step is {@code zeta d|A D - y| / dx};
 * in ours it is {@code zeta k sqrt((1 + (s/k)^2)(1 + (t/k)^2)) J^T A^H (A D - y) / (|A| |A D - y|)} with {@code k = 2 sigmaData}.
 *
 * @see "H. Chung et al., Diffusion posterior sampling for general noisy inverse problems, ICLR 2023, algorithm 1"
 */
public final class Dps implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "DPS";
	static final int PUBLISHED = 1000;

	/**
	 * @param steps noise levels
	 * @param zeta length of the gradient steps for 1000 levels; for fewer they are longer in proportion
	 */
	public record Options(int steps, double zeta) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("DPS: steps must be at least 1, got " + steps + ".");
			if (!(zeta > 0)) throw new IllegalArgumentException("DPS: zeta must be > 0, got " + zeta + ".");
		}

		/** The measured defaults. */
		public static Options evaluations(final int count) {
			return new Options(count, 0.5);
		}
	}

	private final Options options;

	/** @param options see there */
	public Dps(final Options options) {
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
		return "on Gaussian fields with an exactly known posterior its standard deviation is 9 % too small (one coil) to 38 % too large (8 coils), and its mean is off by 0.3 to 1 of it.";
	}
	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		if (!prior.supportsGradient()) {
			throw new IllegalArgumentException("DPS: prior " + prior.name() + " offers no gradient - choose a sampler that needs none, PnP-DM for instance.");
		}
		final double[] levels = NoiseSchedule.variancePreserving(prior, options.steps());
		final double k = 2 * prior.sigmaData(), length = options.zeta() * PUBLISHED / options.steps() * k;
		return Draws.equal(Steps.descend(levels, data, random, progress, NAME, (x, s, t) -> {
			final Tensor noise = random.normal(data.operator().imageShape());
			final double scale = length * Math.hypot(1, s / k) * Math.hypot(1, t / k);
			// NB: item by item, for the network sees the whole batch at once
			return Tensors.eachPair(x, noise, (one, n) -> Scopes.keep(() -> {
				final Tensor[] pair = prior.denoiseWithGradient(one, s, denoised -> direction(data, denoised));
				return Tensors.add(Steps.original(one, pair[0], s, t, 1, n), -scale, pair[1]);
			}));
		}));
	}

	/** {@code A^H W (A D - y) / (|A| |A D - y|_W)}, a descent of the norm itself, for data in units in which A does not lengthen images: as published, where CT diverges otherwise. */
	static Tensor direction(final DataConsistency data, final Tensor denoised) {
		return Scopes.keep(() -> {
			final double[] norms = data.misfit(denoised);
			final double length = data.sigma() / data.operator().norm();
			for (int i = 0; i < norms.length; i++) norms[i] = length / Math.sqrt(Math.max(Double.MIN_NORMAL, 2 * norms[i]));
			return Tensors.scaleItems(data.gradient(denoised), norms);
		});
	}
}
