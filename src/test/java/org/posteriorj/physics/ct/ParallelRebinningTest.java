package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;

/** Fans turned into parallel beams have the line integrals that a parallel beam measures. */
class ParallelRebinningTest {

	private static final Ellipse ELLIPSE = new Ellipse(7, -12, 38, 26, 0.4);

	private static Sinogram scan(final Geometry geometry, final int detectors) {
		final double[] angles = geometry.angles();
		final float[] data = new float[angles.length * detectors];
		for (int i = 0; i < data.length; i++) {
			data[i] = (float) ELLIPSE.chord(ProjectorTest.ray(geometry, angles[i / detectors], geometry.detectorPosition(i % detectors, detectors)));
		}
		return new Sinogram("ellipse", angles.length, detectors, List.of(data), geometry, 1, List.of());
	}

	@ParameterizedTest
	@CsvSource({ "PARALLEL, 0", "FAN, 0", "FAN_CURVED, 0", "FAN, 7.3" })
	void raysAreThoseOfAParallelBeam(final Geometry.Beam beam, final double offset) {
		final boolean fan = beam != Geometry.Beam.PARALLEL;
		final Sinogram scan = scan(new Geometry(beam, Geometry.evenAngles(360, 360), fan ? 2 : 1, fan ? 300 : 0, fan ? 600 : 0, offset, 1, null), 128);
		final Sinogram parallel = ParallelRebinning.apply(scan, 100);
		final Sinogram expected = scan(parallel.geometry(), parallel.detectors());
		double difference = 0, square = 0;
		for (int i = 0; i < expected.slices().get(0).length; i++) {
			final double e = expected.slices().get(0)[i];
			difference += Math.pow(parallel.slices().get(0)[i] - e, 2);
			square += e * e;
		}
		final double error = Math.sqrt(difference / square);
		System.out.printf("%s, offset %.1f mm: relative error of rebinned line integrals %.5f%n", beam, offset, error);
		assertTrue(error < 0.01, "error " + error);
		// the detector reaches beyond the corners of the image, as the Fourier operator requires
		try (FourierParallelBeam operator = new FourierParallelBeam(parallel.geometry(), parallel.detectors(), 100, 100)) {
			assertEquals((long) 360 * parallel.detectors(), operator.measurements());
		}
	}

	@Test
	void shortScansAndCutObjectsAreRefused() {
		final Sinogram shortScan = scan(Geometry.fan(Geometry.evenAngles(220, 220), 2, 300, 600, 1), 128);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ParallelRebinning.apply(shortScan, 100)).getMessage().contains("full circle"));
		final Sinogram cut = scan(Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1), 40);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ParallelRebinning.apply(cut, 100)).getMessage().contains("does not end on it"));
	}
}
