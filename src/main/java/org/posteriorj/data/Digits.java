package org.posteriorj.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: no more digits than they mean. */
public final class Digits {

	private static final double LARGE = 1e9, SMALL = 1e-6;

	private Digits() {}

	/** A number with at most {@code significant} digits, without trailing zeros, and without an exponent where one can do without. */
	public static String of(final double value, final int significant) {
		if (value == 0 || !Double.isFinite(value)) return value == 0 ? "0" : String.valueOf(value);
		final BigDecimal rounded = new BigDecimal(value).round(new MathContext(significant)).stripTrailingZeros();
		return Math.abs(value) >= LARGE || Math.abs(value) < SMALL ? rounded.toString() : rounded.toPlainString();
	}
}
