package org.posteriorj.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.AntitheticPairs;

/**
 * Random numbers of a batch of samples, one stream per sample, independent unless {@linkplain #antithetic mirrored}.
 * <p>
 * Draw n of sample k is a pure function of (seed, k, n): it depends neither on the batch that k runs in nor on the device,
 * and the state to save for a later resume is the number of draws alone.
 */
public final class SampleRandom {

	private static final RandomGeneratorFactory<RandomGenerator> FACTORY = RandomGeneratorFactory.of("L64X128MixRandom");

	private final long seed;
	private final long[] samples;
	private final boolean[] mirrored;
	private final Device device;
	private long draws;

	/**
	 * @param seed the run's seed
	 * @param samples global index of each sample of the batch
	 * @param draws draws made before, 0 for a fresh run
	 */
	public SampleRandom(final long seed, final long[] samples, final long draws) {
		this(seed, samples, draws, null);
	}

	/** As above, with tensors placed on {@code device}; null is the CPU. */
	public SampleRandom(final long seed, final long[] samples, final long draws, final Device device) {
		this(seed, samples.clone(), new boolean[samples.length], draws, device);
	}

	private SampleRandom(final long seed, final long[] samples, final boolean[] mirrored, final long draws, final Device device) {
		this.seed = seed;
		this.samples = samples;
		this.mirrored = mirrored;
		this.draws = draws;
		this.device = device;
	}

	/** A fresh run of samples that mirror each other, see {@link AntitheticPairs}: their normal values do, uniform ones are the same for both. */
	public static SampleRandom antithetic(final long seed, final long[] samples, final Device device) {
		final boolean[] mirrored = new boolean[samples.length];
		for (int i = 0; i < mirrored.length; i++) mirrored[i] = AntitheticPairs.mirrored(samples[i]);
		return new SampleRandom(seed, Arrays.stream(samples).map(AntitheticPairs::stream).toArray(), mirrored, 0, device);
	}

	/** One stream for sample {@code k}. */
	public static SampleRandom single(final long seed, final long sample) {
		return new SampleRandom(seed, new long[] { sample }, 0);
	}

	/** The number of samples, B. */
	public int batch() {
		return samples.length;
	}

	/** Draws made so far. */
	public long draws() {
		return draws;
	}

	/** Standard normal float32 values, [B, item...]. */
	public Tensor normal(final long... item) {
		draws++;
		return last(1, item);
	}

	/** The values of the last draw, which must have been {@link #normal} of the same shape, with the opposite sign. No draw of its own. */
	public Tensor opposite(final long... item) {
		return last(-1, item);
	}

	private Tensor last(final double factor, final long... item) {
		final int n = Math.toIntExact(Shapes.count(item));
		final float[] values = new float[Math.multiplyExact(samples.length, n)];
		for (int k = 0; k < samples.length; k++) {
			final RandomGenerator generator = last(samples[k]);
			final double sign = mirrored[k] ? -factor : factor;
			for (int i = k * n; i < (k + 1) * n; i++) values[i] = (float) (sign * generator.nextGaussian());
		}
		final long[] shape = Shapes.batch(samples.length, item);
		if (device == null) return Tensors.of(values, shape);
		return Scopes.keep(() -> Tensors.to(Tensors.of(values, shape), device));
	}

	/** Uniform values in [0, 1), one per sample. */
	public double[] uniform() {
		draws++;
		return Arrays.stream(samples).mapToDouble(k -> last(k).nextDouble()).toArray();
	}

	/** {@code count} streams that belong to sample {@code i} of this batch alone: the particles of its ensemble. */
	public SampleRandom particles(final int i, final int count) {
		final long first = mix(~samples[i]);
		final boolean[] all = new boolean[count];
		Arrays.fill(all, mirrored[i]);
		return new SampleRandom(mix(seed), LongStream.range(0, count).map(n -> mix(first + n)).toArray(), all, draws, device);
	}

	/** A generator for everything that is not a tensor: masks, shuffles, augmentation. */
	public static RandomGenerator generator(final long seed, final long stream) {
		return FACTORY.create(mix(mix(seed) ^ mix(~stream)));
	}

	/** Of the last draw. */
	private RandomGenerator last(final long sample) {
		return FACTORY.create(mix(mix(mix(seed) ^ mix(sample + 1)) ^ mix(0x5851F42D4C957F2DL * draws)));
	}

	/** The finaliser of SplitMix64: neighbouring inputs give unrelated outputs. */
	private static long mix(final long value) {
		long z = value + 0x9E3779B97F4A7C15L;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}
}
