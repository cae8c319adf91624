package org.posteriorj.host;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import net.imagej.patcher.LegacyInjector;

/**
 * Runs a macro without a screen.
 * <p>
 * ImageJ builds its menus at the first {@code run(...)}, which needs a screen; the ImageJ patcher of the SciJava project
 * removes that need. It must come before ImageJ's first class, hence nothing of ImageJ is named here.
 */
final class HeadlessMacro {

	private HeadlessMacro() {}

	/** Runs a macro file; returns null if it ended well and what went wrong otherwise. */
	static String run(final String path, final String argument, final PrintStream out) {
		final Path file = Path.of(path);
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException("macro: there is no file '" + path + "'.");
		final String text;
		try {
			text = Files.readString(file);
		}
		catch (final IOException exc) {
			return "macro: '" + path + "' cannot be read as UTF-8 text.";
		}
		LegacyInjector.preinit();
		return new MacroRun(path, out).run(text, argument);
	}
}
