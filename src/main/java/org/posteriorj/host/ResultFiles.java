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

import org.posteriorj.data.Provenance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import ij.ImagePlus;
import ij.io.FileSaver;

/** Writes the files of a run into a folder: all of them or none. */
public final class ResultFiles {

	/** Values of {@code format}. */
	public static final List<String> FORMATS = List.of("tif");

	private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();

	private final Path folder;
	private final List<String> formats;
	private final Map<String, Writer> files = new LinkedHashMap<>();

	private interface Writer {

		void write(Path file) throws IOException;
	}

	/**
	 * Checks the options before any work is done.
	 *
	 * @param output folder, made if needed
	 * @param format any of {@link #FORMATS}, separated by commas
	 */
	public ResultFiles(final File output, final String format) {
		folder = output.toPath().toAbsolutePath().normalize();
		formats = checkFormats(format);
		Path existing = folder;
		while (existing != null && !Files.exists(existing)) existing = existing.getParent();
		if (existing == null || !Files.isDirectory(existing)) {
			throw new IllegalArgumentException("output: '" + output + "' cannot be a folder, because '" + existing + "' is a file - name another folder.");
		}
		if (!Files.isWritable(existing)) throw new IllegalArgumentException("output: no permission to write into '" + existing + "' - name another folder.");
	}

	/** The formats named in an option value. */
	public static List<String> checkFormats(final String format) {
		final List<String> formats = Arrays.stream(format.split(",")).map(String::strip).distinct().toList();
		for (final String f : formats) {
			if (!FORMATS.contains(f)) throw new IllegalArgumentException("format: expected any of " + String.join(", ", FORMATS) + ", got '" + f + "'.");
		}
		return formats;
	}

	/** Adds an image under a name without ending, in every format asked for. */
	public ResultFiles add(final String name, final ImagePlus image) {
		for (final String format : formats) files.put(name + "." + format, file -> writeTiff(image, file));
		return this;
	}

	/** Adds the record of the run as {@code result.json}. */
	public ResultFiles add(final Provenance run) {
		files.put("result.json", file -> Files.writeString(file, JSON.toJson(run) + "\n"));
		return this;
	}

	/** Writes into a folder beside the target first, so that a failure leaves nothing behind, then moves. */
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
