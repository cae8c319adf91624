package org.posteriorj.workflow;

import java.util.List;

/** Checks of option values that all workflows share; messages name the option, what is allowed and what came. */
public final class Options {

	private Options() {}

	/** Requires one of {@code choices}. */
	public static String choice(final String key, final String value, final List<String> choices) {
		if (value != null && choices.contains(value)) return value;
		throw new IllegalArgumentException(key + ": expected one of " + String.join(", ", choices) + "; got '" + value + "'.");
	}

	/** Requires a whole number of a closed range. */
	public static int range(final String key, final int value, final int min, final int max) {
		if (value >= min && value <= max) return value;
		throw new IllegalArgumentException(key + ": expected " + min + " to " + max + ", got " + value + ".");
	}

	/** Requires a finite number of a closed range. */
	public static double range(final String key, final double value, final double min, final double max) {
		if (value >= min && value <= max) return value;
		throw new IllegalArgumentException(key + ": expected " + min + " to " + max + ", got " + value + ".");
	}
}
