package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.quality.Coverage;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Samples against an exactly known Gaussian posterior, pooled over pixels.
 *
 * @param coverage how often the truth lies in the 5-95 % interval of the samples
 * @param expectedCoverage that of exact draws of the same truth; over many truths it is 0.872 for 64 samples
 * @param spread standard deviation over the exact one, from as many exact draws
 * @param bias error of the mean in exact standard deviations, what chance adds taken off
 * @param chiSquare data residual of the samples over that of exact draws
 * @param error {@code |mean - exact mean| / |exact mean|}
 */
public record Calibration(double coverage, double expectedCoverage, double spread, double bias, double chiSquare, double error) {

	/** Half the width of the accepted intervals. */
	private static final double COVERAGE = 0.0225, SPREAD = 0.05, BIAS = 0.18, CHI = 0.03;

	/**
	 * @param images samples to judge, [K, C, H, W]
	 * @param exact independent exact draws, as many
	 * @param mean exact mean, [1, C, H, W]
	 * @param truth image that the data were made of, [1, C, H, W]
	 */
	static Calibration of(final Tensor images, final Tensor exact, final Tensor mean, final Tensor truth, final DataConsistency data) {
		final float[][] samples = items(images), draws = items(exact);
		final float[] m = Tensors.toFloats(mean), x = Tensors.toFloats(truth);
		final int count = samples.length;
		double variance = 0, exactVariance = 0, error = 0, norm = 0;
		for (int i = 0; i < m.length; i++) {
			final double[] own = moments(samples, i), known = moments(draws, i);
			variance += own[1];
			exactVariance += known[1];
			error += (own[0] - m[i]) * (own[0] - m[i]);
			norm += (double) m[i] * m[i];
		}
		final double bias = Math.sqrt(Math.max(0, error / exactVariance - variance / exactVariance / count));
		return new Calibration(Coverage.of(samples, x), Coverage.of(draws, x), Math.sqrt(variance / exactVariance), bias, average(data.chiSquare(images)) /
			average(data.chiSquare(exact)), Math.sqrt(error / norm));
	}

	/** What is wrong, in words; empty if nothing is. */
	public List<String> faults() {
		final List<String> faults = new ArrayList<>();
		if (Math.abs(spread - 1) > SPREAD) faults.add(String.format(Locale.ROOT, "standard deviation %.0f %% too %s", 100 * Math.abs(spread - 1), spread > 1 ? "large" : "small"));
		if (Math.abs(coverage - expectedCoverage) > COVERAGE) faults.add(String.format(Locale.ROOT, "coverage %.3f instead of %.3f", coverage, expectedCoverage));
		if (bias > BIAS) faults.add(String.format(Locale.ROOT, "mean off by %.2f standard deviations", bias));
		if (Math.abs(chiSquare - 1) > CHI) faults.add(String.format(Locale.ROOT, "data residual %.3f times that of the posterior", chiSquare));
		return faults;
	}

	private static double[] moments(final float[][] samples, final int i) {
		double mean = 0, squares = 0;
		for (final float[] s : samples) mean += s[i] / (double) samples.length;
		for (final float[] s : samples) squares += (s[i] - mean) * (s[i] - mean);
		return new double[] { mean, squares / (samples.length - 1) };
	}

	private static float[][] items(final Tensor batch) {
		final int n = (int) (batch.numel() / batch.size(0));
		final float[] all = Tensors.toFloats(batch);
		final float[][] items = new float[(int) Shapes.of(batch)[0]][];
		for (int k = 0; k < items.length; k++) items[k] = java.util.Arrays.copyOfRange(all, k * n, (k + 1) * n);
		return items;
	}

	private static double average(final double[] values) {
		return java.util.Arrays.stream(values).average().orElseThrow();
	}
}
