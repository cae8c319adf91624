package org.posteriorj.host;

import java.nio.file.Path;

import ij.io.OpenDialog;
import ij.macro.Interpreter;

/** The part of {@link HeadlessMacro} that needs ImageJ's classes. */
final class MacroRun {

	private MacroRun() {}

	static String run(final String path, final String text, final String argument) {
		OpenDialog.setLastDirectory(Path.of(path).toAbsolutePath().getParent() + "/");
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		try {
			final String result = interpreter.run(text, argument);
			if (CommandBridge.failure() != null) return CommandBridge.failure();
			if (interpreter.wasError() || interpreter.getErrorMessage() != null) return path + ": " + interpreter.getErrorMessage();
			return "[aborted]".equals(result) ? path + ": the macro was aborted." : null;
		}
		catch (final RuntimeException exc) {
			if (CommandBridge.failure() != null) return CommandBridge.failure();
			return path + ": " + Failure.text(exc);
		}
	}
}
