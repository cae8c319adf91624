package org.posteriorj.physics.ct;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/**
 * Noise of a photon-counting measurement with electronic noise: for line integral y and {@code I = photons exp(-y)} expected
 * photons, {@code Var(y) = 1/I + electronic^2 / I^2}.
 *
 * @param photons photons per ray before the object
 * @param electronic standard deviation of the detector's own noise in photons
 */
public record PhotonNoise(double photons, double electronic) {

	/** A log needs light: fewer photons than this read as this many. */
	private static final double DARKEST = 0.5;

	public PhotonNoise {
		if (!(photons > 0 && Double.isFinite(photons))) {
			throw new IllegalArgumentException("photon noise: photons per ray must be positive, got " + photons + ".");
		}
		if (!(electronic >= 0 && Double.isFinite(electronic))) {
			throw new IllegalArgumentException("photon noise: electronic noise must be >= 0 photons, got " + electronic + ".");
		}
	}

	/** Variance of a line integral. */
	public double variance(final double lineIntegral) {
		final double expected = Math.max(DARKEST, photons * Math.exp(-lineIntegral));
		return 1 / expected + electronic * electronic / (expected * expected);
	}

	/** Standard deviation of the datum whose weight is 1: the square root of the median variance. */
	public double sigma(final float[] lineIntegrals) {
		final double[] variances = new double[lineIntegrals.length];
		for (int i = 0; i < variances.length; i++) variances[i] = variance(lineIntegrals[i]);
		Arrays.sort(variances);
		return Math.sqrt(variances[variances.length / 2]);
	}

	/** {@code sigma^2 / Var(y)} of every datum, 0 where {@code valid} says that nothing was measured; null: all valid. */
	public float[] weights(final float[] lineIntegrals, final boolean[] valid) {
		final double sigma = sigma(lineIntegrals);
		final float[] weights = new float[lineIntegrals.length];
		for (int i = 0; i < weights.length; i++) {
			if (valid == null || valid[i]) weights[i] = (float) (sigma * sigma / variance(lineIntegrals[i]));
		}
		return weights;
	}

	/**
	 * A noisy measurement of line integrals: photons are drawn, electronic noise is added, and the log is taken of no less
	 * than half a photon.
	 */
	public float[] simulate(final float[] lineIntegrals, final long seed, final long slice) {
		final RandomGenerator random = SampleRandom.generator(seed, slice);
		final float[] noisy = new float[lineIntegrals.length];
		for (int i = 0; i < noisy.length; i++) {
			final double counted = Poisson.draw(photons * Math.exp(-lineIntegrals[i]), random) + electronic * random.nextGaussian();
			noisy[i] = (float) -Math.log(Math.max(DARKEST, counted) / photons);
		}
		return noisy;
	}
}
