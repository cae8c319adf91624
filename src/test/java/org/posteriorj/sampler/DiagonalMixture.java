package org.posteriorj.sampler;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.tensor.Tensors;

/**
 * Every row of an image is a vector of its own from {@code sum_k w_k N(m_k, diag(v_k))}: as many independent problems as rows in one image,
 * and a posterior of the same kind under {@link DiagonalOperator}.
 */
final class DiagonalMixture implements DiffusionPrior {

	private final double[] weights;
	private final double[][] means;
	private final double[][] variances;
	private final double sigmaData;

	/** All [component][coordinate]; the weights add up to 1. */
	DiagonalMixture(final double[] weights, final double[][] means, final double[][] variances) {
		this.weights = weights;
		this.means = means;
		this.variances = variances;
		double square = 0;
		for (int k = 0; k < weights.length; k++) for (int j = 0; j < means[k].length; j++) {
			square += weights[k] * (variances[k][j] + means[k][j] * means[k][j]) / means[k].length;
		}
		sigmaData = Math.sqrt(square);
	}

	/** One Gaussian of zero mean. */
	static DiagonalMixture gaussian(final double[] variances) {
		return new DiagonalMixture(new double[] { 1 }, new double[][] { new double[variances.length] }, new double[][] { variances });
	}

	/** Of the vector measured as {@code y = s x + sigma n}. */
	DiagonalMixture posterior(final double[] s, final double[] y, final double sigma) {
		final int count = weights.length;
		final double[] logs = new double[count];
		final double[][] mean = new double[count][], variance = new double[count][];
		for (int k = 0; k < count; k++) {
			mean[k] = means[k].clone();
			variance[k] = variances[k].clone();
			logs[k] = Math.log(weights[k]);
			for (int j = 0; j < s.length; j++) {
				final double evidence = s[j] * s[j] * variances[k][j] + sigma * sigma, gain = variances[k][j] * s[j] / evidence, r = y[j] - s[j] * means[k][j];
				mean[k][j] += gain * r;
				variance[k][j] *= 1 - gain * s[j];
				if (s[j] != 0) logs[k] -= (r * r / evidence + Math.log(evidence)) / 2;
			}
		}
		return new DiagonalMixture(GaussianMixturePrior.softmax(logs), mean, variance);
	}

	double[] weights() {
		return weights;
	}

	/** Mean of coordinate j. */
	double mean(final int j) {
		double mean = 0;
		for (int k = 0; k < weights.length; k++) mean += weights[k] * means[k][j];
		return mean;
	}

	/** Variance of coordinate j. */
	double variance(final int j) {
		double square = 0;
		for (int k = 0; k < weights.length; k++) square += weights[k] * (variances[k][j] + means[k][j] * means[k][j]);
		return square - mean(j) * mean(j);
	}

	double[] draw(final RandomGenerator random) {
		final int k = component(random.nextDouble());
		final double[] x = new double[means[k].length];
		for (int j = 0; j < x.length; j++) x[j] = means[k][j] + Math.sqrt(variances[k][j]) * random.nextGaussian();
		return x;
	}

	private int component(final double u) {
		int k = 0;
		for (double sum = weights[0]; sum < u && k < weights.length - 1; sum += weights[++k]);
		return k;
	}

	/** The probability of each component given x with noise of standard deviation sigma on it. */
	double[] shares(final double[] x, final double sigma) {
		final double[] logs = new double[weights.length];
		for (int k = 0; k < logs.length; k++) {
			logs[k] = Math.log(weights[k]);
			for (int j = 0; j < x.length; j++) {
				final double v = variances[k][j] + sigma * sigma, r = x[j] - means[k][j];
				logs[k] -= (r * r / v + Math.log(v)) / 2;
			}
		}
		return GaussianMixturePrior.softmax(logs);
	}

	/** {@code D(x; sigma)} of one vector. */
	double[] denoise(final double[] x, final double sigma) {
		final double[] shares = shares(x, sigma), denoised = new double[x.length];
		for (int k = 0; k < shares.length; k++) for (int j = 0; j < x.length; j++) {
			final double v = variances[k][j];
			denoised[j] += shares[k] * (means[k][j] + v / (v + sigma * sigma) * (x[j] - means[k][j]));
		}
		return denoised;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		final float[] values = Tensors.toFloats(noisy);
		final int d = means[0].length;
		for (int i = 0; i < values.length; i += d) {
			final double[] x = new double[d];
			for (int j = 0; j < d; j++) x[j] = values[i + j];
			final double[] denoised = denoise(x, sigma);
			for (int j = 0; j < d; j++) values[i + j] = (float) denoised[j];
		}
		return Tensors.of(values, noisy.size(0), noisy.size(1), noisy.size(2), noisy.size(3));
	}

	/** Largest distance between the distribution function of coordinate 0 and that of weighted values; the weights add up to 1. */
	double kolmogorovSmirnov(final double[] values, final double[] weightOf) {
		final Integer[] order = IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> values[i])).toArray(Integer[]::new);
		double largest = 0, sum = 0;
		for (final int i : order) {
			double below = 0;
			for (int k = 0; k < weights.length; k++) below += weights[k] * normal((values[i] - means[k][0]) / Math.sqrt(variances[k][0]));
			largest = Math.max(largest, Math.max(Math.abs(below - sum), Math.abs(below - sum - weightOf[i])));
			sum += weightOf[i];
		}
		return largest;
	}

	/** Distribution function of the standard normal law, by its series; exact to 1e-12. */
	private static double normal(final double z) {
		if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
		double term = z, sum = z;
		for (int n = 1; n < 200; n++) {
			term *= z * z / (2 * n + 1);
			sum += term;
		}
		return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
	}

	@Override
	public String name() {
		return "diagonal-mixture";
	}

	@Override
	public int channels() {
		return 1;
	}

	@Override
	public double sigmaMin() {
		return 1e-4 * sigmaData;
	}

	@Override
	public double sigmaMax() {
		return 1e3 * sigmaData;
	}

	@Override
	public double sigmaData() {
		return sigmaData;
	}
}
