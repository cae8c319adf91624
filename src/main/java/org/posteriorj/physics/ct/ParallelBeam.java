package org.posteriorj.physics.ct;

import org.posteriorj.data.Geometry;

/**
 * Parallel-beam CT: {@code y(a, u) = integral of x over the line x cos a + y sin a = u}.
 * <p>
 * Images [B, 1, H, W] in 1/mm, data [B, views, detectors]; conventions as in {@link Geometry}.
 */
public final class ParallelBeam extends CtOperator {

	/**
	 * @param geometry a parallel beam
	 * @param detectors number of detector pixels
	 * @param rows image rows
	 * @param columns image columns
	 */
	public ParallelBeam(final Geometry geometry, final int detectors, final int rows, final int columns) {
		super(requireParallel(geometry), detectors, rows, columns,
			(a, u) -> new Ray(u * Math.cos(a), u * Math.sin(a), -Math.sin(a), Math.cos(a)));
	}

	private static Geometry requireParallel(final Geometry geometry) {
		if (geometry.beam() != Geometry.Beam.PARALLEL) {
			throw new IllegalArgumentException("parallel beam: the geometry's type is " + geometry.beam().key() + ", expected parallel.");
		}
		return geometry;
	}
}
