package org.posteriorj.host;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

/**
 * The commands on the command line: {@code posteriorj COMMAND key=value ...}.
 * <p>
 * Results are {@code key: value} lines on the standard output, a failure is one line on the standard error; the exit code is
 * 0 for done, 1 for failed, 2 for wrong arguments.
 */
public final class CommandLine {

	static final int DONE = 0, FAILED = 1, WRONG_ARGUMENTS = 2;

	private final PrintStream out;
	private final PrintStream err;

	CommandLine(final PrintStream out, final PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/** Runs the command named by the first argument and exits. */
	public static void main(final String[] args) {
		System.setProperty("java.awt.headless", "true");
		final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		System.exit(new CommandLine(out, err).run(args));
	}

	int run(final String... args) {
		try {
			final List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
			if (args.length == 0 || List.of("help", "-h", "--help").contains(args[0])) return help(rest);
			if (args[0].equals("macro")) return macro(rest);
			final CommandEntry entry = CommandCatalogue.find(args[0]);
			final CommandModule module = entry.module();
			final Map<ModuleItem<?>, String> images = configure(entry, module, rest);
			return execute(module, images);
		}
		catch (final IllegalArgumentException exc) {
			return fail(exc, WRONG_ARGUMENTS);
		}
	}

	private int macro(final List<String> args) {
		if (args.isEmpty() || args.size() > 2) throw new IllegalArgumentException("macro: expected FILE.ijm [argument], got " + args.size() + " arguments.");
		final String error = HeadlessMacro.run(args.get(0), args.size() > 1 ? args.get(1) : "", out);
		if (error == null) return DONE;
		err.println("posteriorj: " + error);
		return FAILED;
	}

	/** Sets the options; returns the images still to be opened with their paths. */
	private static Map<ModuleItem<?>, String> configure(final CommandEntry entry, final CommandModule module, final List<String> args) {
		final Map<String, ModuleItem<?>> options = CommandEntry.options(module.getInfo()).stream().collect(Collectors.toMap(ModuleItem::getName, o -> o, (a,
			b) -> a, LinkedHashMap::new));
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String arg : args) {
			final int equals = arg.indexOf('=');
			final String key = equals < 0 ? arg : arg.substring(0, equals);
			if (!options.containsKey(key)) {
				throw new IllegalArgumentException(entry.key() + ": unknown option '" + key + "'" + (options.isEmpty() ? " - it takes none." : " - did you mean '" +
					Nearest.of(key, options.keySet()) + "'? 'posteriorj help " + entry.key() + "' lists all."));
			}
			if (equals < 0) throw new IllegalArgumentException(entry.key() + ": expected " + key + "=VALUE, got '" + arg + "'.");
			if (given.put(key, arg.substring(equals + 1)) != null) throw new IllegalArgumentException(entry.key() + ": " + key + " is given twice.");
		}
		final Map<ModuleItem<?>, String> images = new LinkedHashMap<>();
		for (final ModuleItem<?> option : options.values()) {
			final String key = option.getName(), text = given.get(key);
			final boolean needed = option.isRequired() && module.getInput(key) == null || key.equals("output");
			if (needed && (text == null || text.isBlank())) throw new IllegalArgumentException(entry.key() + ": " + key + "=... is missing - " + option
				.getDescription());
			if (text == null) continue;
			if (option.getType() == ij.ImagePlus.class) images.put(option, text);
			else module.setInput(key, OptionText.parse(option, text));
		}
		return images;
	}

	private int execute(final CommandModule module, final Map<ModuleItem<?>, String> images) {
		final PosteriorCommand command = (PosteriorCommand) module.getCommand();
		command.check();
		for (final Map.Entry<ModuleItem<?>, String> image : images.entrySet()) InputImages.requireFile(image.getKey().getName(), image.getValue());
		try {
			for (final Map.Entry<ModuleItem<?>, String> image : images.entrySet()) {
				module.setInput(image.getKey().getName(), command.open(Path.of(image.getValue())));
			}
			command.setMonitor(new ConsoleProgress(err));
			try {
				command.run();
			}
			finally {
				// NB: a check that fails has found what is wrong
				command.results().forEach((key, value) -> out.println(key + ": " + value));
			}
			return DONE;
		}
		catch (final IOException exc) {
			return fail(new UncheckedIOException(exc.getMessage(), exc), FAILED);
		}
		catch (final RuntimeException | OutOfMemoryError | LinkageError exc) {
			return fail(exc, FAILED);
		}
	}

	private int fail(final Throwable failure, final int code) {
		err.println("posteriorj: " + Failure.text(failure));
		return code;
	}

	private int help(final List<String> args) {
		final CommandHelp help = new CommandHelp(out);
		if (args.isEmpty()) help.all();
		else help.of(CommandCatalogue.find(args.get(0)));
		return DONE;
	}
}
