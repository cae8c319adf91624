package org.posteriorj.workflow;

import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;
import org.posteriorj.physics.ct.CentreOfRotation;
import org.posteriorj.physics.ct.GeometryCheck;
import org.posteriorj.physics.ct.SinogramCorrection;

/** Corrections of a sinogram that were asked for, and what looks wrong with the rest. */
final class CtPreparation {

	/** Standard deviations beyond the neighbours that make an outlier. */
	private static final double OUTLIER = 8;
	/** Detector pixels of the median against stripes. */
	private static final int RING_WIDTH = 21;
	private static final int LARGEST = 8192;

	private CtPreparation() {}

	/** The corrected sinogram; facts and warnings go to the record of the run. */
	static Sinogram apply(final Sinogram scan, final ReconstructCtSettings settings, final RunRecord record) {
		Sinogram corrected = scan;
		if (settings.outliers()) corrected = withSlices(corrected, slice -> SinogramCorrection.withoutOutliers(slice, scan.detectors(), OUTLIER));
		if (settings.rings()) {
			if (scan.detectors() < RING_WIDTH) {
				throw new IllegalArgumentException("rings: the correction needs at least " + RING_WIDTH + " detector pixels, got " + scan.detectors() + ".");
			}
			corrected = withSlices(corrected, slice -> SinogramCorrection.withoutRings(slice, scan.detectors(), RING_WIDTH));
		}
		if (settings.centre()) {
			final double found = CentreOfRotation.find(corrected.geometry(), corrected.slices().get(corrected.depth() / 2));
			record.fact("centre of rotation", String.format(Locale.ROOT, "detector index %.2f (found; the geometry says %.2f)", found, corrected.geometry()
				.centreOfRotation(scan.detectors())));
			corrected = corrected.withGeometry(corrected.geometry().withCentreOfRotation(found, scan.detectors()));
		}
		scan.reading().stream().filter(line -> line.startsWith("warning: ")).forEach(line -> record.warn(line.substring("warning: ".length())));
		GeometryCheck.warnings(corrected, size(corrected, settings.size())).forEach(record::warn);
		return corrected;
	}

	private static Sinogram withSlices(final Sinogram s, final java.util.function.UnaryOperator<float[]> correction) {
		final List<float[]> slices = s.slices().stream().map(correction).toList();
		return new Sinogram(s.title(), s.views(), s.detectors(), slices, s.geometry(), s.sliceDistance(), s.reading());
	}

	/** Rows and columns of the image: as asked for, or the diameter of what the longer side of the detector sees. */
	static int size(final Sinogram s, final int asked) {
		if (asked > 0) return asked;
		final Geometry g = s.geometry();
		final double reach = new FieldOfView(g, s.detectors()).radius();
		final long size = Math.round(2 * reach / g.imagePixel());
		if (size >= 1 && size <= LARGEST) return (int) size;
		throw new IllegalArgumentException(String.format(Locale.ROOT, "size: the detector sees %.4g mm, which is %d image pixels of %.4g mm - give size, or check the " +
			"units of detectorPitch and imagePixel.", 2 * reach, size, g.imagePixel()));
	}
}
