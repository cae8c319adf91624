package org.posteriorj.physics.ct;

/**
 * The weight of every ray of a fan over less than a full circle, so that lines measured twice, at {@code (beta, gamma)} and
 * {@code (beta + pi - 2 gamma, -gamma)}, count once.
 * <p>
 * A short scan of at least half a turn plus the fan: Parker's smooth weights, stretched to the range.
 * Less: every ray by its share of a tapered sum over its measured partners.
 *
 * @see "D. L. Parker, Med. Phys. 9 (1982) 254-257"
 * @see "F. Noo et al., Phys. Med. Biol. 47 (2002) 2525-2546, eq. 26"
 */
final class FanRedundancy {

	private static final double TAPER = Math.toRadians(10);

	private final AngularRange covered;
	private final double halfFan;

	/**
	 * @param covered the measured range
	 * @param halfFan largest angle in radians between a ray and the central one
	 */
	FanRedundancy(final AngularRange covered, final double halfFan) {
		this.covered = covered;
		this.halfFan = halfFan;
	}

	/** The weight of the ray at view angle {@code beta} that leaves the central ray by {@code gamma}, in radians. */
	double weight(final double beta, final double gamma) {
		final double b = fromStart(beta);
		return covered.range() >= Math.PI + 2 * halfFan ? parker(b, gamma, (covered.range() - Math.PI) / 2) : share(b, gamma);
	}

	private double fromStart(final double beta) {
		final double b = (beta - covered.start()) % (2 * Math.PI);
		return b < 0 ? b + 2 * Math.PI : b;
	}

	/** Parker's weight for a scan of pi + 2 delta; the first rays, at b < 2 delta + 2 gamma, meet the last again. */
	private static double parker(final double b, final double gamma, final double delta) {
		final double rise = 2 * (delta + gamma), fall = Math.PI + 2 * gamma, end = Math.PI + 2 * delta;
		if (b < 0 || b > end) return 0;
		if (b < rise) return square(Math.sin(Math.PI / 2 * b / rise));
		if (b > fall) return square(Math.sin(Math.PI / 2 * (end - b) / (end - fall)));
		return 1;
	}

	private static double square(final double x) {
		return x * x;
	}

	private double share(final double b, final double gamma) {
		final double own = taper(b);
		final double partner = taper(fromStart(covered.start() + b + Math.PI - 2 * gamma));
		return own == 0 ? 0 : own / (own + partner);
	}

	private double taper(final double b) {
		final double edge = Math.min(b, covered.range() - b);
		if (edge <= 0) return 0;
		return edge >= TAPER ? 1 : square(Math.sin(Math.PI / 2 * edge / TAPER));
	}
}
