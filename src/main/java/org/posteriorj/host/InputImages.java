package org.posteriorj.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.posteriorj.io.RawData;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;

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

	/** Opens an image file: NumPy, BART and NIfTI by our readers, everything else by ImageJ. */
	static ImagePlus open(final Path file) throws IOException {
		if (Files.size(file) == 0) throw new IOException("the file '" + file + "' is empty.");
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		final ImagePlus image = name.matches(".*\\.(npy|cfl|hdr|nii|nii\\.gz)") ? Windows.image(RawData.readVolume(file)) : openWithImageJ(file);
		image.setProp(Windows.SOURCE, file.toAbsolutePath().normalize().toString());
		return image;
	}

	static boolean isTiff(final Path file) {
		return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tiff?");
	}

	private static ImagePlus openWithImageJ(final Path file) throws IOException {
		if (isTiff(file)) requireWhole(file);
		IJ.redirectErrorMessages(true);
		final ImagePlus image = new Opener().openImage(file.toString());
		IJ.redirectErrorMessages(false);
		if (image == null) throw new IOException("ImageJ cannot read '" + file + "' - is it an image, and complete?");
		return image;
	}

	/** ImageJ fills what is missing at the end of a file with zeros, without a word. */
	private static void requireWhole(final Path file) throws IOException {
		final FileInfo[] parts = new TiffDecoder(file.toAbsolutePath().getParent() + "/", file.getFileName().toString()).getTiffInfo();
		if (parts == null || parts.length == 0) throw new IOException("ImageJ cannot read '" + file + "' - is it an image, and complete?");
		for (final FileInfo part : parts) {
			if (part.compression > FileInfo.COMPRESSION_NONE) continue;
			final long image = (long) part.width * part.height * part.getBytesPerPixel(), images = Math.max(1, part.nImages);
			final long needed = part.getOffset() + images * image + (images - 1) * part.getGap();
			if (Files.size(file) < needed) {
				throw new IOException("'" + file + "' is cut short: " + Files.size(file) + " bytes, expected at least " + needed + " - copy it again.");
			}
		}
	}
}
