package org.posteriorj.host;

import java.awt.GraphicsEnvironment;
import java.util.List;

import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

/** One run of a command in plain ImageJ: options from the macro or the dialog, recording, the run, the windows. */
final class BridgeRun {

	private final CommandEntry entry;
	private final String line;
	private final CommandModule module;
	private final List<ModuleItem<?>> options;

	/** @param line the options of a macro, null to ask for them in a dialog */
	BridgeRun(final CommandEntry entry, final String line) {
		this.entry = entry;
		this.line = line;
		module = entry.module();
		options = CommandEntry.options(entry.info());
	}

	void run() {
		final boolean unattended = line != null || GraphicsEnvironment.isHeadless();
		takeActiveImage();
		if (unattended) new MacroOptions(options).apply(module, line == null ? "" : line);
		else if (!new CommandDialog(entry, module, options).show()) return;
		for (final ModuleItem<?> option : options) {
			if (option.isRequired() && module.getInput(option.getName()) == null) {
				throw new IllegalArgumentException(entry.label() + " " + option.getName() + ": " + (option.getType() == ImagePlus.class ? "no image is open" :
					"is missing") + " - " + option.getDescription());
			}
		}
		if (Recorder.record && !unattended) new MacroOptions(options).record(module);
		try {
			module.run();
		}
		finally {
			// NB: a check that fails has found what is wrong
			ResultWindows.log(module);
		}
		if (module.isCanceled()) throw new IllegalStateException(module.getCancelReason());
		ResultWindows.show(module);
	}

	/** As in Fiji, a command with one image takes the active one without asking. */
	private void takeActiveImage() {
		final List<ModuleItem<?>> images = options.stream().filter(o -> o.getType() == ImagePlus.class).toList();
		if (images.size() != 1) return;
		final ImagePlus active = WindowManager.getCurrentImage();
		module.setInput(images.get(0).getName(), active);
		if (line == null || Macro.getValue(line, images.get(0).getName(), null) == null) options.remove(images.get(0));
		if (active == null && images.get(0).isRequired()) {
			throw new IllegalArgumentException(entry.label() + " needs an image - " + images.get(0).getDescription());
		}
		IJ.showStatus(entry.label());
	}
}
