package org.posteriorj.io;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text files that hold nothing but numbers, separated by commas, semicolons, blanks or line breaks. */
public final class NumberListReader {

	private NumberListReader() {}

	/** Every number, in order. */
	public static List<Double> read(final Path file) throws IOException {
		FileProblem.requireFile(file);
		final List<Double> numbers = new ArrayList<>();
		for (final String word : text(file).strip().split("[\\s,;]+")) {
			try {
				numbers.add(Double.parseDouble(word));
			}
			catch (final NumberFormatException exc) {
				throw FileProblem.of(file, "number " + (numbers.size() + 1) + " is '" + (word.length() > 20 ? word.substring(0, 20) + "..." : word) +
					"', expected numbers only, separated by commas or line breaks.", exc);
			}
		}
		return numbers;
	}

	private static String text(final Path file) throws IOException {
		try {
			return Files.readString(file);
		}
		catch (final MalformedInputException exc) {
			throw FileProblem.of(file, "not a text file - expected numbers, separated by commas or line breaks.", exc);
		}
	}
}
