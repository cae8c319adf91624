package org.posteriorj.host;

import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;

/** A small attenuating object in a file, 32 x 32 pixels of 2 mm, values in 1/mm. */
final class EllipseFile {

	private static final int SIZE = 32;

	private EllipseFile() {}

	/** Writes {@code ellipse.tif} into a folder. */
	static void write(final Path folder) {
		final FloatProcessor pixels = new FloatProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++) {
			final double x = i % SIZE - 15.5, y = i / SIZE - 15.5;
			pixels.setf(i, (float) (Math.hypot(x / 6, y / 13) < 1 ? 0.02 + 0.005 * Math.cos(x) : 0));
		}
		final ImagePlus image = new ImagePlus("ellipse", pixels);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("mm");
		IJ.saveAsTiff(image, folder.resolve("ellipse.tif").toString());
	}
}
