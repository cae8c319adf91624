package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** One-line errors about files, and the checks that every reader needs. */
final class FileProblem {

	private FileProblem() {}

	/** An error about a file: {@code 'name': what, expected, got - what to do.} */
	static IOException of(final Path file, final String what) {
		return new IOException("'" + file.getFileName() + "': " + what);
	}

	/** An error about a file with the cause kept for the log. */
	static IOException of(final Path file, final String what, final Throwable cause) {
		return new IOException("'" + file.getFileName() + "': " + what, cause);
	}

	/** What the operating system refused, in words instead of the bare path that Java gives. */
	static String reason(final FileSystemException e) {
		if (e instanceof AccessDeniedException) return "no permission";
		if (e instanceof NoSuchFileException) return "the folder does not exist";
		if (e instanceof NotDirectoryException) return "a part of its path is a file, not a folder";
		return e.getReason() == null ? "refused by the file system" : e.getReason();
	}

	/** Requires a regular, readable, non-empty file. */
	static void requireFile(final Path file) throws IOException {
		if (!Files.exists(file)) throw of(file, "no such file in folder '" + file.toAbsolutePath().getParent() + "' - check the path.");
		if (!Files.isRegularFile(file)) throw of(file, "expected a file, got a folder - name the file itself.");
		if (!Files.isReadable(file)) throw of(file, "no permission to read it - change its permissions.");
		if (Files.size(file) == 0) throw of(file, "the file is empty (0 bytes) - was the copy interrupted?");
	}

	/** Number of values of an array, which must be positive, addressable by Java and fit into memory as float32. */
	static int requireSize(final Path file, final long values, final String shape) throws IOException {
		if (values < 1) throw of(file, "the array " + shape + " holds no values, expected at least one along every axis.");
		if (values > Integer.MAX_VALUE - 8) {
			throw of(file, "the array " + shape + " holds more than 2^31 values, which is more than can be read at once - split it by slices.");
		}
		final long bytes = 4 * values, limit = Runtime.getRuntime().maxMemory();
		if (bytes > limit) {
			throw of(file, String.format(Locale.ROOT, "the array %s needs %.1f GB, Java may use %.1f GB - raise the memory limit (-Xmx) or split it by slices.",
				shape, bytes / 1e9, limit / 1e9));
		}
		return (int) values;
	}

	/** Product of sizes; -1 if one of them is not positive, {@link Long#MAX_VALUE} if it overflows. */
	static long product(final long... sizes) {
		long product = 1;
		for (final long size : sizes) {
			if (size < 1) return -1;
			if (Math.multiplyHigh(product, size) != 0 || product * size < 0) return Long.MAX_VALUE;
			product *= size;
		}
		return product;
	}

	/** The ending of a file's name in lower case. */
	static boolean named(final Path file, final String... endings) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		for (final String ending : endings) if (name.endsWith(ending)) return true;
		return false;
	}

	/** The name without its ending. */
	static String title(final Path file) {
		return file.getFileName().toString().replaceFirst("(?i)\\.(nii\\.gz|[a-z0-9]+)$", "");
	}
}
