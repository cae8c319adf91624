package org.posteriorj.sampler;

import org.posteriorj.prior.DenoisingError;
import org.posteriorj.prior.DiffusionPrior;

/** Noise levels of a diffusion, descending, in prior units; each passed once through {@link DiffusionPrior#supportedSigma}. */
public final class NoiseSchedule {

	private static final double KARRAS_RHO = 7;
	private static final double DROWNED = 100;

	private NoiseSchedule() {}

	/** Equal ratios from {@code high} to {@code low}. */
	public static double[] geometric(final DiffusionPrior prior, final double high, final double low, final int count) {
		require(high, low, count);
		final double[] levels = new double[count];
		for (int i = 0; i < count; i++) levels[i] = supported(prior, high * Math.pow(low / high, i / Math.max(1.0, count - 1.0)));
		return levels;
	}

	/**
	 * Denser towards low noise: {@code sigma_i = (high^(1/7) + i/(K-1) (low^(1/7) - high^(1/7)))^7}.
	 *
	 * @see "T. Karras et al., NeurIPS 2022, equation 5"
	 */
	public static double[] karras(final DiffusionPrior prior, final double high, final double low, final int count) {
		require(high, low, count);
		final double[] levels = new double[count];
		final double a = Math.pow(high, 1 / KARRAS_RHO), b = Math.pow(low, 1 / KARRAS_RHO);
		for (int i = 0; i < count; i++) levels[i] = supported(prior, Math.pow(a + i / Math.max(1.0, count - 1.0) * (b - a), KARRAS_RHO));
		return levels;
	}

	/**
	 * Those of the variance-preserving diffusion with linearly growing rate, {@code s = k sqrt(exp(9.95 t^2 + 0.1 t) - 1)}, t at equal steps from
	 * 1 to 0.001, for images of root mean square k / 2.
	 *
	 * @see "Y. Song et al., Score-based generative modeling through SDEs, ICLR 2021, appendix C"
	 */
	static double[] variancePreserving(final DiffusionPrior prior, final int count) {
		final double[] levels = new double[count];
		for (int i = 0; i < count; i++) {
			final double t = 1 - 0.999 * i / Math.max(1.0, count - 1.0);
			levels[i] = supported(prior, 2 * prior.sigmaData() * Math.sqrt(Math.expm1(9.95 * t * t + 0.1 * t)));
		}
		return levels;
	}

	/** From where the image is drowned, 100 sigmaData, to where nothing is left to remove, {@code low} sigmaData, denser towards low noise. */
	static double[] whole(final DiffusionPrior prior, final double low, final int count) {
		final double high = Math.min(prior.sigmaMax(), DROWNED * prior.sigmaData());
		return karras(prior, high, Math.min(high, Math.max(prior.sigmaMin(), low * prior.sigmaData())), count);
	}

	/** Standard deviation of what a denoiser leaves open, if images were white noise: {@code s sigmaData / sqrt(s^2 + sigmaData^2)}. */
	static double uncertainty(final DiffusionPrior prior, final double s) {
		return DenoisingError.white(s, prior.sigmaData());
	}

	/**
	 * Standard deviation of a draw around a denoised image, {@code u (e / u)^(1/4)} with u = {@link #uncertainty} and e what the denoiser is known to leave open in the mean over
	 * directions; in some of them it leaves more. With e itself the draws of a trained network are half as wide as they should be, with u they are drowned.
	 */
	static double spread(final DiffusionPrior prior, final double s) {
		final double white = uncertainty(prior, s);
		return white * Math.pow(prior.denoisingError(s) / white, 0.25);
	}

	private static double supported(final DiffusionPrior prior, final double sigma) {
		return prior.supportedSigma(Math.max(prior.sigmaMin(), Math.min(prior.sigmaMax(), sigma)));
	}

	private static void require(final double high, final double low, final int count) {
		if (!(low > 0) || !(high >= low) || count < 1) {
			throw new IllegalArgumentException("noise schedule: needs 0 < low <= high and at least one level, got " + low + ", " + high + " and " + count + ".");
		}
	}
}
