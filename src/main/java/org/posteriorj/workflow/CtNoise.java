package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.Digits;
import org.posteriorj.data.Sinogram;
import org.posteriorj.physics.ct.PhotonNoise;

/**
 * Noise of line integrals: {@code Var = sigma^2 / w}.
 *
 * @param sigma standard deviation where the weight is 1
 * @param weights relative weights [view][detector], one array per slice; null for white noise
 * @param description where it comes from
 */
record CtNoise(double sigma, List<float[]> weights, String description) {

	/** Least noise in units of the data's root mean square: without it a solver would fit rounding errors. */
	private static final double FLOOR = 1e-3;
	/** Norm of the fourth difference (1, -4, 6, -4, 1). */
	private static final double FOURTH = Math.sqrt(70);
	/** Lower quartile of the absolute value of a standard normal number. */
	private static final double QUARTILE = 0.31864;
	private static final int MIN_DETECTORS = 5, MIN_SIZES = 100;

	/** White noise that was stated, photons that the geometry states, or an estimate of the photons. */
	static CtNoise of(final Sinogram scan, final double stated) {
		if (stated > 0) return new CtNoise(stated, null, Digits.of(stated, 4) + " for every line integral (stated)");
		final Double known = scan.geometry().photons();
		final double floor = FLOOR * rootMeanSquare(scan);
		final double photons = known != null ? known : estimate(scan);
		final double sigma = photons > 0 ? sigma(scan, photons) : 0;
		if (!(sigma > floor)) {
			final double least = floor > 0 ? floor : FLOOR;
			return new CtNoise(least, null, Digits.of(least, 4) + " for every line integral (no noise found; 0.001 of their root mean square)");
		}
		return new CtNoise(sigma, weights(scan, photons, sigma), Digits.of(photons, 4) + " photons per ray (" + (known != null ? "from the geometry" : "estimated") +
			"), " + Digits.of(sigma, 4) + " for the median line integral");
	}

	/** The same standard deviation for all. */
	CtNoise white() {
		return new CtNoise(sigma, null, description);
	}

	private static double rootMeanSquare(final Sinogram scan) {
		double sum = 0;
		for (final float[] slice : scan.slices()) for (final float v : slice) sum += (double) v * v;
		return Math.sqrt(sum / ((double) scan.depth() * scan.views() * scan.detectors()));
	}

	private static double sigma(final Sinogram scan, final double photons) {
		return new PhotonNoise(photons, 0).sigma(scan.slices().get(scan.depth() / 2));
	}

	private static List<float[]> weights(final Sinogram scan, final double photons, final double sigma) {
		final PhotonNoise noise = new PhotonNoise(photons, 0);
		final List<float[]> all = new ArrayList<>();
		for (final float[] slice : scan.slices()) {
			final float[] weights = new float[slice.length];
			for (int i = 0; i < weights.length; i++) weights[i] = (float) (sigma * sigma / noise.variance(slice[i]));
			all.add(weights);
		}
		return all;
	}

	/**
	 * Photons per ray from the middle slice: fourth differences along the detector, in which little but noise is left, times
	 * {@code exp(-y / 2)} have the same spread everywhere, {@code 1 / sqrt(photons)}. The lower quartile of their sizes leaves edges
	 * out, and zeros come from no measurement. 0 if there are none.
	 */
	private static double estimate(final Sinogram scan) {
		final int n = scan.detectors();
		if (n < MIN_DETECTORS) return 0;
		final float[] y = scan.slices().get(scan.depth() / 2);
		final double[] sizes = IntStream.range(0, y.length).filter(i -> i % n >= 2 && i % n < n - 2).mapToDouble(i -> Math.abs(y[i - 2] - 4 * y[i - 1] + 6 *
			y[i] - 4 * y[i + 1] + y[i + 2]) * Math.exp(-y[i] / 2)).filter(size -> size > 0).sorted().toArray();
		if (sizes.length < MIN_SIZES) return 0;
		final double deviation = sizes[sizes.length / 4] / (QUARTILE * FOURTH);
		return 1 / (deviation * deviation);
	}
}
