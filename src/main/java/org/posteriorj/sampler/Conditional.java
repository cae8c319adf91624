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
 * Conditional diffusion with data consistency: a network that is shown the measurement draws the image, and every denoised image is brought
 * towards the data. Few steps; an approximate sampler, learned for scans like those that its network was trained on.
 * <p>
 * It starts from the least-squares image of {@link Condition} plus noise of sigmaData, more than its distance to the true image, and
 * takes the steps of {@link ReverseDiffusion} with {@code DC(D(x; s, c))} for D, or follows the probability flow.
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
	 * @param start first noise level in units of sigmaData; lower ones are a warm start, which keeps more of the least-squares image
	 * @param draws whether the steps add noise; otherwise they follow the probability flow
	 */
	public record Options(int steps, Fidelity fidelity, double trust, double start, boolean draws) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("Conditional: steps must be at least 1, got " + steps + ".");
			if (!(trust > 0) || !(start > END)) {
				throw new IllegalArgumentException("Conditional: trust must be > 0 and start > " + END + ", got " + trust + " and " + start + ".");
			}
		}

		/** The measured defaults. */
		public static Options evaluations(final int count) {
			return new Options(count, Fidelity.PROX, 1, 1, true);
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
		return "its standard deviation is learned for scans and anatomy like those that its prior was trained on, and data consistency makes it too small, by up to 20 % " +
			"where the network is perfect.";
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
			return descend(new ConsistentPrior(prior.given(condition.channels()), data, options.fidelity(), options.trust(), condition.error(prior.sigmaData())), condition, random, progress);
		});
		return new Draws(images, Draws.equal(images).weights(), warnings);
	}

	private Tensor descend(final DiffusionPrior given, final Condition condition, final SampleRandom random, final Progress progress) {
		final double start = options.start() * given.sigmaData(), end = END * given.sigmaData(), ratio = Math.pow(end / start, 1 / Math.max(1.0, options.steps() - 1.0));
		final Tensor image = condition.channels().narrow(1, 0, given.channels());
		final Tensor noisy = Tensors.add(image, start, random.normal(image.size(1), image.size(2), image.size(3)));
		final Runnable done = ReverseDiffusion.counted(progress, new long[1], options.steps(), NAME);
		if (options.draws()) return new ReverseDiffusion(given, options.steps(), ratio).draw(noisy, start, random, done);
		Tensor x = noisy;
		final double[] levels = NoiseSchedule.geometric(given, start, end, options.steps());
		for (int i = 0; i < levels.length; i++) {
			final double s = levels[i], t = i + 1 < levels.length ? levels[i + 1] : 0;
			x = Scopes.update(x, now -> {
				final Tensor denoised = given.denoise(now, s);
				return Tensors.add(denoised, t / s, now.sub(denoised));
			});
			done.run();
		}
		return x;
	}
}
