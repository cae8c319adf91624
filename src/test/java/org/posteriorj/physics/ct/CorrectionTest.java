package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Geometry.Beam;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class CorrectionTest {

	private static float[] sinogram(final Geometry geometry, final int detectors, final Ellipse... ellipses) {
		final double[] angles = geometry.angles();
		final float[] data = new float[angles.length * detectors];
		for (int v = 0; v < angles.length; v++) for (int j = 0; j < detectors; j++) for (final Ellipse ellipse : ellipses) {
			data[v * detectors + j] += (float) (0.02 * ellipse.chord(ProjectorTest.ray(geometry, angles[v], geometry.detectorPosition(j, detectors))));
		}
		return data;
	}

	private static void addNoise(final float[] data, final double sigma) {
		final RandomGenerator random = SampleRandom.generator(2, 2);
		for (int i = 0; i < data.length; i++) data[i] += (float) (sigma * random.nextGaussian());
	}

	@ParameterizedTest
	@CsvSource({ "PARALLEL,180,101.3", "PARALLEL,360,90.7", "FAN,360,104.25", "FAN_CURVED,360,93" })
	void findsTheCentreOfNoisyScans(final Beam beam, final double range, final double centre) {
		final Geometry scan = new Geometry(beam, Geometry.evenAngles((int) range, range), 1, beam == Beam.PARALLEL ? 0 : 300,
			beam == Beam.PARALLEL ? 0 : 450, 0, 1, null);
		final int detectors = 200;
		final float[] data = sinogram(scan.withCentreOfRotation(centre, detectors), detectors, new Ellipse(6, -9, 34, 22, 0.5),
			new Ellipse(-25, 20, 6, 9, 1));
		addNoise(data, 0.01);
		assertEquals(centre, CentreOfRotation.find(scan, data), 0.1);
	}

	@Test
	void saysWhyThereIsNoCentreToFind() {
		final Geometry limited = Geometry.parallel(Geometry.evenAngles(90, 90), 1, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> CentreOfRotation.find(limited, new float[90 * 32])).getMessage().contains(
			"half a turn"));
	}

	@Test
	void realToothTurnsAboutPixel296() throws IOException {
		final float[] sinogram = Arrays.copyOf(NumPy.read("sinograms/tooth-parallel/sino.npy"), 181 * 640);
		final float[] theta = NumPy.read("sinograms/tooth-parallel/theta.npy");
		final double[] angles = new double[181];
		for (int i = 0; i < 181; i++) angles[i] = theta[i];
		final Geometry geometry = Geometry.parallel(angles, 1, 1);
		final double centre = CentreOfRotation.find(geometry, sinogram);
		System.out.println("tooth: centre " + centre);
		final Geometry centred = geometry.withCentreOfRotation(centre, 640);
		Pictures.write("tooth", new FilteredBackprojection(centred, 640, 512, 512, FilterWindow.SHEPP_LOGAN).reconstruct(sinogram), 512, 512);
		final float[] clean = SinogramCorrection.withoutRings(SinogramCorrection.withoutOutliers(sinogram, 640, 8), 640, 21);
		Pictures.write("tooth-no-rings", new FilteredBackprojection(centred, 640, 512, 512, FilterWindow.SHEPP_LOGAN).reconstruct(clean), 512, 512);
		assertEquals(296, centre, 0.5);
	}

	@Test
	void realCountsBecomeTheSuppliedLineIntegrals() throws IOException {
		final int rows = 2, n = 640, row = 1;
		final float[] counts = NumPy.read("sinograms/tooth-parallel/data.npy"), want = NumPy.read("sinograms/tooth-parallel/sino.npy");
		final Transmission got = Transmission.of(slice(counts, row, rows, n), slice(NumPy.read("sinograms/tooth-parallel/white.npy"), row, rows, n),
			slice(NumPy.read("sinograms/tooth-parallel/dark.npy"), row, rows, n), n);
		assertEquals(1, Statistics.correlation(got.lineIntegrals(), Arrays.copyOfRange(want, row * 181 * n, (row + 1) * 181 * n)), 1e-6);
		assertEquals(0, got.warnings().size(), got.warnings().toString());
	}

	/** One detector row of [view][row][column]. */
	private static float[] slice(final float[] all, final int row, final int rows, final int n) {
		final float[] slice = new float[all.length / rows];
		for (int v = 0; v < slice.length / n; v++) System.arraycopy(all, (v * rows + row) * n, slice, v * n, n);
		return slice;
	}

	@Test
	void faultyCountsAreMarkedFilledAndCounted() {
		final float[] counts = new float[4 * 100], flat = new float[100], dark = new float[100];
		Arrays.fill(counts, 100 + 500);
		Arrays.fill(flat, 100 + 1000);
		Arrays.fill(dark, 100);
		counts[7] = 90;
		counts[8] = -5;
		for (int i = 200; i < 205; i++) counts[i] = 4095;
		final Transmission got = Transmission.of(counts, flat, dark, 100);
		assertEquals(Math.log(2), got.lineIntegrals()[50], 1e-6);
		assertEquals(Math.log(2), got.lineIntegrals()[7], 1e-6);
		assertFalse(got.valid()[7] || got.valid()[8]);
		assertTrue(got.warnings().toString().contains("2 of 400 counts"), got.warnings().toString());
		assertTrue(got.warnings().toString().contains("5 of 400 counts equal the largest value, 4095"), got.warnings().toString());
		assertThrows(IllegalArgumentException.class, () -> Transmission.of(dark, flat, counts, 100));
	}

	@ParameterizedTest
	@CsvSource({ "1e4,0,0.5", "1e4,20,3", "1e5,10,1", "12,0,0.1", "40,0,0" })
	void simulatedNoiseHasTheStatedVariance(final double photons, final double electronic, final float integral) {
		final int n = 200_000;
		final float[] clean = new float[n];
		Arrays.fill(clean, integral);
		final PhotonNoise noise = new PhotonNoise(photons, electronic);
		final float[] noisy = noise.simulate(clean, 3, 0);
		final double expected = photons * Math.exp(-integral);
		// the log of few photons is biased and wider; to second order by these
		final double skew = 1 / expected;
		assertEquals(integral + noise.variance(integral) / 2, Statistics.mean(noisy), 5 * Math.sqrt(noise.variance(integral) / n) + skew * skew);
		assertEquals(1, Statistics.covariance(noisy, noisy) / noise.variance(integral), 0.02 + 3 * skew);
		assertEquals(1, noise.weights(clean, null)[0], 1e-6);
		assertEquals(Math.sqrt(noise.variance(integral)), noise.sigma(clean), 1e-9);
	}

	@ParameterizedTest
	@CsvSource({ "0.3", "9.9", "10", "50", "12345" })
	void countsArePoisson(final double mean) {
		final RandomGenerator random = SampleRandom.generator(11, 1);
		final int n = 200_000;
		double sum = 0, square = 0, third = 0;
		for (int i = 0; i < n; i++) {
			final double k = Poisson.draw(mean, random) - mean;
			sum += k;
			square += k * k;
			third += k * k * k;
		}
		// mean, variance and third central moment of a Poisson law all equal its mean
		assertEquals(0, sum / n, 5 * Math.sqrt(mean / n));
		assertEquals(1, square / n / mean, 5 * Math.sqrt((2 + 1 / mean) / n));
		assertEquals(1, third / n / mean, 5 * Math.sqrt((15 * mean + 25 + 1 / mean) / n));
		assertEquals(Math.log(120), Poisson.logFactorial(5), 1e-12);
	}

	@Test
	void stripesAndOutliersAreRemovedAndTheRestIsLeft() {
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1);
		final int detectors = 128;
		final float[] clean = sinogram(geometry, detectors, new Ellipse(3, -2, 34, 30, 0.5)), striped = clean.clone();
		addNoise(striped, 0.003);
		final float[] noisy = striped.clone();
		for (int v = 0; v < 180; v++) {
			striped[v * detectors + 60] += 0.1f;
			striped[v * detectors + 71] -= 0.08f;
		}
		final float[] corrected = SinogramCorrection.withoutRings(striped, detectors, 11);
		for (final int j : new int[] { 10, 45, 58, 59, 60, 61, 62, 70, 71, 72, 80, 115 }) {
			double stripe = 0;
			for (int v = 0; v < 180; v++) stripe += (corrected[v * detectors + j] - noisy[v * detectors + j]) / 180;
			// less than a fifth of either stripe is left
			assertEquals(0, stripe, 0.016, "detector " + j);
		}
		final float[] spotted = noisy.clone();
		for (int i = 100; i < spotted.length; i += 997) spotted[i] += 2;
		final float[] despotted = SinogramCorrection.withoutOutliers(spotted, detectors, 8);
		for (int i = 100; i < spotted.length; i += 997) assertEquals(clean[i], despotted[i], 0.3);
		assertTrue(distance(despotted, noisy) < 0.05 * distance(spotted, noisy), distance(despotted, noisy) + " of " + distance(spotted, noisy));
	}

	private static double distance(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
		return Math.sqrt(sum / a.length);
	}

	/** The true image explains simulated low-dose data with a chi-square of one per datum. */
	@ParameterizedTest
	@CsvSource({ "1e4,0", "1e5,0", "1e4,15" })
	void weightsOfLowDoseDataAreThoseOfTheirNoise(final double photons, final double electronic) {
		final int n = 96, detectors = 137;
		final CtOperator operator = CtOperator.of(Geometry.parallel(Geometry.evenAngles(120, 180), 1, 1), detectors, n, n);
		Scopes.run(() -> {
			final float[] image = new Ellipse(3, -2, 40, 30, 0.4).image(n, n, 1);
			for (int i = 0; i < image.length; i++) image[i] *= 0.03f;
			final Tensor x = Tensors.of(image, 1, 1, n, n);
			final PhotonNoise noise = new PhotonNoise(photons, electronic);
			final float[] measured = noise.simulate(Tensors.toFloats(operator.forward(x)), 5, 0);
			final DataConsistency data = new DataConsistency(operator, Tensors.of(measured, 1, 120, detectors), noise.sigma(measured), Tensors.of(
				noise.weights(measured, null), 1, 120, detectors));
			assertEquals(1, data.chiSquare(x)[0], 0.03);
		});
	}
}
