package org.posteriorj.physics.ct;

import java.util.function.DoubleUnaryOperator;

import org.posteriorj.data.Geometry;

/**
 * Finds the detector index, counted from 0, of the ray through the rotation axis.
 * <p>
 * Where every line is measured twice (a full circle) the two measurements must agree. A parallel beam over half a turn is
 * continued by its mirror image to a full turn, whose spectrum must lie within a double wedge.
 *
 * @see "N. T. Vo et al., Opt. Express 22 (2014) 19078-19086, for the double wedge"
 */
public final class CentreOfRotation {

	/** Part of the detector to either side of its middle that is searched. */
	private static final double REACH = 0.2;

	private CentreOfRotation() {}

	/**
	 * @param geometry the scan; its detectorOffset is where the search begins and otherwise not used
	 * @param sinogram line integrals [view][detector]
	 * @return the index, to about a tenth of a detector pixel
	 */
	public static double find(final Geometry geometry, final float[] sinogram) {
		final int detectors = sinogram.length / geometry.views();
		if (sinogram.length != geometry.views() * detectors || detectors < 16) {
			throw new IllegalArgumentException("centre of rotation: " + sinogram.length + " values are not " + geometry.views() +
				" views of at least 16 detector pixels.");
		}
		final AngularRange turn = AngularRange.of(geometry.angles(), 360);
		final DoubleUnaryOperator mismatch;
		if (turn.full()) mismatch = new OppositeRays(geometry, sinogram, detectors)::mismatch;
		else if (geometry.beam() == Geometry.Beam.PARALLEL) mismatch = new DoubleWedge(geometry.angles(), sinogram, detectors)::mismatch;
		else throw new IllegalArgumentException("centre of rotation: a fan needs a full circle of views, got " +
			Math.round(Math.toDegrees(turn.range())) + " degrees - give detectorOffset instead.");
		return search(mismatch, geometry.centreOfRotation(detectors), REACH * detectors);
	}

	/** The lowest point: steps of 1, then 0.1, then a parabola through the three best. */
	private static double search(final DoubleUnaryOperator mismatch, final double middle, final double reach) {
		final double coarse = best(mismatch, middle, reach, 1);
		final double fine = best(mismatch, coarse, 1, 0.1);
		final double left = mismatch.applyAsDouble(fine - 0.1), here = mismatch.applyAsDouble(fine), right = mismatch.applyAsDouble(fine + 0.1);
		final double curvature = left - 2 * here + right;
		return curvature > 0 ? fine + 0.05 * (left - right) / curvature : fine;
	}

	private static double best(final DoubleUnaryOperator mismatch, final double middle, final double reach, final double step) {
		final int steps = (int) Math.floor(reach / step);
		final double[] values = new double[2 * steps + 1];
		Workers.each(values.length, i -> values[i] = mismatch.applyAsDouble(middle + (i - steps) * step));
		int best = 0;
		for (int i = 1; i < values.length; i++) if (values[i] < values[best]) best = i;
		return middle + (best - steps) * step;
	}
}
