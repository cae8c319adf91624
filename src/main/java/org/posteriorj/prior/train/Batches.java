package org.posteriorj.prior.train;

import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/**
 * The training examples of step n: clean crops, noise levels and noise, a pure function of (seed, n).
 * <p>
 * {@code ln sigma ~ N(-1.9, 1.3^2)}, one level in ten log-uniform over the whole range, so that the ends are learnt too.
 */
final class Batches {

	static final double SIGMA_MIN = 0.005;
	static final double SIGMA_MAX = 40;

	private final TrainingImages images;
	private final int channels;
	private final int size;
	private final int count;
	private final long seed;

	Batches(final TrainingImages images, final int channels, final int size, final int count, final long seed) {
		this.images = images;
		this.channels = channels;
		this.size = size;
		this.count = count;
		this.seed = seed;
	}

	/** Clean crops and noise [count, channels, size, size], levels [count]. */
	record Batch(float[] clean, float[] noise, float[] sigma) {}

	Batch of(final long step) {
		final RandomGenerator random = SampleRandom.generator(seed, step);
		final int n = channels * size * size;
		final float[] clean = new float[count * n], noise = new float[count * n], sigma = new float[count];
		for (int b = 0; b < count; b++) {
			final float[] crop = images.crop(size, random);
			if (images.absolute()) Augmentation.gain(crop, random);
			else Augmentation.contrast(crop, size, random);
			final float[] example = channels == 2 ? Augmentation.phase(crop, size, random) : crop;
			if (channels == 2) Augmentation.offResonance(example, size, random);
			System.arraycopy(example, 0, clean, b * n, n);
			sigma[b] = (float) level(random);
		}
		for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
		return new Batch(clean, noise, sigma);
	}

	private static double level(final RandomGenerator random) {
		if (random.nextInt(10) == 0) return SIGMA_MIN * Math.pow(SIGMA_MAX / SIGMA_MIN, random.nextDouble());
		return Math.min(SIGMA_MAX, Math.max(SIGMA_MIN, Math.exp(-1.9 + 1.3 * random.nextGaussian())));
	}
}
