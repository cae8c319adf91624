package org.posteriorj.quality;

/**
 * A statistic of the ranks of the truth, with what chance alone makes of it.
 *
 * @param statistic which
 * @param value of the truth
 * @param expected for exact samples and endlessly many scans
 * @param low lower end of the interval that holds 95 % of its values for exact samples and so many scans
 * @param high upper end
 * @param p probability that chance alone takes it so far from the middle of those values
 */
public record RankFigure(RankStatistic statistic, double value, double expected, double low, double high, double p) {

	/** What a deviation means. */
	public enum Finding {
		/** Within what chance does. */
		NONE,
		/** More than chance, less than matters. */
		SMALL,
		/** More than chance, and enough to matter. */
		FAULT
	}

	/** Judges it at a level of significance. */
	public Finding finding(final double level) {
		if (p > level) return Finding.NONE;
		return Math.abs(value - expected) > statistic.tolerance() ? Finding.FAULT : Finding.SMALL;
	}

	/** The deviation in words. */
	public String fault() {
		return statistic.fault(value, expected);
	}
}
