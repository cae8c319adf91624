package org.posteriorj.physics.ct;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Images for looking at, written below the folder {@code posteriorj.pictures}; nothing where that is not set. */
final class Pictures {

	private Pictures() {}

	static void write(final String name, final float[] image, final int rows, final int columns) throws IOException {
		final String folder = System.getProperty("posteriorj.pictures");
		if (folder == null) return;
		final float[] sorted = image.clone();
		java.util.Arrays.sort(sorted);
		final float low = sorted[sorted.length / 200], high = sorted[sorted.length - 1 - sorted.length / 200];
		final BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < image.length; i++) {
			final int grey = (int) Math.max(0, Math.min(255, 255 * (image[i] - low) / (high - low)));
			picture.getRaster().setSample(i % columns, i / columns, 0, grey);
		}
		ImageIO.write(picture, "png", Files.createDirectories(Path.of(folder)).resolve(name + ".png").toFile());
	}
}
