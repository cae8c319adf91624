package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Tensors;

/**
 * Decoupled annealing posterior sampling: at every level a clean image is drawn given the noisy one and the data, and noise of the next
 * level is added to it afresh, so that errors of early levels are forgotten. A posterior sampler as far as the
 * inner law below holds.
 * <p>
 * As published the clean image is drawn by Langevin steps around the end of the probability flow with variance s^2. Here the draw is
 * exact ({@link DataConsistency#draw}), and the law is {@code N(D, r^2)} with {@code r^2 = s^2 sd^2 / (s^2 + sd^2)}: mean and variance of a clean image
 * given the noisy one. That law is a model: exact for white Gaussian images and near enough for fields, but the odds of modes far apart may be off, in the
 * one-dimensional problem of the tests by 0.13 at 200 levels and 0.08 at 2000.
 * <p>
 * A trained network leaves less open than that, by a factor of 2 to 5, and takes noise that it does not expect for structure. Its draws have less noise where its error is known
 * ({@link NoiseSchedule#spread}), which at R = 8 is worth 5 dB; the mean keeps r, for an error that is small in the mean is not so in the directions which the data
 * correct: with the smaller radius there, too, 0.5 to 1 dB are lost.
 *
 * @see "B. Zhang et al., Improving diffusion inverse problem solving with decoupled noise annealing, CVPR 2025, algorithm 1"
 */
public final class Daps implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "DAPS";

	/**
	 * @param steps noise levels
	 * @param end last level in units of sigmaData
	 */
	public record Options(int steps, double end) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("DAPS: steps must be at least 1, got " + steps + ".");
			if (!(end > 0)) throw new IllegalArgumentException("DAPS: end must be > 0, got " + end + ".");
		}

		/** The measured defaults. */
		public static Options evaluations(final int count) {
			return new Options(count, 0.01);
		}
	}

	private final Options options;

	/** @param options see there */
	public Daps(final Options options) {
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

	/** The inner law is a model, see above. */
	@Override
	public boolean weighsModes() {
		return false;
	}

	@Override
	public long evaluations() {
		return options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final double[] levels = NoiseSchedule.whole(prior, options.end(), options.steps());
		return Draws.equal(Steps.descend(levels, data, random, progress, NAME, (x, s, t) -> {
			final Tensor clean = clean(prior, data, x, s, NoiseSchedule.spread(prior, s), random);
			return t == 0 ? clean : Tensors.add(clean, t, random.normal(data.operator().imageShape()));
		}));
	}

	/** A clean image given a noisy one of level s and the data; {@code spread} is that of its noise where nothing is measured. */
	static Tensor clean(final DiffusionPrior prior, final DataConsistency data, final Tensor x, final double s, final double spread, final SampleRandom random) {
		return data.drawAround(prior.denoise(x, s), NoiseSchedule.uncertainty(prior, s), spread, random);
	}
}
