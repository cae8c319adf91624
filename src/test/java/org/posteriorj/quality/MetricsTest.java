package org.posteriorj.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.AntitheticPairs;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Expected numbers: scikit-image 0.19.3 and scipy in double precision on the same formula image. */
class MetricsTest {

	private static final int W = 31, H = 24;

	private static Volume image(final boolean disturbed) {
		final float[] values = new float[W * H];
		for (int y = 0; y < H; y++) {
			for (int x = 0; x < W; x++) {
				final double ref = (x * 7 + y * 13) % 17 + 5.0 * ((x / 5 + y / 4) % 3);
				values[y * W + x] = (float) (disturbed ? Math.abs(ref + 0.5 * ((x * 5 + y * 3) % 11 - 5)) : ref);
			}
		}
		return new Volume("image", W, H, 1, List.of(values), VoxelSize.UNKNOWN, "");
	}

	@Test
	void metricsEqualScikitImage() {
		final Volume ref = image(false), im = image(true);
		assertEquals(0.968283704367036, Ssim.whole(im, ref), 1e-12);
		assertEquals(24.363479082965828, Psnr.whole(im, ref), 1e-10);
		assertEquals(0.1089386481098764, Nrmse.whole(im, ref), 1e-12);
		assertEquals(1, Ssim.whole(ref, ref), 1e-15);
		assertEquals(Double.POSITIVE_INFINITY, Psnr.slices(ref, ref)[0]);
	}

	@Test
	void wrongSizesAndEmptyReferencesAreRefused() {
		final Volume zero = new Volume("zero", 8, 8, 1, List.of(new float[64]), VoxelSize.UNKNOWN, "");
		assertThrows(IllegalArgumentException.class, () -> Psnr.whole(image(false), zero));
		assertThrows(IllegalArgumentException.class, () -> Nrmse.whole(zero, zero));
	}

	@Test
	void perfectSamplerHasTheCoverageAndSpreadOfTheFormula() {
		assertEquals(0.8723, Coverage.expected(64), 1e-4);
		final SplittableRandom random = new SplittableRandom(3);
		final int samples = 64, n = 40_000;
		final float[][] draws = new float[samples][n];
		final float[] truth = new float[n];
		for (int i = 0; i < n; i++) {
			for (final float[] draw : draws) draw[i] = (float) random.nextGaussian();
			truth[i] = (float) random.nextGaussian();
		}
		// standard error 0.0017
		assertEquals(Coverage.expected(samples), Coverage.of(draws, truth), 0.005);
		assertEquals(1, Spread.ratio(draws, truth), 0.015);
		for (final float[] draw : draws) for (int i = 0; i < n; i++) draw[i] *= 0.7f;
		assertEquals(0.7, Spread.ratio(draws, truth), 0.02);
	}

	@Test
	void mirroredSamplesHaveTheCoverageOfHalfAsManyAndTheSpreadOfAPerfectSampler() {
		final SplittableRandom random = new SplittableRandom(4);
		final int n = 40_000;
		final float[][] draws = new float[8][n];
		final float[] truth = new float[n];
		for (int i = 0; i < n; i++) {
			for (int k = 0; k < 8; k++) {
				draws[k][i] = (float) (AntitheticPairs.mirrored(k) ? -0.9 * draws[AntitheticPairs.partner(k)][i] + Math.sqrt(0.19) * random.nextGaussian() : random.nextGaussian());
			}
			truth[i] = (float) random.nextGaussian();
		}
		final float[][] independent = { draws[0], draws[1], draws[4], draws[5] };
		// standard error of each 0.0025
		assertEquals(Coverage.of(independent, truth), Coverage.ofPairs(draws, truth), 0.01);
		assertEquals(1, Spread.ofPairs(draws, truth), 0.015);
		for (final float[] draw : draws) for (int i = 0; i < n; i++) draw[i] *= 0.7f;
		assertEquals(0.7, Spread.ofPairs(draws, truth), 0.02);
	}

	@Test
	void residualIntervalIsThatOfChiSquare() {
		final ResidualStatistic statistic = ResidualStatistic.of(4000, 1000, 2);
		assertEquals(1, statistic.value(), 1e-15);
		assertEquals(0.91425715, statistic.low(), 1e-4);
		assertEquals(1.08953091, statistic.high(), 1e-4);
	}
}
