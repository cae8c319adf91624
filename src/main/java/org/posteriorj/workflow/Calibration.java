package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
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
 * @param limits deviations that are accepted
 */
public record Calibration(double coverage, double expectedCoverage, double spread, double bias, double chiSquare, double error, Limits limits) {

	/** Half the width of the accepted intervals. */
	private static final Limits TOLERANCE = new Limits(0.0225, 0.05, 0.18, 0.03);
	/** Standard errors that chance is allowed. */
	private static final double CHANCE = 3;

	/**
	 * Largest deviations that are accepted: those that do no harm, or what chance does with so few samples and pixels, three standard errors.
	 *
	 * @param coverage of the expected one
	 * @param spread of 1
	 * @param bias of 0
	 * @param chiSquare of 1
	 */
	public record Limits(double coverage, double spread, double bias, double chiSquare) {

		private Limits orMore(final Limits other) {
			return new Limits(Math.max(coverage, other.coverage), Math.max(spread, other.spread), Math.max(bias, other.bias), Math.max(chiSquare, other.chiSquare));
		}
	}

	/**
	 * @param images samples to judge, [K, C, H, W]
	 * @param exact independent exact draws, as many
	 * @param mean exact mean, [1, C, H, W]
	 * @param truth image that the data were made of, [1, C, H, W]
	 */
	static Calibration of(final Tensor images, final Tensor exact, final Tensor mean, final Tensor truth, final DataConsistency data) {
		return of(items(images), items(exact), Tensors.toFloats(mean), Tensors.toFloats(truth), data.chiSquare(images), data.chiSquare(exact));
	}

	/** As above, from values [sample][pixel] and the residuals of samples and exact draws. */
	static Calibration of(final float[][] samples, final float[][] draws, final float[] mean, final float[] truth, final double[] residuals,
		final double[] exactResiduals)
	{
		final int count = samples.length;
		double variance = 0, exactVariance = 0, error = 0, norm = 0;
		for (int i = 0; i < mean.length; i++) {
			final double[] own = moments(samples, i), known = moments(draws, i);
			variance += own[1];
			exactVariance += known[1];
			error += (own[0] - mean[i]) * (own[0] - mean[i]);
			norm += (double) mean[i] * mean[i];
		}
		final double bias = Math.sqrt(Math.max(0, error / exactVariance - variance / exactVariance / count));
		final double expected = Coverage.of(draws, truth), chi = average(exactResiduals), pixels = pixels(draws, mean);
		final double chance = Math.sqrt((variance(residuals) + variance(exactResiduals)) / count) / chi;
		final Limits limits = TOLERANCE.orMore(new Limits(CHANCE * Math.sqrt(expected * (1 - expected) / pixels), CHANCE / Math.sqrt(pixels * count), Math.sqrt(CHANCE *
			Math.sqrt(2 / pixels) / count), CHANCE * chance));
		return new Calibration(Coverage.of(samples, truth), expected, Math.sqrt(variance / exactVariance), bias, average(residuals) / chi, Math.sqrt(error / norm),
			limits);
	}

	/** Independent pixels that exact draws are worth: twice the squared mean over the variance of their squared distance to the mean. */
	private static double pixels(final float[][] draws, final float[] mean) {
		final double[] squares = Arrays.stream(draws).mapToDouble(draw -> {
			double sum = 0;
			for (int i = 0; i < mean.length; i++) sum += ((double) draw[i] - mean[i]) * ((double) draw[i] - mean[i]);
			return sum;
		}).toArray();
		return Math.min(mean.length, 2 * average(squares) * average(squares) / variance(squares));
	}

	/** What is wrong, in words; empty if nothing is. */
	public List<String> faults() {
		final List<String> faults = new ArrayList<>();
		if (Math.abs(spread - 1) > limits.spread()) faults.add(String.format(Locale.ROOT, "spread %.0f %% too %s", 100 * Math.abs(spread - 1), spread > 1 ? "large"
			: "small"));
		if (Math.abs(coverage - expectedCoverage) > limits.coverage()) faults.add(String.format(Locale.ROOT, "coverage %.3f instead of %.3f", coverage, expectedCoverage));
		if (bias > limits.bias()) faults.add(String.format(Locale.ROOT, "mean off by %.2f standard deviations", bias));
		if (Math.abs(chiSquare - 1) > limits.chiSquare()) faults.add(String.format(Locale.ROOT, "data residual %.3f times that of the posterior", chiSquare));
		return faults;
	}

	private static double[] moments(final float[][] samples, final int i) {
		double mean = 0, squares = 0;
		for (final float[] s : samples) mean += s[i] / (double) samples.length;
		for (final float[] s : samples) squares += (s[i] - mean) * (s[i] - mean);
		return new double[] { mean, squares / (samples.length - 1) };
	}

	/** The items of a batch, [K][pixel]. */
	static float[][] items(final Tensor batch) {
		final int n = (int) (batch.numel() / batch.size(0));
		final float[] all = Tensors.toFloats(batch);
		final float[][] items = new float[(int) Shapes.of(batch)[0]][];
		for (int k = 0; k < items.length; k++) items[k] = Arrays.copyOfRange(all, k * n, (k + 1) * n);
		return items;
	}

	private static double average(final double[] values) {
		return Arrays.stream(values).average().orElseThrow();
	}

	private static double variance(final double[] values) {
		final double mean = average(values);
		return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
	}
}
