package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.posteriorj.data.Digits;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Projections;
import org.posteriorj.data.Sinogram;

/** Line integrals from plain arrays. */
final class SinogramArrays {

	/** Where a file does not say how far slices are apart, in mm. */
	static final double UNKNOWN_DISTANCE = 1;

	private SinogramArrays() {}

	/** Line integrals from an array [view, detector] or [slice, view, detector]; {@code base} is what the file says, null for nothing. */
	static Projections of(final Path file, final NumericArray array, final GeometryJson given, final Geometry base, final String format) throws IOException {
		final int[] shape = array.shape();
		if (array.complex()) throw FileProblem.of(file, "expected a sinogram of real numbers, got complex ones of shape " + NumericArray.text(shape) + " - is it k-space?");
		if (shape.length != 2 && shape.length != 3) {
			throw FileProblem.of(file, "expected a sinogram of 2 axes [view, detector] or 3 axes [slice, view, detector], got " + NumericArray.text(shape) +
				" - reshape it.");
		}
		Elements.requireFinite(file, array.values(), shape, false);
		final int axis = shape.length - 2, depth = axis == 0 ? 1 : shape[0], views = shape[axis], detectors = shape[axis + 1], each = views * detectors;
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < depth; z++) slices.add(Arrays.copyOfRange(array.values(), z * each, (z + 1) * each));
		final List<String> reading = new ArrayList<>(List.of("format: " + format, axes(depth, views, detectors), "values: line integrals"));
		if (array.rounded()) reading.add("numbers: rounded to float32");
		final Geometry geometry = geometry(file, given, base, views);
		reading.add(line(geometry));
		try {
			return Projections.lineIntegrals(new Sinogram(FileProblem.title(file), views, detectors, slices, geometry, UNKNOWN_DISTANCE, reading));
		}
		catch (final IllegalArgumentException exc) {
			throw FileProblem.of(file, exc.getMessage(), exc);
		}
	}

	/** The geometry of a file's scan; what is wrong with it names the file. */
	static Geometry geometry(final Path file, final GeometryJson given, final Geometry base, final int views) throws IOException {
		if (base == null && given.isEmpty()) {
			throw FileProblem.of(file, "the file does not say how the scan was taken - give geometry=FILE.json with type, angles and detectorPitch.");
		}
		try {
			return given.over(base, views);
		}
		catch (final IllegalArgumentException exc) {
			throw FileProblem.of(file, exc.getMessage(), exc);
		}
	}

	static String axes(final int depth, final int views, final int detectors) {
		return "axes: " + (depth == 1 ? "" : depth + " slices, ") + views + " views, " + detectors + " detector pixels";
	}

	/** A geometry in one line. */
	static String line(final Geometry g) {
		final double[] angles = g.angles();
		final String fan = g.beam() == Geometry.Beam.PARALLEL ? "" : ", source " + Digits.of(g.sourceToOrigin(), 6) + " mm from the axis and " + Digits.of(g
			.sourceToDetector(), 6) + " mm from the detector";
		return "geometry: " + g.beam().key() + ", " + Digits.of(angles[0], 6) + " to " + Digits.of(angles[angles.length - 1], 6) + " degrees, detector pitch " +
			Digits.of(g.detectorPitch(), 6) + " mm, offset " + Digits.of(g.detectorOffset(), 6) + " mm" + fan + ", image pixel " + Digits.of(g.imagePixel(), 6) + " mm" +
			(g.photons() == null ? "" : ", " + Digits.of(g.photons(), 4) + " photons per ray");
	}
}
