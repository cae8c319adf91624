package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class MapErrorTest {

	private static final int SIZE = 64;

	private static double of(final int lines) {
		return MapError.of(new SamplingMask(SIZE, SIZE, 4, lines).equispaced(), SIZE, SIZE);
	}

	@Test
	void fewerLinesMeanLargerErrors() {
		assertEquals(0.02, of(10), 1e-9);
		assertTrue(of(10) > of(11) && of(11) > 0, of(10) + " " + of(11));
		assertEquals(0, of(12));
	}

	/** Maps wrong by delta leave a residual far above the noise at the centre of k-space; weighed, it is 1 at the centre and at the rim. */
	@Test
	void weightsMakeTheResidualOfWrongMapsWhite() {
		final double delta = 0.05, sigma = 0.002;
		final int coils = 8;
		final boolean[] mask = new SamplingMask(SIZE, SIZE, 2, 16).equispaced();
		Scopes.run(() -> {
			final Tensor image = Complex.fromChannels(Tensors.of(SimulatedScans.object(SIZE, SIZE), 1, 2, SIZE, SIZE)).squeeze(0);
			final Tensor maps = Complex.fromPairs(Tensors.of(CoilSimulation.maps(coils, SIZE, SIZE, 1), coils, SIZE, SIZE, 2));
			final Tensor error = smooth(SampleRandom.single(1, 0).normal(coils, SIZE, SIZE, 2).squeeze(0));
			final Tensor wrong = maps.mul(image);
			final Tensor scaled = error.mul(wrong.abs().square().sum().div(error.mul(image).abs().square().sum()).sqrt()).mul(new org.bytedeco.pytorch.Scalar(
				(float) delta));
			final Tensor measured = Tensors.of(KSpace.ones(mask), SIZE, SIZE);
			final Tensor clean = Complex.toPairs(Fourier.forward(maps.add(scaled).mul(image))), noise = SampleRandom.single(2, 0).normal(coils, SIZE, SIZE, 2).squeeze(0);
			final Tensor data = Tensors.add(clean, sigma, noise).mul(measured.reshape(1, SIZE, SIZE, 1));
			final Tensor weights = MapError.weights(data, measured, true, delta, sigma);
			try (SenseOperator operator = new SenseOperator(maps, measured)) {
				final Tensor truth = Complex.toChannels(image.unsqueeze(0));
				final double plain = new DataConsistency(operator, data.unsqueeze(0), sigma).chiSquare(truth)[0];
				final double weighed = new DataConsistency(operator, data.unsqueeze(0), sigma, weights).chiSquare(truth)[0];
				assertTrue(plain > 4, "chi-square of the true image without weights " + plain);
				assertEquals(1, weighed, 0.25, "chi-square of the true image with weights, without " + plain);
			}
			final Tensor none = MapError.weights(data, measured, true, 0, sigma);
			assertEquals(1, torch.min(none).item_double());
		});
	}

	/** Maps vary slowly: only the centre of k-space of an error is kept. */
	private static Tensor smooth(final Tensor pairs) {
		final float[] low = new float[SIZE * SIZE];
		for (int r = -3; r <= 3; r++) for (int c = -3; c <= 3; c++) low[(SIZE / 2 + r) * SIZE + SIZE / 2 + c] = 1;
		return Fourier.inverse(Complex.fromPairs(pairs).mul(Tensors.of(low, SIZE, SIZE)));
	}
}
