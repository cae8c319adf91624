package org.posteriorj.physics.ct;

/**
 * The weight of a ray in a full circle of views, so that lines measured from both sides count once: 1/2 where the detector
 * reaches as far on the other side of the axis, 1 where only its longer side reaches, with a smooth passage.
 *
 * @see "G. Wang, Med. Phys. 29 (2002) 1634-1636, for displaced detectors"
 */
final class DetectorOverlap {

	/** Part of the overlap that the passage takes at most. */
	private static final double PASSAGE = 0.25;

	private final double overlap;
	private final double passage;
	private final double longSide;

	/**
	 * @param first position or angle of the first detector pixel, from the axis
	 * @param last of the last pixel
	 */
	DetectorOverlap(final double first, final double last) {
		overlap = Math.max(0, Math.min(-first, last));
		passage = Math.min(PASSAGE * overlap, Math.abs(first + last));
		longSide = Math.signum(first + last);
	}

	/** The weight at a position; those of {@code u} and {@code -u} add up to 1. */
	double weight(final double u) {
		return 0.5 * (1 + longSide * Math.signum(u) * share(Math.abs(u)));
	}

	/** 0 inside, 1 beyond the overlap. */
	private double share(final double distance) {
		final double outside = distance - (overlap - passage);
		// NB: a symmetric detector has no passage, and its last pixels lie on the edge
		if (outside <= 0 || longSide == 0) return 0;
		return outside >= passage ? 1 : Math.pow(Math.sin(Math.PI / 2 * outside / passage), 2);
	}
}
