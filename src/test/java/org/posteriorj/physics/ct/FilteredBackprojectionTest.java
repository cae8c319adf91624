package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Geometry.Beam;

class FilteredBackprojectionTest {

	private static final int SIZE = 128;
	private static final int DETECTORS = 257;

	/** Short scan: half a turn plus the fan of 2 x 9.7 degrees, and some; super-short: less than that. */
	private static Stream<Arguments> scans() {
		return Stream.of(
			Arguments.of("parallel 180", new Geometry(Beam.PARALLEL, Geometry.evenAngles(360, 180), 0.8, 0, 0, 0, 1, null)),
			Arguments.of("parallel 360, shifted", new Geometry(Beam.PARALLEL, Geometry.evenAngles(720, 360), 0.8, 0, 0, 4.4, 1, null)),
			Arguments.of("fan 360", new Geometry(Beam.FAN, Geometry.evenAngles(720, 360), 1, 500, 750, 0, 1, null)),
			Arguments.of("fan 360, shifted", new Geometry(Beam.FAN, Geometry.evenAngles(720, 360), 1, 500, 750, -7.3, 1, null)),
			Arguments.of("curved fan 360", new Geometry(Beam.FAN_CURVED, Geometry.evenAngles(720, 360), 1, 500, 750, 3, 1, null)),
			Arguments.of("parallel 360, detector to one side", new Geometry(Beam.PARALLEL, Geometry.evenAngles(720, 360), 0.8, 0, 0, 75, 1, null)),
			Arguments.of("fan 360, detector to one side", new Geometry(Beam.FAN, Geometry.evenAngles(720, 360), 1, 500, 750, -95, 1, null)),
			Arguments.of("fan short scan", new Geometry(Beam.FAN, Geometry.evenAngles(420, 210), 1, 500, 750, 0, 1, null)),
			Arguments.of("fan long scan", new Geometry(Beam.FAN, Geometry.evenAngles(560, 280), 1, 500, 750, 0, 1, null)),
			Arguments.of("curved short scan", new Geometry(Beam.FAN_CURVED, Geometry.evenAngles(420, 210), 1, 500, 750, 3, 1, null)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scans")
	void exactLineIntegralsOfAnEllipseComeBackAsItsDensity(final String name, final Geometry geometry) {
		final Ellipse ellipse = new Ellipse(12, -8, 34, 22, 0.5);
		final double density = 0.02;
		final double[] angles = geometry.angles();
		final float[] data = new float[angles.length * DETECTORS];
		for (int v = 0; v < angles.length; v++) for (int j = 0; j < DETECTORS; j++) {
			data[v * DETECTORS + j] = (float) (density * ellipse.chord(ProjectorTest.ray(geometry, angles[v], geometry.detectorPosition(j, DETECTORS))));
		}
		final float[] image = new FilteredBackprojection(geometry, DETECTORS, SIZE, SIZE, FilterWindow.HANN).reconstruct(data);
		final float[] inside = ellipse.image(SIZE, SIZE, 1);
		final float[] well = new Ellipse(12, -8, 30, 18, 0.5).image(SIZE, SIZE, 1), beyond = new Ellipse(12, -8, 38, 26, 0.5).image(SIZE, SIZE, 1);
		double mean = 0, n = 0;
		for (int i = 0; i < inside.length; i++) {
			if (well[i] == 1) {
				mean += image[i];
				n++;
				assertEquals(density, image[i], 0.02 * density, "pixel " + i);
			}
			if (beyond[i] == 0) assertEquals(0, image[i], 0.025 * density, "pixel " + i);
		}
		assertEquals(density, mean / n, 0.002 * density);
		assertTrue(Statistics.correlation(image, inside) > 0.995, "correlation " + Statistics.correlation(image, inside));
	}

	/** 190 degrees of a fan of 2 x 9.7: less than a short scan, but every line through the small object was measured. */
	@Test
	void lessThanAShortScanIsExactWhereEveryLineWasMeasured() {
		final Geometry geometry = new Geometry(Beam.FAN, Geometry.evenAngles(380, 190), 1, 500, 750, 0, 1, null);
		final Ellipse ellipse = new Ellipse(0, 0, 20, 14, 0.5);
		final double[] angles = geometry.angles();
		final float[] data = new float[angles.length * DETECTORS];
		for (int i = 0; i < data.length; i++) {
			data[i] = (float) (0.02 * ellipse.chord(ProjectorTest.ray(geometry, angles[i / DETECTORS], geometry.detectorPosition(i % DETECTORS, DETECTORS))));
		}
		final float[] image = new FilteredBackprojection(geometry, DETECTORS, SIZE, SIZE, FilterWindow.HANN).reconstruct(data);
		final float[] well = new Ellipse(0, 0, 16, 10, 0.5).image(SIZE, SIZE, 1);
		for (int i = 0; i < image.length; i++) if (well[i] == 1) assertEquals(0.02, image[i], 0.03 * 0.02, "pixel " + i);
	}

	@ParameterizedTest
	@EnumSource(FilterWindow.class)
	void windowsKeepTheDensityAndOrderTheNoise(final FilterWindow window) {
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1);
		final java.util.random.RandomGenerator random = org.posteriorj.tensor.SampleRandom.generator(1, 1);
		final float[] noise = new float[180 * 91];
		for (int i = 0; i < noise.length; i++) noise[i] = (float) random.nextGaussian();
		final double sharp = Statistics.rms(new FilteredBackprojection(geometry, 91, 64, 64, FilterWindow.RAM_LAK).reconstruct(noise));
		final double got = Statistics.rms(new FilteredBackprojection(geometry, 91, 64, 64, window).reconstruct(noise));
		assertEquals(1, window.factor(0), 1e-12);
		// square root of the mean of f^2 window^2, with the ramp f and linear interpolation left out on both sides
		double part = 0, whole = 0;
		for (double f = 0.0005; f < 1; f += 0.001) {
			part += Math.pow(f * window.factor(f), 2);
			whole += f * f;
		}
		assertEquals(Math.sqrt(part / whole), got / sharp, 0.12);
		assertEquals(window, FilterWindow.of(window.key()));
	}

	@Test
	void realFanBeamDataAgreeWithTheSuppliedReference() throws IOException {
		final float[] sinogram = NumPy.read("sinograms/htc2022-fan/sino_htc2022_ta.npy");
		final float[] reference = NumPy.read("sinograms/htc2022-fan/ref_fbp_htc2022_ta.npy");
		final double[] angles = new double[721];
		for (int i = 0; i < 721; i++) angles[i] = i / 2.0;
		final double pixel = 0.14832;
		final Geometry geometry = Geometry.fan(angles, 0.2, 410.66, 553.74, pixel);
		final float[] image = new FilteredBackprojection(geometry, 560, 512, 512, FilterWindow.RAM_LAK).reconstruct(sinogram);
		final double correlation = Statistics.correlation(image, reference), scale = Statistics.slope(reference, image) * pixel;
		System.out.println("HTC 2022: correlation " + correlation + ", scale " + scale);
		Pictures.write("htc2022-fbp", image, 512, 512);
		assertTrue(correlation >= 0.9999, "correlation " + correlation);
		assertEquals(1, scale, 0.01);
	}

	@Test
	void aTransposedSinogramIsRefused() {
		final FilteredBackprojection fbp = new FilteredBackprojection(Geometry.parallel(Geometry.evenAngles(10, 180), 1, 1), 16, 8, 8,
			FilterWindow.HANN);
		final String message = assertThrows(IllegalArgumentException.class, () -> fbp.reconstruct(new float[11 * 16])).getMessage();
		assertTrue(message.contains("10 views of 16"), message);
	}
}
