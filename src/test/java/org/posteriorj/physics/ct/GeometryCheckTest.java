package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Hounsfield;
import org.posteriorj.data.Sinogram;

class GeometryCheckTest {

	private static final int DETECTORS = 160;
	private static final Geometry GEOMETRY = Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1).withCentreOfRotation(83, DETECTORS);

	private static float[] data(final double density) {
		final Ellipse ellipse = new Ellipse(6, -9, 34, 22, 0.5);
		final double[] angles = GEOMETRY.angles();
		final float[] data = new float[angles.length * DETECTORS];
		for (int i = 0; i < data.length; i++) {
			data[i] = (float) (density * ellipse.chord(ProjectorTest.ray(GEOMETRY, angles[i / DETECTORS], GEOMETRY.detectorPosition(i % DETECTORS,
				DETECTORS))));
		}
		return data;
	}

	private static List<String> warnings(final Geometry geometry, final float[] data) {
		return GeometryCheck.warnings(new Sinogram("test", 180, DETECTORS, List.of(data), geometry, 1, List.of()), 128);
	}

	private static void assertOnly(final String part, final List<String> warnings) {
		assertEquals(1, warnings.size(), warnings.toString());
		assertTrue(warnings.get(0).contains(part) && !warnings.get(0).contains("\n"), warnings.toString());
	}

	@Test
	void everyFaultIsNamedWithItsEvidence() {
		final float[] good = data(0.02);
		assertEquals(List.of(), warnings(GEOMETRY, good));
		assertOnly("turn about detector index 83.0 but the geometry says 79.5", warnings(GEOMETRY.withCentreOfRotation(79.5, DETECTORS), good));
		assertOnly("detector sees 160.0 mm at the axis but the image is 12.80 mm", warnings(GEOMETRY.withImagePixel(0.1), good));
		assertOnly("degrees, which is a turn or half of one in radians", warnings(GEOMETRY.withAngles(Geometry.evenAngles(180, Math.PI)), good));
		assertOnly("values reach", warnings(GEOMETRY, data(2)));
		assertOnly("sign of the log", warnings(GEOMETRY, negated(good)));
		final float[] dead = good.clone();
		dead[5] = Float.NaN;
		assertTrue(warnings(GEOMETRY, dead).get(0).contains("1 of 28800 values are not numbers"));
		final float[] wide = good.clone();
		for (int i = 0; i < wide.length; i++) wide[i] += 0.5f;
		assertTrue(warnings(GEOMETRY, wide).toString().contains("reaches beyond the detector"));
	}

	private static float[] negated(final float[] data) {
		final float[] result = new float[data.length];
		for (int i = 0; i < data.length; i++) result[i] = -data[i] - 1e-3f;
		return result;
	}

	@Test
	void hounsfieldUnitsThereAndBack() {
		final Hounsfield scale = Hounsfield.AT_70_KEV;
		assertEquals(0.0193, scale.attenuation(0), 1e-12);
		assertEquals(0, scale.attenuation(-1000), 1e-12);
		assertEquals(1000, scale.number(2 * 0.0193), 1e-9);
		assertEquals(-57, scale.numbers(scale.attenuation(new float[] { -57 }))[0], 1e-3);
		assertEquals(0, scale.attenuation(new float[] { -1024 })[0], 0);
	}
}
