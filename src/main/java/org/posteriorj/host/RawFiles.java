package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.posteriorj.data.KSpace;
import org.posteriorj.io.RawData;

import ij.ImagePlus;

/** Raw data files as windows. */
public final class RawFiles {

	private RawFiles() {}

	/** Requires a readable file. */
	public static void require(final String key, final File file) {
		if (file == null) throw new IllegalArgumentException(key + ": a file is missing.");
		InputImages.requireFile(key, file.toString());
	}

	/** How a k-space window was understood, by name. */
	public static Map<String, Object> reading(final ImagePlus window) {
		final KSpace kspace = KSpaceWindow.kspace(window);
		final Map<String, Object> reading = new LinkedHashMap<>();
		reading.put("coils", kspace.coils());
		reading.put("size", kspace.columns() + " x " + kspace.rows() + " x " + kspace.depth() + " (columns x rows x slices)");
		reading.put("acceleration", String.format(Locale.ROOT, "%.3f", kspace.acceleration()));
		// the readers write "key: value" lines
		for (final String line : kspace.reading()) {
			final int colon = line.indexOf(": ");
			reading.put(colon < 0 ? "note" : line.substring(0, colon), colon < 0 ? line : line.substring(colon + 2));
		}
		return reading;
	}

	/** Opens raw data, or a k-space window saved as TIFF, as a k-space window. */
	public static ImagePlus open(final Path file) throws IOException {
		final boolean saved = InputImages.isTiff(file);
		final ImagePlus window = saved ? InputImages.open(file) : KSpaceWindow.image(RawData.read(file));
		if (saved) KSpaceWindow.kspace(window);
		window.setProp(Windows.SOURCE, file.toAbsolutePath().normalize().toString());
		return window;
	}
}
