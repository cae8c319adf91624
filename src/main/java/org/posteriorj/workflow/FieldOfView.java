package org.posteriorj.workflow;

import java.util.Arrays;

import org.posteriorj.data.Geometry;

/**
 * Where a scan measures: in a full circle, where the detector may be displaced to one side, the disk that its longer side sees;
 * otherwise what every view sees.
 */
final class FieldOfView {

	/** Angles that span this many degrees are a full circle. */
	private static final double CIRCLE = 350;

	private final Geometry g;
	private final double low;
	private final double high;

	FieldOfView(final Geometry geometry, final int detectors) {
		g = geometry;
		low = g.detectorPosition(-0.5, detectors);
		high = g.detectorPosition(detectors - 0.5, detectors);
	}

	/** Radius in mm of the disk that the longer side of the detector sees. */
	double radius() {
		final double u = Math.max(Math.abs(low), Math.abs(high));
		return switch (g.beam()) {
			case PARALLEL -> u;
			case FAN -> g.sourceToOrigin() * Math.sin(Math.atan(u / g.sourceToDetector()));
			case FAN_CURVED -> g.sourceToOrigin() * Math.sin(Math.min(Math.PI / 2, u / g.sourceToDetector()));
		};
	}

	/** 1 in the field of view, 0 elsewhere, [row][column]. */
	float[] mask(final int size) {
		final double[] angles = g.angles();
		final double span = Arrays.stream(angles).max().orElse(0) - Arrays.stream(angles).min().orElse(0);
		final boolean circle = span * angles.length / Math.max(1, angles.length - 1) >= CIRCLE;
		final float[] mask = new float[size * size];
		for (int i = 0; i < mask.length; i++) {
			final double x = (i % size - (size - 1) / 2.0) * g.imagePixel(), y = ((size - 1) / 2.0 - i / size) * g.imagePixel();
			mask[i] = (circle ? Math.hypot(x, y) <= radius() : everyViewSees(x, y, angles)) ? 1 : 0;
		}
		return mask;
	}

	private boolean everyViewSees(final double x, final double y, final double[] angles) {
		for (final double degrees : angles) {
			final double u = position(x, y, degrees);
			if (!(u >= low && u <= high)) return false;
		}
		return true;
	}

	/** Detector position in mm of the point (x, y) in the view at an angle; not a number behind the source. */
	double position(final double x, final double y, final double degrees) {
		final double cos = Math.cos(Math.toRadians(degrees)), sin = Math.sin(Math.toRadians(degrees));
		// beside the central ray, and from the source along it
		final double t = x * cos + y * sin, depth = g.sourceToOrigin() - x * sin + y * cos;
		return switch (g.beam()) {
			case PARALLEL -> t;
			case FAN -> depth > 0 ? g.sourceToDetector() * t / depth : Double.NaN;
			case FAN_CURVED -> g.sourceToDetector() * Math.atan2(t, depth);
		};
	}
}
