package org.posteriorj.command;

import org.posteriorj.host.CommandCatalogue;
import org.posteriorj.host.PosteriorCommand;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** The commands in one list, and where to read more. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Help", description = "What each command does, and where to read more.")
public final class HelpCommand extends PosteriorCommand {

	@Override
	public void check() {
		// there are no options
	}

	@Override
	protected void execute() {
		CommandCatalogue.commands().forEach(command -> result(command.label(), command.info().getDescription()));
		result("Options", "every dialog names unit and range; 'posteriorj help COMMAND' prints them, and the macro recorder writes them");
		result("Manual", "README.md beside the launcher, https://github.com/posteriorj/posteriorj");
		result("Questions", "https://forum.image.sc/tag/posteriorj");
	}
}
