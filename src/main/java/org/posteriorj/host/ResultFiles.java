package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.io.BartWriter;
import org.posteriorj.io.GeometryJson;
import org.posteriorj.io.CsvWriter;
import org.posteriorj.io.JsonWriter;
import org.posteriorj.io.NiftiWriter;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.NumericArray;

import ij.ImagePlus;
import ij.io.FileSaver;

/** Writes the files of a run into a folder: all of them or none. */
public final class ResultFiles {

	/** Formats of images. */
	public static final List<String> IMAGES = List.of("tif", "npy", "nii");
	/** Formats that hold k-space and sinograms too. */
	public static final List<String> KSPACE = List.of("tif", "npy");

	private final Path folder;
	private final List<String> formats;
	private final Map<String, Writer> files = new LinkedHashMap<>();

	private interface Writer {

		void write(Path file) throws IOException;
	}

	/** For a folder and formats that {@link #check} has accepted. */
	public ResultFiles(final File output, final String format) {
		folder = output.toPath().toAbsolutePath().normalize();
		formats = split(format);
	}

	/**
	 * Checks the options before any work is done.
	 *
	 * @param output folder, made if needed; null if nothing will be written
	 * @param format names of formats, separated by commas
	 * @param known the formats that are possible
	 */
	public static void check(final File output, final String format, final List<String> known) {
		for (final String name : split(format)) {
			if (!known.contains(name)) throw new IllegalArgumentException("format: expected any of " + String.join(", ", known) + ", got '" + name + "'.");
		}
		if (output == null) return;
		Path existing = output.toPath().toAbsolutePath().normalize();
		while (existing != null && !Files.exists(existing)) existing = existing.getParent();
		if (existing == null || !Files.isDirectory(existing)) {
			throw new IllegalArgumentException("output: '" + output + "' cannot be a folder, because '" + existing + "' is a file - name another folder.");
		}
		if (!Files.isWritable(existing)) throw new IllegalArgumentException("output: no permission to write into '" + existing + "' - name another folder.");
	}

	private static List<String> split(final String format) {
		return Arrays.stream(format.split(",", -1)).map(String::strip).distinct().toList();
	}

	/** Adds an image under a name without ending: the window as TIFF, the values of the volume in the other formats. */
	public ResultFiles add(final String name, final ImagePlus window, final Volume volume) {
		if (formats.contains("tif")) files.put(name + ".tif", file -> writeTiff(window, file));
		if (formats.contains("npy")) files.put(name + ".npy", file -> NumPyWriter.write(file, volume));
		if (formats.contains("nii")) files.put(name + ".nii", file -> NiftiWriter.write(file, volume.magnitude()));
		return this;
	}

	/** Adds k-space under a name without ending; a trajectory becomes {@code trajectory.npy} where the format has no room for it. */
	public ResultFiles add(final String name, final ImagePlus window, final MriScan scan) {
		if (formats.contains("tif")) files.put(name + ".tif", file -> writeTiff(window, file));
		if (formats.contains("npy")) {
			files.put(name + ".npy", file -> NumPyWriter.write(file, scan));
			if (scan instanceof NonCartesianKSpace along) files.put("trajectory.npy", file -> NumPyWriter.writeTrajectory(file, along));
		}
		return this;
	}

	/** Adds a sinogram under a name without ending; formats without room for its geometry get it as {@code geometry.json}. */
	public ResultFiles add(final String name, final ImagePlus window, final Sinogram sinogram) {
		if (formats.contains("tif")) files.put(name + ".tif", file -> writeTiff(window, file));
		if (formats.contains("npy")) {
			files.put(name + ".npy", file -> NumPyWriter.write(file, sinogram));
			files.put("geometry.json", file -> Files.writeString(file, GeometryJson.text(sinogram.geometry()) + "\n"));
		}
		return this;
	}

	/** Adds a picture under a name without ending, always as TIFF. */
	public ResultFiles addPicture(final String name, final ImagePlus picture) {
		files.put(name + ".tif", file -> writeTiff(picture, file));
		return this;
	}

	/** Adds a sampling mask under a name without ending, in every format that scanners and toolboxes read, whatever the formats of images. */
	public ResultFiles addMask(final String name, final ImagePlus picture, final Volume mask) {
		files.put(name + ".tif", file -> writeTiff(picture, file));
		files.put(name + ".npy", file -> NumPyWriter.write(file, mask));
		files.put(name + ".cfl", file -> BartWriter.write(file, mask));
		// NB: written together with the .cfl
		files.put(name + ".hdr", file -> {});
		return this;
	}

	/** Adds a text under a full name. */
	public ResultFiles addText(final String name, final String text) {
		files.put(name, file -> Files.writeString(file, text));
		return this;
	}

	/** Adds a record under a full name. */
	public ResultFiles addJson(final String name, final Object value) {
		files.put(name, file -> JsonWriter.write(file, value));
		return this;
	}

	/** Adds samples: one TIFF hyperstack, one array [sample, slice, y, x], one NIfTI file each. */
	public ResultFiles add(final String name, final ImagePlus window, final List<Volume> samples) {
		if (formats.contains("tif")) files.put(name + ".tif", file -> writeTiff(window, file));
		if (formats.contains("npy")) files.put(name + ".npy", file -> NumPyWriter.write(file, array(samples)));
		for (int k = 0; k < samples.size() && formats.contains("nii"); k++) {
			final Volume sample = samples.get(k).magnitude();
			files.put(String.format("%s-%03d.nii", name, k + 1), file -> NiftiWriter.write(file, sample));
		}
		return this;
	}

	private static NumericArray array(final List<Volume> samples) {
		final Volume first = samples.get(0);
		final int n = first.width() * first.height(), parts = first.channels();
		final float[] values = new float[samples.size() * first.depth() * n * parts];
		int next = 0;
		for (final Volume sample : samples) {
			for (final float[] slice : sample.slices()) {
				for (int i = 0; i < n; i++) for (int c = 0; c < parts; c++) values[next++] = slice[c * n + i];
			}
		}
		return new NumericArray(new int[] { samples.size(), first.depth(), first.height(), first.width() }, parts == 2, values, false);
	}

	/** Adds a table under a full name; its first line is the header. */
	public ResultFiles addTable(final String name, final List<List<String>> lines) {
		files.put(name, file -> CsvWriter.write(file, lines.get(0), lines.subList(1, lines.size())));
		return this;
	}

	/** Adds the record of the run as {@code result.json}. */
	public ResultFiles add(final Provenance run) {
		files.put("result.json", file -> JsonWriter.write(file, run));
		return this;
	}

	/** Writes into a folder inside the target first, so that a failure leaves nothing behind, then moves. */
	public void write() throws IOException {
		Files.createDirectories(folder);
		final Path draft = Files.createTempDirectory(folder, ".writing");
		try {
			for (final Map.Entry<String, Writer> file : files.entrySet()) file.getValue().write(draft.resolve(file.getKey()));
			for (final String name : files.keySet()) Files.move(draft.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			try (Stream<Path> left = Files.list(draft)) {
				for (final Path file : left.toList()) Files.delete(file);
			}
			Files.delete(draft);
		}
	}

	private static void writeTiff(final ImagePlus image, final Path file) throws IOException {
		final FileSaver saver = new FileSaver(image);
		final boolean written = image.getStackSize() > 1 ? saver.saveAsTiffStack(file.toString()) : saver.saveAsTiff(file.toString());
		if (!written) throw new IOException("'" + file.getFileName() + "' could not be written - is the disk full?");
	}
}
