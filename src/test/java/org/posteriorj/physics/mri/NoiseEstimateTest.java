package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.KSpace;

class NoiseEstimateTest {

	@ParameterizedTest
	@CsvSource({ "8,0.01,false", "8,0.01,true", "16,0.03,true", "4,0.005,false", "1,0.02,false" })
	void fromAFourfoldUndersampledScanWithinFifteenPercent(final int coils, final double sigma, final boolean correlated) {
		final boolean[] mask = new SamplingMask(128, 112, 4, 24).equispaced();
		final NoiseEstimate estimate = NoiseEstimate.of(SimulatedScans.scan(coils, 128, 112, mask, sigma, correlated && coils > 1));
		assertEquals(1, NoiseEstimate.sigma(estimate.covariance()) / sigma, 0.15);
	}

	@Test
	void correlationsOfCoilsAreSeen() {
		final double sigma = 0.03;
		final NoiseEstimate estimate = NoiseEstimate.of(SimulatedScans.scan(8, 128, 128, new SamplingMask(128, 128, 2, 24).equispaced(), sigma, true));
		final double[] psi = estimate.covariance().values();
		assertEquals(0.4, psi[2 * 1] / psi[0], 0.1, "correlation of neighbours");
		assertEquals(0, psi[2 * 3] / psi[0], 0.1, "correlation of others");
	}

	/** What coils share at the ends of central lines is signal: whitened as if it were noise, few virtual coils would lose the image. */
	@Test
	void theEndsOfCentralLinesTellNoCorrelations() {
		final boolean[] centre = new SamplingMask(128, 112, 1, 0).full();
		for (int i = 0; i < centre.length; i++) centre[i] = Math.abs(i / 112 - 64) < 6;
		final NoiseEstimate estimate = NoiseEstimate.of(SimulatedScans.scan(8, 128, 112, centre, 0.01, false));
		assertTrue(estimate.rough());
		final double[] psi = estimate.covariance().values();
		for (int a = 0; a < 8; a++) for (int b = 0; b < 8; b++) {
			if (a != b) assertEquals(0, Math.hypot(psi[2 * (a * 8 + b)], psi[2 * (a * 8 + b) + 1]), a + ", " + b);
			else assertTrue(psi[2 * (a * 8 + a)] > 0);
		}
		assertTrue(NoiseEstimate.sigma(estimate.covariance()) > 0.01, "an upper limit");
	}

	@Test
	void noiselessDataAreNamed() {
		final KSpace scan = SimulatedScans.scan(8, 128, 112, new SamplingMask(128, 112, 4, 24).equispaced(), 0, false);
		final NoiseEstimate estimate = NoiseEstimate.of(scan);
		assertTrue(estimate.noiseless() || estimate.rough());
	}

	@Test
	void whiteningMakesNoiseWhiteAndCompressionKeepsTheImage() {
		final KSpace scan = SimulatedScans.scan(12, 96, 80, new SamplingMask(96, 80, 1, 0).full(), 0.02, true);
		org.posteriorj.tensor.Scopes.run(() -> {
			final NoiseEstimate noise = NoiseEstimate.of(scan);
			final org.bytedeco.pytorch.Tensor raw = org.posteriorj.tensor.Tensors.of(scan.slices().get(0), 12, 96, 80, 2);
			try (PrewhitenedCoils all = PrewhitenedCoils.of(raw.reshape(12, -1, 2), noise.covariance(), 0);
				PrewhitenedCoils few = PrewhitenedCoils.of(raw.reshape(12, -1, 2), noise.covariance(), 8))
			{
				final double full = org.posteriorj.tensor.Tensors.squaredNorm(all.apply(raw).unsqueeze(0))[0];
				final double kept = org.posteriorj.tensor.Tensors.squaredNorm(few.apply(raw).unsqueeze(0))[0];
				final double noisePart = 4.0 * 96 * 80;
				assertTrue(kept < full && kept > full - 1.3 * noisePart, kept + " of " + full + ", noise of four coils " + noisePart);
				final KSpace white = new KSpace("white", 12, 96, 80, java.util.List.of(org.posteriorj.tensor.Tensors.toFloats(all.apply(raw))), scan.sampled(), scan
					.voxel(), null, java.util.List.of());
				assertEquals(PrewhitenedCoils.SIGMA, NoiseEstimate.sigma(NoiseEstimate.of(white).covariance()), 0.1 * PrewhitenedCoils.SIGMA);
			}
		});
	}
}
