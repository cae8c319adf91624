package org.posteriorj.prior.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.Gradients;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The gradient that is written down against the one that libtorch finds. */
class ConsistencyLossTest {

	private static final double SIGMA_DATA = 0.5, NOISE = 0.2;

	/** A = a row-dependent factor, so that {@code A^H A} is no multiple of the identity. */
	private record Diagonal(Tensor squares, Tensor backprojection, double noise, double open) implements Measurement {

		@Override
		public float[] condition() {
			throw new UnsupportedOperationException("no network is asked here");
		}

		@Override
		public Tensor normal(final Tensor image) {
			return image.mul(squares);
		}
	}

	@Test
	void valueAndGradientAreThoseOfTheConsistentImage() {
		LibTorch.start();
		Scopes.run(() -> {
			final SampleRandom random = SampleRandom.single(1, 0);
			final Tensor denoised = Tensors.concatenate(java.util.List.of(random.normal(2, 4, 4), random.normal(2, 4, 4)));
			final Tensor clean = Tensors.concatenate(java.util.List.of(random.normal(2, 4, 4), random.normal(2, 4, 4)));
			final Tensor squares = random.normal(2, 4, 4).square(), back = random.normal(2, 4, 4), weight = Tensors.of(new float[] { 2, 3 }, 2, 1, 1, 1);
			final float[] sigma = { 0.7f, 0.1f };
			final ConsistencyLoss loss = new ConsistencyLoss(SIGMA_DATA);
			final Measurement scan = new Diagonal(squares, back, NOISE, 0.6);
			final double e2 = 0.6 * 0.25, r2 = 0.7f * 0.7f * e2 / (0.7f * 0.7f + e2), eta = r2 / (r2 + NOISE * NOISE);
			// the second item has no condition, so that it is compared as it is
			final Tensor gain = Tensors.concatenate(java.util.List.of(Tensors.add(Tensors.scale(squares, 0).add(new Scalar(1)), -eta, squares), Tensors.scale(squares, 0)
				.add(new Scalar(1)))), shift = Tensors.concatenate(java.util.List.of(Tensors.scale(back, eta), Tensors.scale(back, 0)));

			final Tensor error = denoised.mul(gain).add(shift).sub(clean).mul(weight);
			final double value = Tensors.toDoubles(error.square().mean().reshape(1))[0];
			final double[] gradient = Tensors.toDoubles(Tensors.scale(error.mul(weight).mul(gain), 2.0 / denoised.numel()));

			assertEquals(value, Tensors.toDoubles(loss.of(denoised, clean, weight, sigma, Arrays.asList(scan, null)).reshape(1))[0], 1e-5 * value);
			final double[] found = Tensors.toDoubles(Gradients.vectorJacobian(d -> loss.of(d, clean, weight, sigma, Arrays.asList(scan, null)).reshape(1), denoised,
				one -> one.mul(new Scalar(0)).add(new Scalar(1)))[1]);
			for (int i = 0; i < gradient.length; i++) assertEquals(gradient[i], found[i], 1e-5, "element " + i);
		});
	}
}
