package org.posteriorj.physics.ct;

import org.posteriorj.data.Geometry;

/**
 * Fan-beam CT: integrals along the rays from the source to every pixel of a flat detector, or of a detector curved about the
 * source.
 * <p>
 * A ray leaves the central one by {@code gamma = atan(u / sourceToDetector)}, on a curved detector by
 * {@code u / sourceToDetector}. Images [B, 1, H, W] in 1/mm, data [B, views, detectors]; conventions as in {@link Geometry}.
 */
public final class FanBeam extends CtOperator {

	/**
	 * @param geometry a fan
	 * @param detectors number of detector pixels
	 * @param rows image rows
	 * @param columns image columns
	 */
	public FanBeam(final Geometry geometry, final int detectors, final int rows, final int columns) {
		super(requireFan(geometry, detectors, rows, columns), detectors, rows, columns, (a, u) -> {
			final double gamma = angle(geometry, u), source = geometry.sourceToOrigin();
			return new Ray(source * Math.sin(a), -source * Math.cos(a), Math.sin(gamma - a), Math.cos(gamma - a));
		});
	}

	/** Angle in radians between the ray to detector position {@code u} in mm and the central ray. */
	static double angle(final Geometry geometry, final double u) {
		final double ratio = u / geometry.sourceToDetector();
		return geometry.beam() == Geometry.Beam.FAN ? Math.atan(ratio) : ratio;
	}

	private static Geometry requireFan(final Geometry geometry, final int detectors, final int rows, final int columns) {
		if (geometry.beam() == Geometry.Beam.PARALLEL) {
			throw new IllegalArgumentException("fan beam: the geometry's type is parallel, expected fan or fan-curved.");
		}
		final double corner = Math.hypot(rows, columns) / 2 * geometry.imagePixel();
		if (corner >= geometry.sourceToOrigin()) {
			throw new IllegalArgumentException(String.format(java.util.Locale.ROOT,
				"fan beam: the image reaches %.1f mm from its centre but the source is only %.1f mm away - make imagePixel (%s mm) or size smaller, " +
					"or check the unit of sourceToOrigin.", corner, geometry.sourceToOrigin(), geometry.imagePixel()));
		}
		final double widest = Math.max(Math.abs(angle(geometry, geometry.detectorPosition(0, detectors))),
			Math.abs(angle(geometry, geometry.detectorPosition(detectors - 1, detectors))));
		if (widest >= Math.PI / 2) {
			throw new IllegalArgumentException(String.format(java.util.Locale.ROOT,
				"fan beam: the fan opens %.0f degrees to one side - check the units of detectorPitch (%s mm) and sourceToDetector (%s mm).",
				Math.toDegrees(widest), geometry.detectorPitch(), geometry.sourceToDetector()));
		}
		return geometry;
	}
}
