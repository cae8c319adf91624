package org.posteriorj.command;

import org.posteriorj.host.PosteriorCommand;
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
		result("software", "PosteriorJ developers, PosteriorJ: diffusion posterior sampling for MRI and CT in ImageJ, https://github.com/posteriorj/posteriorj");
		result("sampler", "cite the paper of the sampler too; result.json names the one that was used");
		result("imagej", "Schneider, Rasband, Eliceiri, Nature Methods 9 (2012) 671-675");
	}
}
