package org.posteriorj.host;

import java.awt.GraphicsEnvironment;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.ImagePlus;
import ij.macro.Interpreter;

/** Shows what a command made: images as windows, results in the log. */
final class ResultWindows {

	private ResultWindows() {}

	/** Shows every image; the first one becomes the active image. */
	static void show(final Module module) {
		ImagePlus first = null;
		for (final ModuleItem<?> output : module.getInfo().outputs()) {
			if (!(module.getOutput(output.getName()) instanceof final ImagePlus image)) continue;
			if (first == null) first = image;
			else open(image);
		}
		if (first != null) open(first);
	}

	/** Writes the results of a command to the log. */
	static void log(final Module module) {
		((PosteriorCommand) module.getDelegateObject()).results().forEach((key, value) -> IJ.log(key + ": " + value));
	}

	private static void open(final ImagePlus image) {
		if (GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode()) Interpreter.batchMode = true;
		image.show();
	}
}
