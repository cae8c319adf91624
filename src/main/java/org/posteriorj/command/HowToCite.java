package org.posteriorj.command;

import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.workflow.Citations;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** What to cite. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>How To Cite",
	description = "What to cite when a result made with this software is published.")
public final class HowToCite extends PosteriorCommand {

	@Override
	public void check() {
		// there are no options
	}

	@Override
	protected void execute() {
		Citations.ALWAYS.forEach(this::result);
		Citations.METHODS.forEach(this::result);
	}
}
