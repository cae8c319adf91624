package org.posteriorj.host;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import ij.io.OpenDialog;
import ij.macro.Interpreter;

/** The part of {@link HeadlessMacro} that needs ImageJ's classes. */
final class MacroRun {

	private final String path;
	private final PrintStream out;

	MacroRun(final String path, final PrintStream out) {
		this.path = path;
		this.out = out;
	}

	/** Runs the macro; returns null if it ended well and what went wrong otherwise. */
	String run(final String text, final String argument) {
		OpenDialog.setLastDirectory(Path.of(path).toAbsolutePath().getParent() + "/");
		final Interpreter interpreter = new Interpreter();
		final Complaints prints = new Complaints(out, interpreter::abortMacro), errors = new Complaints(PrintStream.nullOutputStream(), () -> {});
		System.setOut(new PrintStream(prints, true, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
		try {
			interpreter.run(text, argument);
		}
		catch (final RuntimeException exc) {
				if (!ij.Macro.MACRO_CANCELED.equals(exc.getMessage())) return path + ": " + Failure.text(exc);
		}
		if (CommandBridge.failure() != null) return CommandBridge.failure();
		if (interpreter.wasError()) return path + ": " + (errors.first() == null ? interpreter.getErrorMessage() : errors.first());
		return prints.complaint() == null ? null : path + ": " + prints.complaint();
	}
}
