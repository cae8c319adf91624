package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Geometry.Beam;
import org.posteriorj.physics.OperatorCheck;
import org.posteriorj.physics.PowerIteration;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class ProjectorTest {

	private static final double[] ANGLES = { 0, 0.25, 17, 44.9, 45, 45.1, 90, 133, 180, 200.5, 270, 315, 359 };

	private static Geometry parallel(final double offset) {
		return new Geometry(Beam.PARALLEL, ANGLES, 0.8, 0, 0, offset, 0.8, null);
	}

	private static Geometry fan(final Beam beam, final double offset) {
		return new Geometry(beam, ANGLES, 1.0, 500, 750, offset, 0.7, null);
	}

	/** Detector pixels of two and a half image pixels: three rays each. */
	private static Geometry coarse() {
		return new Geometry(Beam.PARALLEL, ANGLES, 2.0, 0, 0, 0.3, 0.8, null);
	}

	private static Stream<Geometry> geometries() {
		return Stream.of(parallel(0), coarse(), parallel(3.3), fan(Beam.FAN, 0), fan(Beam.FAN, -5.2), fan(Beam.FAN_CURVED, 2.5));
	}

	/** The ray to a detector position, written down a second time from the definition of the geometry. */
	static Ray ray(final Geometry g, final double degrees, final double u) {
		final double a = Math.toRadians(degrees), cos = Math.cos(a), sin = Math.sin(a);
		if (g.beam() == Beam.PARALLEL) return new Ray(u * cos, u * sin, -sin, cos);
		final double x = g.sourceToOrigin() * sin, y = -g.sourceToOrigin() * cos;
		final double along, across;
		if (g.beam() == Beam.FAN) {
			along = g.sourceToDetector();
			across = u;
		}
		else {
			along = g.sourceToDetector() * Math.cos(u / g.sourceToDetector());
			across = g.sourceToDetector() * Math.sin(u / g.sourceToDetector());
		}
		return new Ray(x, y, -along * sin + across * cos, along * cos + across * sin);
	}

	private static float[] project(final CtOperator operator, final float[] image) {
		return Scopes.compute(() -> Tensors.toFloats(operator.forward(
			Tensors.of(image, 1, 1, operator.imageShape()[1], operator.imageShape()[2]))));
	}

	@ParameterizedTest
	@MethodSource("geometries")
	void adjointIsExact(final Geometry geometry) {
		for (final int[] size : new int[][] { { 64, 64, 91 }, { 33, 50, 70 }, { 1, 7, 9 } }) {
			final OperatorCheck check = OperatorCheck.of(CtOperator.of(geometry, size[2], size[0], size[1]), 4);
			assertTrue(check.within(1e-6), "scale factor " + check.scale() + ": " + check);
		}
	}

	@ParameterizedTest
	@MethodSource("geometries")
	void normIsRightToOneInAThousand(final Geometry geometry) {
		final CtOperator operator = CtOperator.of(geometry, 70, 40, 50);
		assertEquals(1, PowerIteration.norm(operator) / operator.norm(), 1e-3);
	}

	@Test
	void adjointIsExactForALargeScan() {
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1);
		final OperatorCheck check = OperatorCheck.of(CtOperator.of(geometry, 363, 256, 256), 4);
		assertTrue(check.within(1e-6), "scale factor " + check.scale() + ": " + check);
	}

	@Test
	void diskOfRadius80HasTheRightChordsAtAllAngles() {
		final Ellipse disk = Ellipse.disk(80);
		final float[] image = disk.image(256, 256, 1);
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(180, 180), 1, 1);
		final float[] data = project(CtOperator.of(geometry, 256, 256, 256), image);
		for (int v = 0; v < 180; v++) for (int j = 0; j < 256; j++) {
			final double u = geometry.detectorPosition(j, 256), chord = 2 * Math.sqrt(Math.max(0, 6400 - u * u)), got = data[v * 256 + j];
			// nearer to the rim a chord changes by more than this from one side of a pixel to the other
			if (Math.abs(u) <= 72) assertEquals(chord, got, 0.005 * chord, "angle " + v + ", detector " + j);
			else if (Math.abs(u) <= 77) assertEquals(chord, got, 0.005 * 160, "angle " + v + ", detector " + j);
			else if (Math.abs(u) > 82) assertEquals(0, got, 0);
		}
	}

	@ParameterizedTest
	@MethodSource("geometries")
	void ellipseOffCentreHasTheRightChords(final Geometry geometry) {
		final Ellipse ellipse = new Ellipse(14, -9, 50, 30, 0.6);
		final int detectors = 301;
		final float[] data = project(CtOperator.of(geometry, detectors, 201, 220), ellipse.image(201, 220, geometry.imagePixel()));
		final double longest = 100;
		for (int v = 0; v < ANGLES.length; v++) for (int j = 0; j < detectors; j++) {
			final double chord = ellipse.chord(ray(geometry, ANGLES[v], geometry.detectorPosition(j, detectors)));
			if (chord > 0.5 * longest) assertEquals(chord, data[v * detectors + j], 0.005 * chord, "angle " + ANGLES[v] + ", detector " + j);
		}
	}

	@ParameterizedTest
	@MethodSource("geometries")
	void pointSourceCastsItsShadowWhereItShould(final Geometry geometry) {
		final int rows = 101, columns = 120, detectors = 301, row = 22, column = 91;
		// as narrow as a detector pixel can still locate
		final float[] image = new float[rows * columns];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			image[r * columns + c] = (float) Math.exp(-((r - row) * (r - row) + (c - column) * (c - column)) / 2.0);
		}
		final float[] data = project(CtOperator.of(geometry, detectors, rows, columns), image);
		final double x = (column - (columns - 1) / 2.0) * geometry.imagePixel(), y = ((rows - 1) / 2.0 - row) * geometry.imagePixel();
		for (int v = 0; v < ANGLES.length; v++) {
			double sum = 0, moment = 0;
			for (int j = 0; j < detectors; j++) {
				sum += data[v * detectors + j];
				moment += data[v * detectors + j] * j;
			}
			final double a = Math.toRadians(ANGLES[v]), t = x * Math.cos(a) + y * Math.sin(a);
			final double depth = geometry.sourceToOrigin() - x * Math.sin(a) + y * Math.cos(a);
			final double u = switch (geometry.beam()) {
				case PARALLEL -> t;
				case FAN -> geometry.sourceToDetector() * t / depth;
				case FAN_CURVED -> geometry.sourceToDetector() * Math.atan(t / depth);
			};
			final double want = (u - geometry.detectorOffset()) / geometry.detectorPitch() + (detectors - 1) / 2.0;
			assertEquals(want, moment / sum, 0.05, "angle " + ANGLES[v]);
		}
	}

	@Test
	void theSameBytesInABatchAndAlone() {
		Scopes.run(() -> {
			final CtOperator operator = CtOperator.of(fan(Beam.FAN, 1), 91, 64, 60);
			final Tensor images = new SampleRandom(5, new long[] { 0, 1, 2 }, 0).normal(1, 64, 60);
			final Tensor data = operator.forward(images), back = operator.adjoint(data);
			for (int i = 0; i < 3; i++) {
				final Tensor one = operator.forward(Tensors.items(images, i, i + 1));
				assertArrayEquals(Tensors.toFloats(Tensors.items(data, i, i + 1)), Tensors.toFloats(one));
				assertArrayEquals(Tensors.toFloats(Tensors.items(back, i, i + 1)), Tensors.toFloats(operator.adjoint(one)));
			}
		});
	}

	@Test
	void raysThatMissTheImageAreDataToo() {
		assertEquals(300, CtOperator.of(Geometry.parallel(new double[] { 0, 30, 60 }, 1, 1), 100, 20, 20).measurements());
	}

	@Test
	void impossibleGeometriesAreNamed() {
		assertMessage("source is only 5.0 mm away", () -> CtOperator.of(Geometry.fan(ANGLES, 1, 5, 10, 1), 64, 64, 64));
		assertMessage("no ray meets the image", () -> CtOperator.of(parallel(1e5), 64, 64, 64));
		assertMessage("fan opens", () -> CtOperator.of(new Geometry(Beam.FAN_CURVED, ANGLES, 20, 600, 700, 0, 1, null), 400, 64, 64));
		assertMessage("expected parallel", () -> new ParallelBeam(fan(Beam.FAN, 0), 64, 64, 64));
		assertMessage("expected fan", () -> new FanBeam(parallel(0), 64, 64, 64));
	}

	private static void assertMessage(final String part, final org.junit.jupiter.api.function.Executable work) {
		final String message = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(message.contains(part) && !message.contains("\n"), message);
	}
}
