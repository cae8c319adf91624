package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.posteriorj.data.Digits;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;
import org.posteriorj.physics.ct.GeometryCheck;

/** What a geometry says about a scan, in figures that a user can check: where a point falls on the detector, and what is seen. */
public final class InspectCtGeometry {

	private InspectCtGeometry() {}

	/**
	 * @param scan the scan; its middle slice is looked at
	 * @param x position of the test point in mm, to the right of the axis
	 * @param y position of the test point in mm, above the axis
	 */
	public static CtGeometryReport run(final Sinogram scan, final double x, final double y) {
		final Geometry g = scan.geometry();
		final FieldOfView field = new FieldOfView(g, scan.detectors());
		final double[] trace = new double[g.views()], angles = g.angles();
		for (int v = 0; v < trace.length; v++) trace[v] = (field.position(x, y, angles[v]) - g.detectorOffset()) / g.detectorPitch() + (scan.detectors() - 1) / 2.0;
		final Map<String, String> facts = new LinkedHashMap<>();
		facts.put("views", g.views() + " from " + Digits.of(Arrays.stream(angles).min().orElse(0), 6) + " to " + Digits.of(Arrays.stream(angles).max().orElse(0),
			6) + " degrees");
		if (g.beam() != Geometry.Beam.PARALLEL) facts.put("magnification", Digits.of(g.sourceToDetector() / g.sourceToOrigin(), 5));
		facts.put("field of view", Digits.of(2 * field.radius(), 5) + " mm, " + Math.round(2 * field.radius() / g.imagePixel()) + " image pixels of " + Digits.of(g
			.imagePixel(), 6) + " mm");
		facts.put("rotation axis", "detector index " + Digits.of(g.centreOfRotation(scan.detectors()), 6) + " of 0 to " + (scan.detectors() - 1));
		facts.put("test point", "x " + Digits.of(x, 5) + " mm, y " + Digits.of(y, 5) + " mm falls on detector index " + Digits.of(trace[0], 6) +
			" in the first view, " + Digits.of(Arrays.stream(trace).min().orElse(0), 6) + " to " + Digits.of(Arrays.stream(trace).max().orElse(0), 6) + " in all");
		return new CtGeometryReport(trace, field.radius(), facts, GeometryCheck.warnings(scan, CtPreparation.size(scan, 0)));
	}
}
