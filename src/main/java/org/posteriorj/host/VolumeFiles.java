package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.posteriorj.data.Volume;

/** Volumes of a folder and the folders in it: NIfTI, TIFF and NumPy files one volume each, DICOM slices one volume per series. */
public final class VolumeFiles {

	private static final int DEEPEST = 8;

	private VolumeFiles() {}

	/** Requires a folder or a file that exists and can be read. */
	public static void require(final String key, final File file) {
		if (file == null) throw new IllegalArgumentException(key + ": a file or folder is missing.");
		if (!file.exists()) throw new IllegalArgumentException(key + ": there is no file or folder '" + file + "'.");
		if (!file.canRead()) throw new IllegalArgumentException(key + ": no permission to read '" + file + "'.");
	}

	/** The only volume of a file, or of a folder of DICOM slices. */
	public static Volume one(final String key, final File file) throws IOException {
		final List<Volume> volumes = all(key, file, null);
		if (volumes.size() == 1) return volumes.get(0);
		throw new IOException(key + ": expected one volume in '" + file + "', found " + volumes.size() + " - name one file.");
	}

	/**
	 * Every volume, in order of the paths; links are followed.
	 *
	 * @param except a file or folder that is left out wherever a link leads to it, null for none
	 */
	public static List<Volume> all(final String key, final File folder, final File except) throws IOException {
		final List<Path> files;
		final Path without = except == null ? null : except.toPath().toRealPath();
		try (Stream<Path> walk = Files.walk(folder.toPath(), DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
			final List<Path> found = new ArrayList<>();
			for (final Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
				if (without == null || !file.toRealPath().startsWith(without)) found.add(file);
			}
			files = found;
		}
		catch (final UncheckedIOException exc) {
			if (exc.getCause() instanceof FileSystemLoopException loop) {
				throw new IOException(key + ": '" + loop.getFile() + "' is a link to a folder that holds it - remove the link.", exc);
			}
			throw exc.getCause();
		}
		final List<Volume> volumes = new ArrayList<>();
		final List<Path> slices = new ArrayList<>();
		for (final Path file : files) {
			final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
			if (name.matches(".*\\.(nii|nii\\.gz|npy|tiff?)")) volumes.add(Windows.volume(InputImages.open(file)).titled(title(folder, file)));
			else if (DicomVolumes.accepts(file)) slices.add(file);
		}
		volumes.addAll(DicomVolumes.read(slices));
		if (volumes.isEmpty()) throw new IOException(key + ": no NIfTI, TIFF, NumPy or DICOM volume was found in '" + folder + "'.");
		return volumes;
	}

	/** The path within the folder, without machine-specific parts above it. */
	private static String title(final File folder, final Path file) {
		final Path relative = folder.toPath().relativize(file);
		return relative.toString().isEmpty() ? file.getFileName().toString() : relative.toString().replace('\\', '/');
	}
}
