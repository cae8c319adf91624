package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.GaussianMixturePrior.Component;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The posteriors that samplers are judged by, against closed forms. */
class ExactPosteriorTest {

	private static final double S = 0.5, SIGMA = 0.2;
	private static final double[] GAIN = { 1, 0.6, 0, 0.3 };

	/** Independent pixels: {@code W_k} proportional to {@code w_k prod_j N(y_j; s_j m_kj, s_j^2 S + sigma^2)}. */
	@Test
	void mixtureOfIndependentPixels() {
		Scopes.run(() -> {
			final float[][] m = { { 1, 0, 1, 0.5f }, { -0.5f, 0.4f, -1, 0 }, { 0.8f, 0.2f, -1, 1 } };
			final double[] w = { 0.5, 0.3, 0.2 }, y = { 0.9, 0.1, 0, 0.2 }, expected = new double[3], mean = new double[4];
			final Spectrum white = Spectrum.white(S);
			final GaussianMixturePrior prior = new GaussianMixturePrior(1, 1, 4, List.of(new Component(w[0], m[0], white), new Component(w[1], m[1], white), new Component(
				w[2], m[2], white)));
			for (int k = 0; k < 3; k++) {
				expected[k] = Math.log(w[k]);
				for (int j = 0; j < 4; j++) expected[k] -= square(y[j] - GAIN[j] * m[k][j]) / (GAIN[j] * GAIN[j] * S + SIGMA * SIGMA) / 2;
			}
			final double[] weights = GaussianMixturePrior.softmax(expected);
			for (int k = 0; k < 3; k++) for (int j = 0; j < 4; j++) mean[j] += weights[k] * (m[k][j] + GAIN[j] * S / (GAIN[j] * GAIN[j] * S + SIGMA * SIGMA) * (y[j] -
				GAIN[j] * m[k][j]));
			final DataConsistency data = new DiagonalOperator(1, GAIN).data(y, SIGMA);
			final MixturePosterior exact = new MixturePosterior(prior, data);
			assertTrue(Arrays.stream(weights).min().orElseThrow() > 0.05, Arrays.toString(weights));
			assertArrayEquals(weights, exact.weights(), 1e-5);
			assertArrayEquals(mean, Tensors.toDoubles(exact.mean()), 1e-5);
			// the component of an image is a matter of chance between overlapping ones, but in the mean over draws it has the weights
			final int count = 800;
			final Tensor draws = exact.draw(new SampleRandom(1, LongStream.range(0, count).toArray(), 0));
			final double[] shares = new double[3];
			for (final double[] share : prior.shares(draws, 0)) for (int k = 0; k < 3; k++) shares[k] += share[k] / count;
			assertArrayEquals(weights, shares, 0.05);
			assertArrayEquals(mean, Tensors.toDoubles(draws.mean(0)), 0.09);
		});
	}

	@Test
	void componentsOfDifferentSpectraHaveNoClosedForm() {
		final GaussianMixturePrior prior = new GaussianMixturePrior(1, 1, 1, List.of(new Component(1, new float[1], Spectrum.white(1)), new Component(1, new float[1],
			Spectrum.white(2))));
		Scopes.run(() -> {
			final DataConsistency data = new DiagonalOperator(1, 1).data(new double[] { 1 }, 1);
			assertThrows(IllegalArgumentException.class, () -> new MixturePosterior(prior, data));
		});
	}

	/** The derivative of the mixture's denoiser by finite differences, complex images. */
	@Test
	void jacobianOfAMixture() {
		Scopes.run(() -> {
			final SampleRandom random = SampleRandom.single(3, 0);
			final float[] a = Tensors.toFloats(random.normal(2, 3, 4)), b = Tensors.toFloats(random.normal(2, 3, 4));
			final GaussianMixturePrior prior = new GaussianMixturePrior(2, 3, 4, List.of(new Component(0.4, a, Spectrum.powerLaw(1, 0.2, 2)), new Component(0.6, b, Spectrum
				.white(0.3))));
			final Tensor x = random.normal(2, 3, 4), c = random.normal(2, 3, 4), direction = random.normal(2, 3, 4);
			final double step = 1e-2, sigma = 1.5;
			final Tensor[] pair = prior.denoiseWithGradient(x, sigma, denoised -> c);
			assertArrayEquals(Tensors.toFloats(prior.denoise(x, sigma)), Tensors.toFloats(pair[0]), 1e-6f);
			final Tensor difference = prior.denoise(Tensors.add(x, step, direction), sigma).sub(prior.denoise(Tensors.add(x, -step, direction), sigma));
			final double expected = Tensors.dot(c, difference)[0] / (2 * step);
			assertEquals(expected, Tensors.dot(pair[1], direction)[0], 2e-3 * Math.abs(expected));
			final double[][] shares = prior.shares(x, sigma);
			assertTrue(shares[0][0] > 0.02 && shares[0][0] < 0.98, "both components matter: " + shares[0][0]);
		});
	}

	/** Rays of different noise: {@code Var = 1 / (1 / S + w s^2 / sigma^2)}, the mean likewise. */
	@Test
	void weightedDataOfAField() {
		Scopes.run(() -> {
			final DiagonalOperator operator = new DiagonalOperator(1, 1);
			final double w = 0.25, y = 0.7, precision = 1 / S + w / (SIGMA * SIGMA);
			final DataConsistency data = new DataConsistency(operator, Tensors.of(new float[] { (float) y }, 1, 1, 1), SIGMA, Tensors.of(new float[] { (float) w }, 1, 1, 1));
			final GaussianPosterior exact = new GaussianPosterior(new GaussianFieldPrior("pixel", 1, Spectrum.white(S)), data);
			assertEquals(w * y / (SIGMA * SIGMA) / precision, exact.mean().item_double(), 1e-6);
			assertEquals(y * y / (S + SIGMA * SIGMA / w), exact.misfit(), 1e-6);
			final int count = 1500;
			final double[] x = Tensors.toDoubles(exact.draw(new SampleRandom(1, LongStream.range(0, count).toArray(), 0)));
			final double mean = Arrays.stream(x).average().orElseThrow();
			assertEquals(exact.mean().item_double(), mean, 5 / Math.sqrt(precision * count));
			assertEquals(1, Arrays.stream(x).map(v -> square(v - mean)).sum() / (count - 1) * precision, 5 * Math.sqrt(2.0 / count));
		});
	}

	private static double square(final double value) {
		return value * value;
	}
}
