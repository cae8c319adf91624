package org.posteriorj.prior;

/**
 * Index into a table of noise levels, {@code sigma_i = sqrt((1 - abar_i) / abar_i)}, {@code abar_i = prod (1 - beta)}.
 * <p>
 * The nearest level, or interpolated in ln sigma where the network understands fractions.
 *
 * @see "J. Ho, A. Jain, P. Abbeel, Denoising diffusion probabilistic models, NeurIPS 2020"
 */
final class DiscreteLabel implements NoiseLabel {

	private final double[] sigmas;
	private final boolean fractional;

	/** @param sigmas rising or falling */
	DiscreteLabel(final double[] sigmas, final boolean fractional) {
		this.sigmas = sigmas;
		this.fractional = fractional;
	}

	/** Noise rates equally spaced from {@code first} to {@code last}. */
	static double[] linear(final double first, final double last, final int steps) {
		return table(steps, i -> first + (last - first) * i / (steps - 1));
	}

	/** Roots of the noise rates equally spaced, as in latent diffusion. */
	static double[] scaledLinear(final double first, final double last, final int steps) {
		return table(steps, i -> Math.pow(Math.sqrt(first) + (Math.sqrt(last) - Math.sqrt(first)) * i / (steps - 1), 2));
	}

	/** {@code abar = cos^2} of time, rates at most 0.999. */
	static double[] cosine(final int steps) {
		return table(steps, i -> Math.min(0.999, 1 - signal(i + 1, steps) / signal(i, steps)));
	}

	private static double signal(final int i, final int steps) {
		return Math.pow(Math.cos(((double) i / steps + 0.008) / 1.008 * Math.PI / 2), 2);
	}

	private static double[] table(final int steps, final java.util.function.IntToDoubleFunction beta) {
		final double[] sigmas = new double[steps];
		double signal = 1;
		for (int i = 0; i < steps; i++) {
			signal *= 1 - beta.applyAsDouble(i);
			sigmas[i] = Math.sqrt((1 - signal) / signal);
		}
		return sigmas;
	}

	@Override
	public double of(final double sigma) {
		final double index = index(sigma);
		return fractional ? index : Math.rint(index);
	}

	@Override
	public double nearest(final double sigma) {
		return fractional ? Math.min(Math.max(sigma, Math.min(sigmas[0], sigmas[sigmas.length - 1])), Math.max(sigmas[0], sigmas[sigmas.length - 1]))
			: sigmas[(int) Math.rint(index(sigma))];
	}

	@Override
	public boolean whole() {
		return !fractional;
	}

	/** Index between 0 and the last one, linear in ln sigma between neighbours. */
	private double index(final double sigma) {
		final boolean rising = sigmas[1] > sigmas[0];
		int low = 0, high = sigmas.length - 1;
		while (high - low > 1) {
			final int middle = (low + high) >>> 1;
			if (sigmas[middle] <= sigma == rising) low = middle;
			else high = middle;
		}
		final double fraction = Math.log(sigma / sigmas[low]) / Math.log(sigmas[high] / sigmas[low]);
		return low + Math.min(1, Math.max(0, fraction));
	}
}
