package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;

class NoiseScanTest {

	private static final int COILS = 4, LINES = 64, SAMPLES = 256;

	/** Coil c hears half of the noise of coil c - 1, turned by 90 degrees, and all have gains of their own. */
	private static float[] line(final Random random, final double sigma) {
		final float[] line = new float[2 * COILS * SAMPLES];
		for (int i = 0; i < SAMPLES; i++) {
			double re = 0, im = 0;
			for (int c = 0; c < COILS; c++) {
				final double own = sigma * (1 + 0.2 * c), a = own * random.nextGaussian(), b = own * random.nextGaussian(), before = re;
				re = a - 0.5 * im;
				im = b + 0.5 * before;
				line[2 * (c * SAMPLES + i)] = (float) re;
				line[2 * (c * SAMPLES + i) + 1] = (float) im;
			}
		}
		return line;
	}

	@Test
	void covarianceOfCorrelatedCoilsIsWithinFivePercent() throws IOException {
		final double sigma = 3e-6, factor = 0.8;
		final NoiseScan scan = new NoiseScan(COILS);
		final Random random = new Random(1);
		for (int i = 0; i < LINES; i++) scan.add(line(random, sigma));
		final double[] found = scan.covariance(factor, Path.of("scan.h5")).values();
		// Psi_cc = 2 g_c^2 + Psi_(c-1)(c-1) / 4, and Psi_ab = (i / 2)^(a - b) Psi_bb for a > b
		final double[] power = new double[COILS];
		double error = 0, norm = 0;
		for (int c = 0; c < COILS; c++) {
			final double gain = sigma * (1 + 0.2 * c);
			power[c] = 2 * gain * gain + (c == 0 ? 0 : power[c - 1] / 4);
			assertEquals(1, found[2 * (c * COILS + c)] / (factor * power[c]), 0.05, "variance of coil " + c);
		}
		for (int a = 0; a < COILS; a++) for (int b = 0; b < COILS; b++) {
			final int apart = Math.abs(a - b), quarter = Math.floorMod(a - b, 4);
			final double size = factor * power[Math.min(a, b)] * Math.pow(0.5, apart);
			final double re = size * (quarter == 0 ? 1 : quarter == 2 ? -1 : 0), im = size * (quarter == 1 ? 1 : quarter == 3 ? -1 : 0);
			error += Math.pow(found[2 * (a * COILS + b)] - re, 2) + Math.pow(found[2 * (a * COILS + b) + 1] - im, 2);
			norm += re * re + im * im;
		}
		assertTrue(Math.sqrt(error / norm) < 0.05, "relative error " + Math.sqrt(error / norm));
	}

	@Test
	void tooFewSamplesAreRefused() {
		final NoiseScan scan = new NoiseScan(COILS);
		scan.add(new float[2 * COILS * (COILS - 1)]);
		assertTrue(assertThrows(IOException.class, () -> scan.covariance(1, Path.of("scan.h5"))).getMessage().contains("at least 4 samples of 4 coils, got 3"));
	}
}
