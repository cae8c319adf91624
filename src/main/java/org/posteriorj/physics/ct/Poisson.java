package org.posteriorj.physics.ct;

import java.util.random.RandomGenerator;

/** Draws from the Poisson distribution. */
final class Poisson {

	/** Log-gamma's asymptotic series is exact to double precision from here on. */
	private static final int SERIES = 15;

	private Poisson() {}

	/**
	 * A count with mean {@code mean}: by multiplying uniforms for small means, by transformed rejection from 10 on.
	 *
	 * @see "W. Hoermann, Insurance: Mathematics and Economics 12 (1993) 39-45, algorithm PTRS"
	 */
	static double draw(final double mean, final RandomGenerator random) {
		if (mean < 10) {
			final double limit = Math.exp(-mean);
			int count = 0;
			for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) count++;
			return count;
		}
		final double logMean = Math.log(mean), b = 0.931 + 2.53 * Math.sqrt(mean), a = -0.059 + 0.02483 * b;
		final double alpha = 1.1239 + 1.1328 / (b - 3.4), accept = 0.9277 - 3.6224 / (b - 2);
		while (true) {
			final double u = random.nextDouble() - 0.5, v = 1 - random.nextDouble(), us = 0.5 - Math.abs(u);
			final double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
			if (us >= 0.07 && v <= accept) return k;
			if (k < 0 || us < 0.013 && v > us) continue;
			if (Math.log(v * alpha / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
		}
	}

	static double logFactorial(final double k) {
		double shifted = k + 1, product = 1;
		while (shifted < SERIES) product *= shifted++;
		final double inverse = 1 / shifted, square = inverse * inverse;
		return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) +
			inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680))) - Math.log(product);
	}
}
