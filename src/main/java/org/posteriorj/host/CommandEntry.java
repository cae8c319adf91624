package org.posteriorj.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/**
 * A command of the menu.
 *
 * @param menu path above the leaf, joined by {@code >}
 * @param label the leaf, which is also the name in macros
 * @param className the command's class
 */
public record CommandEntry(String menu, String label, String className) {

	/** The name on the command line: the leaf in kebab case without dots. */
	public String key() {
		return label.replace(".", "").trim().toLowerCase(Locale.ROOT).replace(' ', '-');
	}

	/** The definition of the command. */
	public CommandInfo info() {
		try {
			final Class<?> loaded = Class.forName(className, false, CommandEntry.class.getClassLoader());
			return new CommandInfo(loaded.asSubclass(Command.class));
		}
		catch (final ClassNotFoundException exc) {
			throw new IllegalStateException("command '" + label + "': its class " + className + " is not in the jar - install PosteriorJ again.", exc);
		}
	}

	/** A new, unconfigured run of the command. */
	CommandModule module() {
		try {
			return new CommandModule(info());
		}
		catch (final ModuleException exc) {
			throw new IllegalStateException("command '" + label + "' cannot be made: " + exc.getMessage(), exc);
		}
	}

	/** The options that a user can set, in order. */
	static List<ModuleItem<?>> options(final CommandInfo info) {
		final List<ModuleItem<?>> options = new ArrayList<>();
		for (final ModuleItem<?> item : info.inputs()) {
			final Class<?> type = item.getType();
			if (!Service.class.isAssignableFrom(type) && type != Context.class) options.add(item);
		}
		return options;
	}
}
