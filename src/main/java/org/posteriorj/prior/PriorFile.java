package org.posteriorj.prior;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.posteriorj.tensor.Script;

/**
 * Opens a TorchScript prior file after looking at it from outside: an archive of sane size with the parts of a TorchScript
 * module and nothing else, so that a damaged or foreign file ends in a sentence instead of a crash.
 */
public final class PriorFile {

	private static final long LARGEST = 1L << 30;
	private static final int MOST_ENTRIES = 20_000;

	private PriorFile() {}

	/**
	 * Loads a prior; its {@code meta.json} stands inside the archive or beside the file.
	 *
	 * @throws IllegalArgumentException saying what is wrong with the file
	 */
	public static NetworkPrior open(final Path file) {
		check(file);
		final Script script;
		try {
			script = Script.load(file, PriorMeta.FILE);
		}
		catch (final IllegalStateException exc) {
			throw new IllegalArgumentException("prior " + file + ": libtorch cannot read it: " + exc.getMessage(), exc);
		}
		try {
			return new NetworkPrior(script, PriorMeta.fromJson("prior " + file, meta(file, script)));
		}
		catch (final IllegalArgumentException exc) {
			script.close();
			throw exc;
		}
	}

	private static String meta(final Path file, final Script script) {
		final Path side = file.resolveSibling(PriorMeta.FILE);
		if (!script.extra(PriorMeta.FILE).isEmpty() || !Files.isReadable(side)) return script.extra(PriorMeta.FILE);
		try {
			return Files.readString(side);
		}
		catch (final IOException exc) {
			throw new IllegalArgumentException("prior " + file + ": cannot read " + side + ": " + exc.getMessage(), exc);
		}
	}

	/** Refuses what is not a TorchScript archive of sane size. */
	static void check(final Path file) {
		final String where = "prior " + file + ": ";
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException(where + "no such file - give a built-in name or the path of a .pt file.");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			if (zip.size() > MOST_ENTRIES) throw new IllegalArgumentException(where + "has " + zip.size() + " entries, at most " + MOST_ENTRIES + " are read.");
			boolean code = false, data = false;
			long size = 0;
			for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
				final ZipEntry entry = entries.nextElement();
				final String name = entry.getName();
				if (name.startsWith("/") || name.contains("..") || name.contains("\\")) {
					throw new IllegalArgumentException(where + "has an entry that leaves the archive, '" + name + "' - do not use this file.");
				}
				size += Math.max(0, entry.getSize());
				if (size > LARGEST) throw new IllegalArgumentException(where + "is larger than 1 GB unpacked.");
				code |= name.contains("/code/");
				data |= name.endsWith("/data.pkl");
			}
			if (!code || !data) {
				throw new IllegalArgumentException(where + "is an archive, but not a TorchScript module - export it with torch.jit.trace or torch.jit.script.");
			}
		}
		catch (final ZipException exc) {
			throw new IllegalArgumentException(where + "is not a TorchScript archive or is damaged (" + exc.getMessage() + ").", exc);
		}
		catch (final IOException exc) {
			throw new IllegalArgumentException(where + "cannot be read: " + exc.getMessage(), exc);
		}
	}
}
