package org.posteriorj.host;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;

/**
 * Fiji: in a macro, options left out mean their defaults, without a dialog and without remembered values. Only for our
 * commands; after the macro's own options, before remembered values and the dialog.
 */
@Plugin(type = PreprocessorPlugin.class, priority = -9000)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	static final String COMMANDS = "org.posteriorj.command.";

	@Override
	public void process(final Module module) {
		if (!module.getInfo().getDelegateClassName().startsWith(COMMANDS) || !IJ.isMacro() || Macro.getOptions() == null) return;
		for (final ModuleItem<?> option : module.getInfo().inputs()) {
			final String key = option.getName();
			if (!module.isInputResolved(key) && !(option.isRequired() && module.getInput(key) == null)) module.resolveInput(key);
		}
	}
}
