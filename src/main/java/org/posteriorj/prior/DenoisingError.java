package org.posteriorj.prior;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a denoiser leaves open at a noise level, root mean square of each real component, prior units: by its validation
 * {@code 10 log10(1 / mean |D - x|^2)}, between and beyond the levels of which the logarithm of the error is linear in that of the level; and never more than what would be left
 * of images of white noise, {@code s sigmaData / sqrt(s^2 + sigmaData^2)}.
 */
public final class DenoisingError {

	private final TreeMap<Double, Double> known = new TreeMap<>();
	private final double sigmaData;

	/**
	 * @param validation dB at noise levels, the squares of all channels summed; with fewer than two levels, or null, images count as white noise
	 * @param channels of an image
	 */
	DenoisingError(final Map<String, Double> validation, final int channels, final double sigmaData) {
		this.sigmaData = sigmaData;
		if (validation != null) validation.forEach((level, db) -> known.put(Math.log(Double.parseDouble(level)), -db * Math.log(10) / 20 - Math.log(channels) / 2));
	}

	/** Root mean square error of each real component at a noise level, both in prior units. */
	double at(final double sigma) {
		final double white = white(sigma, sigmaData);
		if (known.size() < 2) return white;
		final double x = Math.log(sigma);
		double from = known.firstKey(), to = known.higherKey(from);
		while (x > to && known.higherKey(to) != null) {
			from = to;
			to = known.higherKey(to);
		}
		final double a = known.get(from), b = known.get(to);
		return Math.min(white, Math.exp(a + (x - from) / (to - from) * (b - a)));
	}

	/** That of images of white noise: standard deviation of what is left of them. */
	public static double white(final double sigma, final double sigmaData) {
		return sigma * sigmaData / Math.hypot(sigma, sigmaData);
	}
}
