package org.posteriorj.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;

/** Files given where a command takes an image. */
final class InputImages {

	private InputImages() {}

	/** Requires a readable file. */
	static void requireFile(final String key, final String path) {
		final Path file = Path.of(path);
		if (!Files.exists(file)) throw new IllegalArgumentException(key + ": there is no file '" + path + "'.");
		if (Files.isDirectory(file)) throw new IllegalArgumentException(key + ": '" + path + "' is a folder, expected a file.");
		if (!Files.isReadable(file)) throw new IllegalArgumentException(key + ": no permission to read '" + path + "'.");
	}

	/** Opens what a file holds. */
	static ImagePlus open(final String key, final String path) throws IOException {
		requireFile(key, path);
		final Path file = Path.of(path);
		if (Files.size(file) == 0) throw new IOException(key + ": the file '" + path + "' is empty.");
		final ImagePlus image = RawFiles.reads(file) ? RawFiles.open(file) : openWithImageJ(key, file);
		image.setProp(Windows.SOURCE, file.toAbsolutePath().normalize().toString());
		return image;
	}

	private static ImagePlus openWithImageJ(final String key, final Path file) throws IOException {
		IJ.redirectErrorMessages(true);
		final ImagePlus image = IJ.openImage(file.toString());
		IJ.redirectErrorMessages(false);
		if (image == null) throw new IOException(key + ": ImageJ cannot read '" + file + "' - is it an image, and complete?");
		return image;
	}
}
