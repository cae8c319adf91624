package org.posteriorj.host;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Images of macros in batch mode, which ImageJ keeps for the whole process: a test that shows some must not leave one as the active image. */
final class BatchImages {

	private BatchImages() {}

	/** As if no image had ever been opened. */
	static void forget() {
		WindowManager.setTempCurrentImage(null);
		final int[] ids = Interpreter.getBatchModeImageIDs();
		for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			if (image != null) Interpreter.removeBatchModeImage(image);
		}
	}
}
