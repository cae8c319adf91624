package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.posteriorj.data.MriScan;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.io.GeometryJson;
import org.posteriorj.io.RawData;
import org.posteriorj.workflow.OpenCt;

import ij.ImagePlus;

/** Raw data files as windows. */
public final class RawFiles {

	private RawFiles() {}

	/** Requires a readable file. */
	public static void require(final String key, final File file) {
		if (file == null) throw new IllegalArgumentException(key + ": a file is missing.");
		InputImages.requireFile(key, file.toString());
	}

	/** How a k-space or sinogram window was understood, by name. */
	public static Map<String, Object> reading(final ImagePlus window) {
		final Map<String, Object> reading = new LinkedHashMap<>();
		if (SinogramWindow.accepts(window)) {
			final Sinogram sinogram = SinogramWindow.sinogram(window);
			reading.put("size", sinogram.detectors() + " x " + sinogram.views() + " x " + sinogram.depth() + " (detector pixels x views x slices)");
			lines(sinogram.reading(), reading);
			return reading;
		}
		final MriScan scan = MriWindows.scan(window);
		reading.put("coils", scan.coils());
		reading.put("size", scan.columns() + " x " + scan.rows() + " x " + scan.depth() + " (columns x rows x slices)");
		reading.put("acceleration", String.format(Locale.ROOT, "%.3f", scan.acceleration()));
		lines(scan.reading(), reading);
		return reading;
	}

	/** The readers write "key: value" lines; a key that comes again is numbered. */
	private static void lines(final List<String> lines, final Map<String, Object> reading) {
		for (final String line : lines) {
			final int colon = line.indexOf(": ");
			final String key = colon < 0 ? "note" : line.substring(0, colon);
			int n = 1;
			while (reading.containsKey(n == 1 ? key : key + " " + n)) n++;
			reading.put(n == 1 ? key : key + " " + n, colon < 0 ? line : line.substring(colon + 2));
		}
	}

	/** Whether a file holds images rather than a scan. */
	public static boolean isImage(final Path file) {
		return RawData.isImage(file);
	}

	/** Opens images as a window. */
	public static ImagePlus openImage(final Path file) throws IOException {
		return InputImages.open(file);
	}

	/** Whether a file holds a CT scan rather than k-space. */
	public static boolean isSinogram(final Path file) throws IOException {
		return InputImages.isTiff(file) ? SinogramWindow.accepts(InputImages.open(file)) : RawData.isProjections(file);
	}

	/**
	 * Opens a CT scan, or a sinogram window or other stack saved as TIFF, as a sinogram window.
	 *
	 * @param geometry a JSON file that comes before what the file says; null for none
	 */
	public static ImagePlus openSinogram(final Path file, final File geometry) throws IOException {
		final Sinogram sinogram = InputImages.isTiff(file) ? SinogramWindow.sinogram(InputImages.open(file), geometry(geometry)) : OpenCt.read(file, geometry ==
			null ? null : geometry.toPath());
		final ImagePlus window = SinogramWindow.image(sinogram);
		window.setProp(Windows.SOURCE, file.toAbsolutePath().normalize().toString());
		return window;
	}

	/** Opens a CT scan as a sinogram window, and a file that does not say how it was taken as a plain stack. */
	public static ImagePlus openStack(final Path file, final File geometry) throws IOException {
		if (InputImages.isTiff(file) || file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) return InputImages.open(file);
		return openSinogram(file, geometry);
	}

	/** What a geometry file says; nothing for null. */
	public static GeometryJson geometry(final File file) throws IOException {
		return file == null ? GeometryJson.none() : GeometryJson.read(file.toPath());
	}

	/** Opens raw data, or a k-space window saved as TIFF, as a k-space window. */
	public static ImagePlus open(final Path file) throws IOException {
		return open(file, TrajectoryOptions.NONE);
	}

	/** The same; {@code given} is what the user says about a trajectory. */
	public static ImagePlus open(final Path file, final TrajectoryOptions given) throws IOException {
		final boolean saved = InputImages.isTiff(file);
		if (saved && !given.equals(TrajectoryOptions.NONE)) {
			throw new IllegalArgumentException("'" + file.getFileName() + "': a saved window has its trajectory, so that trajectory, units, rows and columns do not apply.");
		}
		final ImagePlus window = saved ? InputImages.open(file) : MriWindows.image(RawData.read(file, given));
		if (saved) MriWindows.scan(window);
		window.setProp(Windows.SOURCE, file.toAbsolutePath().normalize().toString());
		return window;
	}
}
