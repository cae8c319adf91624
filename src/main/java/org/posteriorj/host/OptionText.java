package org.posteriorj.host;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.scijava.module.ModuleItem;

import ij.ImagePlus;

/** Option values as text, for macros, the command line and the record of a run. */
final class OptionText {

	private OptionText() {}

	/** Converts the text of an option other than an image; the message of a failure names the option and what it takes. */
	static Object parse(final ModuleItem<?> option, final String text) {
		final String key = option.getName();
		final Class<?> type = option.getType();
		if (type == String.class) return choice(option, text);
		if (type == File.class) return text.isBlank() ? null : new File(text);
		if (type == boolean.class) {
			if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
			throw new IllegalArgumentException(key + ": expected true or false, got '" + text + "'.");
		}
		final boolean whole = type != double.class;
		try {
			final Number number = type == int.class ? (Number) Integer.valueOf(text) : type == long.class ? (Number) Long.valueOf(text) : Double.valueOf(text);
			range(option, number.doubleValue(), text);
			return number;
		}
		catch (final NumberFormatException exc) {
			throw new IllegalArgumentException(key + ": expected a " + (whole ? "whole " : "") + "number, got '" + text + "'.", exc);
		}
	}

	private static String choice(final ModuleItem<?> option, final String text) {
		final List<String> choices = choices(option);
		if (choices.isEmpty() || choices.contains(text)) return text;
		throw new IllegalArgumentException(option.getName() + ": expected one of " + String.join(", ", choices) + "; got '" + text + "' - did you mean '" +
			Nearest.of(text, choices) + "'?");
	}

	private static void range(final ModuleItem<?> option, final double value, final String text) {
		final Object min = option.getMinimumValue(), max = option.getMaximumValue();
		final boolean tooSmall = min != null && !(value >= ((Number) min).doubleValue());
		final boolean tooLarge = max != null && !(value <= ((Number) max).doubleValue());
		if (tooSmall || tooLarge || !Double.isFinite(value)) {
			throw new IllegalArgumentException(option.getName() + ": expected " + (max == null ? min == null ? "a finite number" : "at least " + print(min) :
				print(min) + " to " + print(max)) + ", got " + text + ".");
		}
	}

	/** The values that a choice can take, none if it is free. */
	static List<String> choices(final ModuleItem<?> option) {
		final List<String> choices = new ArrayList<>();
		if (option.getChoices() != null) option.getChoices().forEach(c -> choices.add(String.valueOf(c)));
		return choices;
	}

	/** The text that {@link #parse} turns into the value again; an image by the file that it came from, or its title. */
	static String print(final Object value) {
		if (value instanceof ImagePlus image) return Windows.source(image);
		if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e9) return String.valueOf(d.longValue());
		if (value instanceof Double d && Math.abs(d) > 1e-9 && Math.abs(d) < 1e9) return new java.math.BigDecimal(d.toString()).stripTrailingZeros().toPlainString();
		return value == null ? "" : value.toString();
	}
}
