package org.posteriorj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry.Beam;

class GeometryTest {

	private static final double[] ANGLES = { 0, 90 };

	@Test
	void faultsAreNamedInOneLine() {
		assertMessage("angles must list", () -> Geometry.parallel(new double[0], 1, 1));
		assertMessage("angle 1 must be", () -> Geometry.parallel(new double[] { 0, Double.NaN }, 1, 1));
		assertMessage("detectorPitch must be positive", () -> Geometry.parallel(ANGLES, -1, 1));
		assertMessage("imagePixel must be positive", () -> Geometry.parallel(ANGLES, 1, 0));
		assertMessage("sourceToOrigin must be positive", () -> Geometry.fan(ANGLES, 1, -500, 700, 1));
		assertMessage("were the two swapped", () -> Geometry.fan(ANGLES, 1, 700, 500, 1));
		assertMessage("photons", () -> Geometry.parallel(ANGLES, 1, 1).withPhotons(0.0));
		assertMessage("type must be one of", () -> Beam.of("cone"));
		assertMessage("2 angles for 3 views", () -> new Sinogram("s", 3, 4, List.of(new float[12]), Geometry.parallel(ANGLES, 1, 1), 1, List.of()));
		assertMessage("slice 0 has 7 values", () -> new Sinogram("s", 2, 4, List.of(new float[7]), Geometry.parallel(ANGLES, 1, 1), 1, List.of()));
	}

	@Test
	void centreOfRotationAndOffsetAreTheSameThing() {
		final Geometry geometry = Geometry.parallel(ANGLES, 0.5, 1).withCentreOfRotation(296, 640);
		assertEquals(11.75, geometry.detectorOffset(), 1e-12);
		assertEquals(296, geometry.centreOfRotation(640), 1e-12);
		assertEquals(0, geometry.detectorPosition(296, 640), 1e-12);
	}

	@Test
	void valuesAreNotShared() {
		final double[] angles = { 0, 10 };
		final Geometry geometry = Geometry.parallel(angles, 1, 1);
		angles[0] = 5;
		geometry.angles()[1] = 6;
		assertArrayEquals(new double[] { 0, 10 }, geometry.angles());
		assertEquals(Geometry.parallel(new double[] { 0, 10 }, 1, 1), geometry);
	}

	private static void assertMessage(final String part, final org.junit.jupiter.api.function.Executable work) {
		final String message = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(message.contains(part) && !message.contains("\n"), message);
	}
}
