package org.posteriorj.tensor;

/** Turns libtorch's exceptions, which carry pages of C++ frames, into one line for people. */
final class TorchErrors {

	private TorchErrors() {}

	/** The same exception with a message of one line; exceptions of our own pass unchanged. */
	static RuntimeException oneLine(final RuntimeException exc) {
		final String message = exc.getMessage();
		if (exc.getClass() != RuntimeException.class || message == null || message.indexOf('\n') < 0) return exc;
		return new IllegalStateException("libtorch: " + firstUsefulLine(message), exc);
	}

	/** TorchScript errors begin with empty or generic lines; the last line before the C++ frames says what happened. */
	static String firstUsefulLine(final String message) {
		String generic = null;
		for (final String raw : message.split("\n")) {
			final String line = raw.trim();
			if (line.isEmpty()) continue;
			if (line.startsWith("Exception raised from") || line.startsWith("frame #")) break;
			if (line.startsWith("The following operation failed") || line.startsWith("Traceback")) {
				generic = line;
				continue;
			}
			if (generic == null) return line;
			if (line.startsWith("RuntimeError:") || line.contains("Error:")) return line;
		}
		return generic == null ? message.trim().split("\n")[0] : generic;
	}
}
