package org.posteriorj.host;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/** A failure in one line for the user. */
final class Failure {

	private Failure() {}

	/** The message; where there is none, or where the program itself is at fault, with the kind of the failure. */
	static String text(final Throwable failure) {
		if (failure instanceof OutOfMemoryError) return "the Java heap is full - raise it with -Xmx, or use fewer samples or slices.";
		final Throwable cause = failure.getCause();
		if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) return "no such file: " + line(cause);
		final boolean meant = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException ||
			failure instanceof CancellationException || failure instanceof java.io.UncheckedIOException || failure.getClass().getName().startsWith("org.posteriorj");
		return failure.getMessage() != null && meant ? line(failure) : failure.getClass().getSimpleName() + ": " + line(failure);
	}

	private static String line(final Throwable failure) {
		return String.valueOf(failure.getMessage()).lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst().orElse("no message");
	}
}
