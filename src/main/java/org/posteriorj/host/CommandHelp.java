package org.posteriorj.host;

import java.io.PrintStream;
import java.util.List;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

import ij.ImagePlus;

/** What {@code posteriorj help} prints. */
final class CommandHelp {

	private final PrintStream out;

	CommandHelp(final PrintStream out) {
		this.out = out;
	}

	void all() {
		out.println("posteriorj                              opens ImageJ's window");
		out.println("posteriorj COMMAND key=value ...        runs a command");
		out.println("posteriorj help COMMAND                 lists its options, units and defaults");
		out.println("posteriorj macro FILE.ijm [argument]    runs an ImageJ macro without a window");
		out.println();
		for (final CommandEntry entry : CommandCatalogue.commands()) out.printf("%-28s %s%n", entry.key(), entry.info().getDescription());
		out.println();
		out.println("Exit code: 0 done, 1 failed, 2 wrong arguments. For research only.");
	}

	void of(final CommandEntry entry) {
		final CommandModule module = entry.module();
		final CommandInfo info = module.getCommand() == null ? entry.info() : (CommandInfo) module.getInfo();
		out.println(entry.key() + ": " + info.getDescription());
		out.println("menu and macro: " + entry.menu().replace(">", " > ") + " > " + entry.label());
		for (final ModuleItem<?> option : CommandEntry.options(info)) {
			final Object value = module.getInput(option.getName());
			final boolean image = option.getType() == ImagePlus.class;
			out.println();
			out.println("  " + option.getName() + "=" + (image ? "FILE" : OptionText.print(value)));
			out.println("      " + option.getLabel() + ". " + option.getDescription());
			final List<String> choices = OptionText.choices(option);
			if (!choices.isEmpty()) out.println("      one of: " + String.join(", ", choices));
		}
	}
}
