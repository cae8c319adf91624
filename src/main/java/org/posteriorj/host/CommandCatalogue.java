package org.posteriorj.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands listed in {@code plugins.config}. */
public final class CommandCatalogue {

	private static final Pattern LINE = Pattern.compile("(.+?), \"(.+)\", org\\.posteriorj\\.host\\.CommandBridge\\(\"(.+)\"\\)");

	private CommandCatalogue() {}

	/** Every command, in the order of the menu. */
	public static List<CommandEntry> commands() {
		final List<CommandEntry> commands = new ArrayList<>();
		try {
			// other plug-ins have a plugins.config too; ours is known by the class that its lines name
			for (final URL config : Collections.list(CommandCatalogue.class.getClassLoader().getResources("plugins.config"))) {
				try (BufferedReader in = new BufferedReader(new InputStreamReader(config.openStream(), StandardCharsets.UTF_8))) {
					in.lines().map(LINE::matcher).filter(Matcher::matches).map(m -> new CommandEntry(m.group(1), m.group(2), m.group(3)))
						.filter(c -> !commands.contains(c)).forEach(commands::add);
				}
			}
		}
		catch (final IOException exc) {
			throw new UncheckedIOException("plugins.config cannot be read: " + exc.getMessage(), exc);
		}
		return commands;
	}

	/** The command with this name on the command line. */
	static CommandEntry find(final String key) {
		final List<CommandEntry> commands = commands();
		return commands.stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow(() -> {
			final List<String> keys = new ArrayList<>(commands.stream().map(CommandEntry::key).toList());
			Collections.addAll(keys, "help", "macro");
			return new IllegalArgumentException("unknown command '" + key + "' - did you mean '" + Nearest.of(key, keys) +
				"'? 'posteriorj help' lists all.");
		});
	}

	/** The command with this label in the menu, as {@code run("...")} of a macro names it. */
	static CommandEntry labelled(final String label) {
		final List<CommandEntry> commands = commands();
		return commands.stream().filter(c -> c.label().equals(label)).findFirst().orElseThrow(() -> new IllegalArgumentException("no command of PosteriorJ is called '" +
			label + "' - did you mean '" + Nearest.of(label, commands.stream().map(CommandEntry::label).toList()) + "'?"));
	}

	/** The command that this class implements. */
	static CommandEntry ofClass(final String className) {
		return commands().stream().filter(c -> c.className().equals(className)).findFirst().orElseThrow(
			() -> new IllegalStateException("no such command: " + className));
	}
}
