package org.posteriorj.quality;

/**
 * Chi-square statistic of a data residual, {@code chi2 = sum(r^2) / (noise^2 n)}, with the interval that holds 95 % of its
 * values if r is noise alone.
 * <p>
 * The interval is that of Wilson and Hilferty (1931): {@code (1 - 2/(9n) -+ 1.96 sqrt(2/(9n)))^3}.
 *
 * @param value the statistic; 1 is expected
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param n number of real values
 */
public record ResidualStatistic(double value, double low, double high, long n) {

	private static final double NORMAL_975 = 1.959963984540054;

	/** Of a sum of squared residuals over n real values with a noise standard deviation per real component. */
	public static ResidualStatistic of(final double squares, final long n, final double noise) {
		if (n < 1 || !(noise > 0)) throw new IllegalArgumentException("residual: needs at least one value and noise above 0, got " + n + " values and noise " + noise + ".");
		final double variance = 2.0 / (9 * n), half = NORMAL_975 * Math.sqrt(variance);
		return new ResidualStatistic(squares / (noise * noise * n), Math.pow(Math.max(0, 1 - variance - half), 3), Math.pow(1 - variance + half, 3), n);
	}

	/** Whether the value lies within the interval. */
	public boolean expected() {
		return value >= low && value <= high;
	}
}
