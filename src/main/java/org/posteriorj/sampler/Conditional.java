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
 * Conditional diffusion with data consistency: a network that is shown the measurement denoises, and every denoised image is brought towards the
 * data. Few steps; an approximate sampler, learned for scans like those that its network was trained on.
 * <p>
 * It starts from the least-squares image of {@link Condition} plus noise of sigmaData, more than its distance to the true image. From level s to t,
 * with D = D(x; s, c) and D' = DC(D): {@code x' = D' + t (sqrt(1 - eta^2) (x - D) / s + eta n)}; or, ancestral, the steps of {@link ReverseDiffusion} with
 * D' for D, whose spread is larger and whose mean is worse.
 *
 * @see "S. Alsubaie et al., Conditional denoising diffusion with data consistency, arXiv 2510.06335, 2025"
 */
public final class Conditional implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "Conditional";

	/** Noise level of {@link Familiarity}, and the last one, in units of sigmaData. */
	static final double START = 3, END = 0.02;

	/**
	 * @param steps network evaluations
	 * @param fidelity data consistency of each step
	 * @param trust error of a denoised image in units of what a denoiser leaves open
	 * @param start first noise level in units of sigmaData; lower ones keep more of the least-squares image
	 * @param ancestral whether the steps are those of the reverse diffusion
	 * @param eta part of fresh noise, 0 (probability flow) to 1, where they are not
	 */
	public record Options(int steps, Fidelity fidelity, double trust, double start, boolean ancestral, double eta) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("Conditional: steps must be at least 1, got " + steps + ".");
			if (!(trust > 0) || !(start > END)) {
				throw new IllegalArgumentException("Conditional: trust must be > 0 and start > " + END + ", got " + trust + " and " + start + ".");
			}
			if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("Conditional: eta must lie between 0 and 1, got " + eta + ".");
		}

		/** The measured defaults. */
		public static Options evaluations(final int count) {
			return new Options(count, Fidelity.PROX, 1, 1, false, 0.85);
		}

		/** Ancestral steps. */
		public static Options ancestral(final int count, final Fidelity fidelity) {
			return new Options(count, fidelity, 1, START, true, 1);
		}
	}

	private final Options options;

	/** @param options see there */
	public Conditional(final Options options) {
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
		return "its standard deviation is too small, by about 20 % (R = 4) to 25 % (R = 8), and was learned for scans and anatomy like those of its training.";
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		if (prior.conditioning() == 0) {
			throw new IllegalArgumentException("sampler Conditional: prior " + prior.name() + " takes no condition - choose brain-mri-conditional or another conditional " +
				"prior.");
		}
		final List<String> warnings = new ArrayList<>();
		final Tensor images = Scopes.keep(() -> {
			final Condition condition = Condition.of(data, prior.sigmaData());
			prior.trainedOn().ifPresent(range -> warnings.addAll(Familiarity.complaints(range, prior, data, condition)));
			final double start = options.start() * prior.sigmaData(), end = END * prior.sigmaData();
			final Tensor noisy = Tensors.add(condition.channels().narrow(1, 0, prior.channels()), start, random.normal(data.operator().imageShape()));
			final DiffusionPrior given = prior.given(condition.channels());
			if (!options.ancestral()) return fewSteps(given, data, noisy, NoiseSchedule.karras(given, start, end, options.steps()), random, progress);
			final double ratio = Math.pow(end / start, 1 / Math.max(1.0, options.steps() - 1.0));
			return new ReverseDiffusion(new ConsistentPrior(given, data, options.fidelity(), options.trust()), options.steps(), ratio).draw(noisy, start, random,
				ReverseDiffusion.counted(progress, new long[1], options.steps(), NAME));
		});
		return new Draws(images, Draws.equal(images).weights(), warnings);
	}

	/** NB: the noise that was found is that of the network, before data consistency. */
	private Tensor fewSteps(final DiffusionPrior given, final DataConsistency data, final Tensor noisy, final double[] levels, final SampleRandom random,
		final Progress progress)
	{
		return Steps.descend(noisy, levels, progress, NAME, (x, s, t) -> {
			final Tensor denoised = given.denoise(x, s), noise = random.normal(data.operator().imageShape());
			final Tensor consistent = options.fidelity().apply(data, denoised, options.trust() * NoiseSchedule.uncertainty(given, s));
			return Steps.implicit(consistent, Steps.noiseIn(x, denoised, s), t, options.eta(), noise);
		});
	}
}
