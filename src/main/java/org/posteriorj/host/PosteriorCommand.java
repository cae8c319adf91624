package org.posteriorj.host;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.scijava.command.CommandModule;
import org.scijava.command.ContextCommand;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.ImagePlus;

/**
 * What every command shares: options checked first, then the work, with progress and stop.
 * <p>
 * Where somebody is watching a failure becomes a message; in a macro and without a screen it is thrown, so that whatever
 * runs the command stops too.
 */
public abstract class PosteriorCommand extends ContextCommand {

	private final Map<String, String> results = new LinkedHashMap<>();
	private Monitor monitor;
	private StatusBar statusBar;

	/**
	 * Checks the options that can be judged without an image.
	 *
	 * @throws IllegalArgumentException naming the option, what is allowed and what came
	 */
	public abstract void check();

	/**
	 * Does the work and sets the outputs.
	 *
	 * @throws IOException if a file cannot be read or written
	 */
	protected abstract void execute() throws IOException;

	/** Opens a file given for an image option; an ordinary image unless the command takes something else. */
	protected ImagePlus open(final Path file) throws IOException {
		return InputImages.open(file);
	}

	@Override
	public final void run() {
		try {
			check();
			execute();
		}
		catch (final IOException exc) {
			stop(new UncheckedIOException(exc.getMessage(), exc));
		}
		catch (final RuntimeException exc) {
			stop(exc);
		}
		finally {
			if (statusBar != null) statusBar.close();
		}
	}

	private void stop(final RuntimeException exc) {
		if (GraphicsEnvironment.isHeadless() || IJ.isMacro()) throw exc;
		cancel(Failure.text(exc));
	}

	/** Where progress is reported: ImageJ's status bar, unless another place was set. */
	protected final Monitor monitor() {
		if (monitor == null) {
			statusBar = new StatusBar(this::isCanceled);
			monitor = statusBar;
		}
		return monitor;
	}

	final void setMonitor(final Monitor monitor) {
		this.monitor = monitor;
	}

	/** Reports a result: a line on the command line, in the log window otherwise. */
	protected final void result(final String key, final Object value) {
		results.put(key, String.valueOf(value));
	}

	/** The results reported so far, in order. */
	public final Map<String, String> results() {
		return Collections.unmodifiableMap(results);
	}

	/** The command line that repeats this run, options at their defaults included. */
	public final String commandLine() {
		final CommandEntry entry = CommandCatalogue.ofClass(getClass().getName());
		final StringBuilder line = new StringBuilder("posteriorj ").append(entry.key());
		options().forEach((key, value) -> line.append(' ').append(quote(key + "=" + value)));
		return line.toString();
	}

	/** Every option with its value as text, in order; files that were not given are left out. */
	protected final Map<String, Object> options() {
		final CommandModule module = new CommandModule(CommandCatalogue.ofClass(getClass().getName()).info(), this);
		final Map<String, Object> options = new LinkedHashMap<>();
		for (final ModuleItem<?> option : CommandEntry.options(module.getInfo())) {
			final Object value = module.getInput(option.getName());
			if (value != null) options.put(option.getName(), OptionText.print(value));
		}
		return options;
	}

	/** The result with the command line and the options of this run in its record. */
	protected final Posterior signed(final Posterior run) {
		return new Posterior(run.mean(), run.std(), run.samples(), run.residual(), run.mask(), signed(run.provenance()), run.partial());
	}

	/** The record of a run with the command line and the options that made it. */
	protected final Provenance signed(final Provenance run) {
		return new Provenance(commandLine(), options(), run.facts(), run.warnings());
	}

	/** Reports the facts and warnings of a result. */
	protected final void report(final Posterior posterior) {
		if (posterior.partial()) result("partial", "stopped after " + posterior.samples().size() + " samples");
		report(posterior.provenance());
	}

	/** Reports the facts and warnings of a run. */
	protected final void report(final Provenance run) {
		run.facts().forEach(this::result);
		int n = 0;
		for (final String warning : run.warnings()) result("warning" + (n++ == 0 ? "" : " " + n), warning);
	}

	private static String quote(final String argument) {
		return argument.matches("[\\w./:=,+-]*") ? argument : "'" + argument.replace("'", "'\\''") + "'";
	}
}
