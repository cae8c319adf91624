package org.posteriorj.physics.ct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;

/** Looks in the data of a scan for evidence that its geometry is wrong. */
public final class GeometryCheck {

	/** Detector's view and image of so different a size have different units. */
	private static final double SIZE_RATIO = 4;
	/** Pixels by which the centre may differ from what the data say. */
	private static final double CENTRE = 1;
	/** No object lets exp(-20) of the light through and no detector sees it. */
	private static final double DARKEST = 20;
	private static final double EDGE = 0.1;

	private GeometryCheck() {}

	/**
	 * What looks wrong, one line of evidence and remedy each; empty if nothing does.
	 *
	 * @param sinogram the scan; its middle slice is looked at
	 * @param size rows or columns of the image to be made, whichever are more
	 */
	public static List<String> warnings(final Sinogram sinogram, final int size) {
		final List<String> warnings = new ArrayList<>();
		final float[] data = sinogram.slices().get(sinogram.depth() / 2);
		units(sinogram.geometry(), sinogram.detectors(), size, warnings);
		angles(sinogram.geometry(), warnings);
		if (values(data, sinogram.detectors(), warnings)) centre(sinogram.geometry(), data, sinogram.detectors(), warnings);
		return List.copyOf(warnings);
	}

	private static void units(final Geometry geometry, final int detectors, final int size, final List<String> warnings) {
		final double magnification = geometry.beam() == Geometry.Beam.PARALLEL ? 1 : geometry.sourceToDetector() / geometry.sourceToOrigin();
		final double seen = detectors * geometry.detectorPitch() / magnification, image = size * geometry.imagePixel();
		if (seen > SIZE_RATIO * image || image > SIZE_RATIO * seen) {
			warnings.add(line("the detector sees %.4g mm at the axis but the image is %.4g mm wide: check the units of detectorPitch (%s mm) and " +
				"imagePixel (%s mm).", seen, image, geometry.detectorPitch(), geometry.imagePixel()));
		}
	}

	private static void angles(final Geometry geometry, final List<String> warnings) {
		double low = Double.MAX_VALUE, high = -Double.MAX_VALUE;
		for (final double a : geometry.angles()) {
			low = Math.min(low, a);
			high = Math.max(high, a);
		}
		final double radians = (high - low) * geometry.views() / Math.max(1, geometry.views() - 1.0);
		if (geometry.views() > 8 && (Math.abs(radians - Math.PI) < 0.1 || Math.abs(radians - 2 * Math.PI) < 0.2)) {
			warnings.add(line("the %d angles span only %.4g degrees, which is a turn or half of one in radians: give degrees.", geometry.views(),
				high - low));
		}
	}

	/** Whether the values can be computed with. */
	private static boolean values(final float[] data, final int detectors, final List<String> warnings) {
		float largest = -Float.MAX_VALUE, smallest = Float.MAX_VALUE;
		double edges = 0, sum = 0;
		int bad = 0, negative = 0;
		for (int i = 0; i < data.length; i++) {
			if (!Float.isFinite(data[i])) {
				bad++;
				continue;
			}
			largest = Math.max(largest, data[i]);
			smallest = Math.min(smallest, data[i]);
			if (data[i] < 0) negative++;
			sum += data[i];
			if (i % detectors == 0 || i % detectors == detectors - 1) edges += data[i];
		}
		if (bad > 0) warnings.add(line("%d of %d values are not numbers: the scan has dead pixels or counts without light.", bad, data.length));
		if (largest > DARKEST) {
			warnings.add(line("values reach %.4g, but line integrals stay below %.0f: are these counts, or is the log missing?", largest, DARKEST));
		}
		else if (negative > data.length / 2) {
			warnings.add(line("%.0f %% of the values are negative, down to %.4g: is the sign of the log wrong?", 100.0 * negative / data.length, smallest));
		}
		final double meanEdge = edges / (2.0 * data.length / detectors), mean = sum / data.length;
		if (largest <= DARKEST && mean > 0 && meanEdge > EDGE * largest) {
			warnings.add(line("the ends of the detector see %.2g on average (largest value %.2g): the object reaches beyond the detector, and values " +
				"near the rim will be too high.", meanEdge, largest));
		}
		return bad == 0;
	}

	private static void centre(final Geometry geometry, final float[] data, final int detectors, final List<String> warnings) {
		final boolean fullTurn = AngularRange.of(geometry.angles(), 360).full();
		final boolean halfTurn = geometry.beam() == Geometry.Beam.PARALLEL && AngularRange.of(geometry.angles(), 180).full();
		// fewer views leave the two sides of a line too far apart to compare
		if (!(fullTurn || halfTurn) || geometry.views() < 90 || detectors < 16) return;
		final double stated = geometry.centreOfRotation(detectors), found = CentreOfRotation.find(geometry, data);
		if (Math.abs(found - stated) > CENTRE) {
			warnings.add(line("the data turn about detector index %.1f but the geometry says %.1f: detectorOffset should be %.4g mm, it is %.4g mm.",
				found, stated, geometry.withCentreOfRotation(found, detectors).detectorOffset(), geometry.detectorOffset()));
		}
	}

	private static String line(final String format, final Object... values) {
		return String.format(Locale.ROOT, format, values);
	}
}
