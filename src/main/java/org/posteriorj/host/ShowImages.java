package org.posteriorj.host;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.thread.ThreadService;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Fiji: images that our commands make become windows, and the first becomes the active image, in batch mode too. */
@Plugin(type = PostprocessorPlugin.class, priority = 100)
public final class ShowImages extends AbstractPostprocessorPlugin {

	@Parameter
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		if (!module.getInfo().getDelegateClassName().startsWith(MacroDefaults.COMMANDS)) return;
		ResultWindows.show(module);
		// commands run in a thread of their own, the macro waits in another
		final Thread macro = threads.getParent(Thread.currentThread());
		if (Interpreter.isBatchMode() && macro != null && WindowManager.getCurrentImage() != null) {
			WindowManager.setTempCurrentImage(macro, WindowManager.getCurrentImage());
		}
		for (final ModuleItem<?> output : module.getInfo().outputs()) {
			if (module.getOutput(output.getName()) instanceof ImagePlus) module.resolveOutput(output.getName());
		}
	}
}
