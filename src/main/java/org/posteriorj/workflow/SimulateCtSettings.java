package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.data.Geometry;

/**
 * Options of {@link SimulateCt}; the names are the option keys.
 *
 * @param unit what the image's values are: HU, 1/mm, or Grey values, whose 99th percentile becomes that of water
 * @param beam parallel, fan or fan-curved
 * @param views number of views
 * @param range angle in degrees that the views share evenly, 0 = 180 for parallel beams and 360 for fans
 * @param pitch distance of detector pixels in mm, 0 = one image pixel as seen at the axis
 * @param detectors number of detector pixels, 0 = as many as see the whole image
 * @param sourceorigin distance from source to axis in mm, 0 = twice the image's diagonal; fans only
 * @param sourcedetector distance from source to detector in mm, 0 = twice that to the axis; fans only
 * @param photons photons per ray before the object, 0 = no noise
 * @param seed seed of the noise
 */
public record SimulateCtSettings(String unit, String beam, int views, double range, double pitch, int detectors, double sourceorigin,
	double sourcedetector, double photons, long seed)
{

	/** Values of {@code unit}. */
	public static final List<String> UNITS = List.of("HU", "1/mm", "Grey values");

	public SimulateCtSettings {
		Options.choice("unit", unit, UNITS);
		Options.choice("beam", beam, List.of("parallel", "fan", "fan-curved"));
		Options.range("views", views, 1, 10000);
		Options.range("range", range, 0, 360);
		Options.range("pitch", pitch, 0, 1000);
		Options.range("detectors", detectors, 0, 100000);
		Options.range("sourceorigin", sourceorigin, 0, 1e6);
		Options.range("sourcedetector", sourcedetector, 0, 1e6);
		Options.range("photons", photons, 0, 1e12);
	}

	/** The geometry for an image of a diagonal and a pixel size in mm. */
	Geometry geometry(final double diagonal, final double pixel) {
		final Geometry.Beam kind = Geometry.Beam.of(beam);
		final Double light = photons > 0 ? photons : null;
		if (kind == Geometry.Beam.PARALLEL) {
			return Geometry.parallel(Geometry.evenAngles(views, range > 0 ? range : 180), pitch > 0 ? pitch : pixel, pixel).withPhotons(light);
		}
		final double origin = sourceorigin > 0 ? sourceorigin : 2 * diagonal, detector = sourcedetector > 0 ? sourcedetector : 2 * origin;
		return new Geometry(kind, Geometry.evenAngles(views, range > 0 ? range : 360), pitch > 0 ? pitch : pixel * detector / origin, origin, detector, 0, pixel,
			light);
	}

	/** Detector pixels for an image of a diagonal in mm. */
	int detectors(final Geometry geometry, final double diagonal) {
		if (detectors > 0) return detectors;
		final double r = diagonal / 2 + geometry.imagePixel(), origin = geometry.sourceToOrigin();
		if (geometry.beam() != Geometry.Beam.PARALLEL && r >= origin) {
			throw new IllegalArgumentException("sourceorigin: the source must lie outside the image, more than " + Math.ceil(r) + " mm from the axis, got " + origin +
				".");
		}
		// the ray that grazes the circle around the image
		final double reach = switch (geometry.beam()) {
			case PARALLEL -> r;
			case FAN -> geometry.sourceToDetector() * Math.tan(Math.asin(r / origin));
			case FAN_CURVED -> geometry.sourceToDetector() * Math.asin(r / origin);
		};
		final double needed = Math.ceil(2 * reach / geometry.detectorPitch());
		if (needed > 100000) throw new IllegalArgumentException("pitch: " + geometry.detectorPitch() + " mm needs " + (long) needed + " detector pixels, at most 100000.");
		return (int) needed;
	}
}
