package org.posteriorj.prior.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/**
 * The training examples of step n: clean crops, noise levels and noise, a pure function of (seed, n).
 * <p>
 * {@code ln sigma ~ N(-1.9, 1.3^2)}, one level in ten log-uniform over the whole range, so that the ends are learnt too. Of a conditional
 * network one example in ten comes without its condition.
 * <p>
 * On request noise is immiscible: of the noise of a batch every image gets what lies nearest to it; and levels go from easy to hard: in the
 * first {@value #EASY} of the training the mean of ln sigma falls to its place from {@value #SPREAD} above.
 *
 * @see "Y. Li et al., Immiscible diffusion, NeurIPS 2024"
 * @see "J. Kim et al., Denoising task difficulty-based curriculum for training diffusion models, ICLR 2025"
 */
final class Batches {

	static final double SIGMA_MIN = 0.005;
	static final double SIGMA_MAX = 40;

	private static final int DROPPED = 10;
	private static final double MEAN = -1.9, SPREAD = 1.3, EASY = 0.4;

	private final TrainingImages images;
	private final Measurements measurements;
	private final double sigmaData;
	private final int channels;
	private final int size;
	private final int count;
	private final Trainer.Settings settings;

	/** @param measurements of the crops, null for a network without a condition */
	Batches(final TrainingImages images, final Measurements measurements, final double sigmaData, final int channels, final Trainer.Settings settings) {
		this.images = images;
		this.measurements = measurements;
		this.sigmaData = sigmaData;
		this.channels = channels;
		this.settings = settings;
		size = settings.crop();
		count = settings.batch();
	}

	/**
	 * Clean crops and noise [count, channels, size, size], levels [count], conditions [count, K, size, size] and what was measured of each crop,
	 * null where the condition was dropped.
	 */
	record Batch(float[] clean, float[] noise, float[] sigma, float[] condition, List<Measurement> measured) {

		/** {@code sqrt(1 / sigma^2 + 1 / v)}. */
		float[] weight(final double sigmaData) {
			final float[] weight = new float[sigma.length];
			for (int b = 0; b < weight.length; b++) {
				final double open = measured.isEmpty() || measured.get(b) == null ? 1 : measured.get(b).open();
				weight[b] = (float) Math.sqrt(1 / ((double) sigma[b] * sigma[b]) + 1 / (open * sigmaData * sigmaData));
			}
			return weight;
		}
	}

	Batch of(final long step) {
		final RandomGenerator random = SampleRandom.generator(settings.seed(), step);
		final double mean = MEAN + (settings.curriculum() ? SPREAD * Math.max(0, 1 - step / (EASY * settings.steps())) : 0);
		final int n = channels * size * size;
		final float[] clean = new float[count * n], noise = new float[count * n], sigma = new float[count];
		final int k = measurements == null ? 0 : measurements.channels() * size * size;
		final float[] condition = new float[count * k];
		final List<Measurement> measured = new ArrayList<>();
		for (int b = 0; b < count; b++) {
			final float[] crop = images.crop(size, random);
			if (images.absolute()) Augmentation.gain(crop, random);
			else Augmentation.contrast(crop, size, random);
			final float[] example = channels == 2 ? Augmentation.phase(crop, size, random) : crop;
			if (channels == 2) Augmentation.offResonance(example, size, random);
			System.arraycopy(example, 0, clean, b * n, n);
			sigma[b] = (float) level(mean, random);
			if (k == 0) continue;
			final Measurement measurement = random.nextInt(DROPPED) == 0 ? null : measurements.of(example, size, size, sigmaData, random);
			measured.add(measurement);
			if (measurement != null) System.arraycopy(measurement.condition(), 0, condition, b * k, k);
		}
		for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
		if (settings.immiscible()) ImmiscibleNoise.assign(clean, noise, count);
		return new Batch(clean, noise, sigma, condition, measured);
	}

	private static double level(final double mean, final RandomGenerator random) {
		if (random.nextInt(10) == 0) return SIGMA_MIN * Math.pow(SIGMA_MAX / SIGMA_MIN, random.nextDouble());
		return Math.min(SIGMA_MAX, Math.max(SIGMA_MIN, Math.exp(mean + SPREAD * random.nextGaussian())));
	}
}
