package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Geometry.Beam;
import org.posteriorj.physics.OperatorCheck;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class FourierParallelBeamTest {

	private static final double[] ANGLES = { 0, 0.25, 17, 44.9, 90, 133, 180, 200.5, 270, 315, 359 };

	private static Stream<Arguments> scans() {
		return Stream.of(
			Arguments.of(new Geometry(Beam.PARALLEL, ANGLES, 0.8, 0, 0, 0, 0.8, null), 151, 100, 100),
			Arguments.of(new Geometry(Beam.PARALLEL, ANGLES, 0.5, 0, 0, 1.3, 0.8, null), 252, 101, 96),
			Arguments.of(new Geometry(Beam.PARALLEL, ANGLES, 1.1, 0, 0, -2.2, 0.8, null), 131, 90, 111));
	}

	@ParameterizedTest
	@MethodSource("scans")
	void adjointAndToeplitzNormalAreExact(final Geometry geometry, final int detectors, final int rows, final int columns) {
		try (FourierParallelBeam operator = new FourierParallelBeam(geometry, detectors, rows, columns)) {
			final OperatorCheck check = OperatorCheck.of(operator, 3);
			assertTrue(check.adjoint() <= 1e-6 && check.linearity() <= 1e-6, "scale factor " + check.scale() + ": " + check);
			assertTrue(check.normal() <= 1e-4, check.toString());
		}
	}

	@ParameterizedTest
	@MethodSource("scans")
	void ellipseHasTheRightChordsAndAgreesWithTheRays(final Geometry geometry, final int detectors, final int rows, final int columns) {
		final Ellipse ellipse = new Ellipse(4, -3, 28, 19, 0.6);
		final float[] image = ellipse.image(rows, columns, geometry.imagePixel());
		final float[] data;
		try (FourierParallelBeam operator = new FourierParallelBeam(geometry, detectors, rows, columns)) {
			data = Scopes.compute(() -> Tensors.toFloats(operator.forward(Tensors.of(image, 1, 1, rows, columns))));
		}
		for (int v = 0; v < ANGLES.length; v++) for (int j = 0; j < detectors; j++) {
			final double chord = ellipse.chord(ProjectorTest.ray(geometry, ANGLES[v], geometry.detectorPosition(j, detectors)));
			if (chord > 35) assertEquals(chord, data[v * detectors + j], 0.005 * chord, "angle " + ANGLES[v] + ", detector " + j);
		}
		final float[] rays = Scopes.compute(() -> Tensors.toFloats(new ParallelBeam(geometry, detectors, rows, columns).forward(
			Tensors.of(image, 1, 1, rows, columns))));
		assertEquals(1, Statistics.correlation(rays, data), 2e-4);
	}

	@Test
	void aDetectorThatMissesTheCornersIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> new FourierParallelBeam(Geometry.parallel(ANGLES, 1, 1), 64, 64,
			64)).getMessage();
		assertTrue(message.contains("reaches 32.0 mm"), message);
	}
}
