package org.posteriorj.host;

import java.util.function.Supplier;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;

/**
 * Runs a command from plain ImageJ; named in {@code plugins.config}.
 * <p>
 * It names no SciJava class itself, so that an installation without scijava-common gets a message instead of silence.
 */
public final class CommandBridge implements PlugIn {

	private static String failure;

	/** Runs the command of this class name. */
	@Override
	public void run(final String className) {
		failure = attempt(() -> CommandCatalogue.ofClass(className), Macro.getOptions());
		if (failure != null) stop();
	}

	/** Runs a command with the options of a macro, or null to ask for them; returns why it failed, null if it did not. */
	static String attempt(final Supplier<CommandEntry> command, final String line) {
		try {
			new BridgeRun(command.get(), line).run();
			return null;
		}
		catch (final NoClassDefFoundError exc) {
			return "PosteriorJ needs " + exc.getMessage().replace('/', '.') + ", which is not installed - copy the jars folder of PosteriorJ into ImageJ's.";
		}
		catch (final RuntimeException | OutOfMemoryError exc) {
			return Failure.text(exc);
		}
	}

	/** Stops the macro, or tells the user; never opens a box that nobody is there to close. */
	private static void stop() {
		if (IJ.isMacro() && (java.awt.GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode() || IJ.getInstance() == null)) {
			Interpreter.abort();
		}
		else IJ.error("PosteriorJ", wrapped(failure));
	}

	/** ImageJ's message box is as wide as its longest line. */
	private static String wrapped(final String message) {
		return message.replaceAll("(.{60,80}) ", "$1\n");
	}

	/** Why the last command failed, null if it did not. */
	static String failure() {
		return failure;
	}
}
