package org.posteriorj.prior;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks at a TorchScript archive from outside, before libtorch, which trusts it, does: sizes, names, checksums and the
 * operations that its code names.
 */
final class ArchiveCheck {

	private static final long LARGEST = 1L << 30;
	private static final long LARGEST_CODE = 32L << 20;
	private static final int MOST_ENTRIES = 20_000;
	/** TorchScript stores tensors uncompressed; more than this is a bomb. */
	private static final int MOST_EXPANSION = 50;
	/** Operations that reach files, and those of extensions that are not part of libtorch. */
	private static final Pattern FORBIDDEN = Pattern.compile("\\b(from_file|torch\\.save|torch\\.load|ops\\.aten\\.save|ops\\.(?!prim\\b|aten\\b|quantized\\b)\\w+)");

	private final Path file;
	private final String where;

	private ArchiveCheck(final Path file) {
		this.file = file;
		where = "prior " + file + ": ";
	}

	/**
	 * Whether the file holds a network with its code; otherwise weights alone.
	 *
	 * @throws IllegalArgumentException saying what is wrong with the file
	 */
	static boolean isNetwork(final Path file) {
		return new ArchiveCheck(file).check();
	}

	private boolean check() {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException(where + "no such file - give a built-in name or the path of a .pt file.");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			if (zip.size() > MOST_ENTRIES) throw new IllegalArgumentException(where + "has " + zip.size() + " entries, at most " + MOST_ENTRIES + " are read.");
			final List<? extends ZipEntry> entries = Collections.list(zip.entries());
			sizes(entries);
			final boolean network = hasCode(entries);
			for (final ZipEntry entry : entries) content(zip, entry);
			return network;
		}
		catch (final ZipException exc) {
			throw new IllegalArgumentException(where + "is not a TorchScript archive or is damaged (" + exc.getMessage() + ").", exc);
		}
		catch (final IOException exc) {
			throw new IllegalArgumentException(where + "cannot be read: " + exc.getMessage(), exc);
		}
	}

	private void sizes(final List<? extends ZipEntry> entries) throws IOException {
		long size = 0;
		for (final ZipEntry entry : entries) {
			final String name = entry.getName();
			if (name.startsWith("/") || name.matches("(.*/)?\\.\\.(/.*)?") || name.contains("\\") || name.indexOf(0) >= 0) {
				throw new IllegalArgumentException(where + "has an entry that leaves the archive, '" + name.replace('\0', '?') + "' - do not use this file.");
			}
			size += Math.max(0, entry.getSize());
			if (size > LARGEST) throw new IllegalArgumentException(where + "is larger than 1 GB unpacked - export a smaller network.");
		}
		if (size > MOST_EXPANSION * Files.size(file)) {
			throw new IllegalArgumentException(where + "unpacks to " + size + " bytes from " + Files.size(file) + " - do not use this file.");
		}
	}

	private boolean hasCode(final List<? extends ZipEntry> entries) {
		final boolean code = entries.stream().anyMatch(e -> e.getName().contains("/code/")), data = entries.stream().anyMatch(e -> e.getName().endsWith(
			"/data.pkl"));
		if (!data) throw new IllegalArgumentException(where + "is an archive, but not a TorchScript module - export it with torch.jit.trace or torch.jit.script.");
		return code;
	}

	/** NB: libtorch does not compare checksums, and damaged pickles or code may end the program. */
	private void content(final ZipFile zip, final ZipEntry entry) throws IOException {
		final boolean code = entry.getName().contains("/code/") && entry.getName().endsWith(".py");
		if (code && entry.getSize() > LARGEST_CODE) throw new IllegalArgumentException(where + "has more than 32 MB of code in '" + entry.getName() + "'.");
		final CRC32 sum = new CRC32();
		final ByteArrayOutputStream text = new ByteArrayOutputStream();
		final byte[] buffer = new byte[1 << 16];
		long size = 0;
		try (InputStream in = zip.getInputStream(entry)) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				sum.update(buffer, 0, n);
				size += n;
				if (size > entry.getSize()) throw new ZipException("entry '" + entry.getName() + "' is longer than it says");
				if (code) text.write(buffer, 0, n);
			}
		}
		if (size != entry.getSize() || sum.getValue() != entry.getCrc()) throw new ZipException("wrong checksum of '" + entry.getName() + "'");
		final Matcher forbidden = FORBIDDEN.matcher(text.toString(StandardCharsets.UTF_8));
		if (forbidden.find()) {
			throw new IllegalArgumentException(where + "its code calls " + forbidden.group() + ", which a denoiser does not need - do not use this file.");
		}
	}
}
