package org.posteriorj.prior;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import org.posteriorj.tensor.Script;

/**
 * Opens TorchScript prior files: looked at from outside first, then loaded, compared with the hash that they state, and tried
 * out, so that a damaged, foreign or malicious file ends in a sentence instead of a crash.
 */
public final class PriorFile {

	private static final long LARGEST_META = 4L << 20;

	private PriorFile() {}

	/**
	 * Loads a prior and checks that it keeps the contract of a denoiser.
	 *
	 * @throws IllegalArgumentException saying what is wrong with the file
	 */
	public static NetworkPrior open(final Path file) {
		final NetworkPrior prior = load(file);
		try {
			PriorContract.of(prior).require("prior " + file);
			return prior;
		}
		catch (final RuntimeException exc) {
			prior.close();
			throw exc;
		}
	}

	/**
	 * Loads a prior without trying it out; its {@code meta.json} stands inside the archive or beside the file, as
	 * {@code NAME.meta.json} or {@code meta.json}.
	 *
	 * @throws IllegalArgumentException saying what is wrong with the file
	 */
	public static NetworkPrior load(final Path file) {
		final Script script = ArchiveCheck.isNetwork(file) ? network(file) : WeightsImport.network(file, PriorMeta.fromJson("prior " + file, beside(file)));
		try {
			final String inside = script.extra(PriorMeta.FILE);
			final PriorMeta meta = PriorMeta.fromJson("prior " + file, inside.isEmpty() ? beside(file) : inside);
			if (!script.hasMethod("forward")) {
				throw new IllegalArgumentException("prior " + file + ": the module has no method forward(image, noise level) - export the network itself.");
			}
			final NetworkPrior prior = new NetworkPrior(script, meta);
			if (meta.sha256() != null && !meta.sha256().equals(prior.sha256())) {
				throw new IllegalArgumentException("prior " + file + ": the weights are not those that " + PriorMeta.FILE + " states (SHA-256) - copy the file again, or " +
					"leave sha256 out of " + PriorMeta.FILE + " if they were changed on purpose.");
			}
			return prior;
		}
		catch (final RuntimeException exc) {
			script.close();
			throw exc;
		}
	}

	private static Script network(final Path file) {
		try {
			return Script.load(file, PriorMeta.FILE);
		}
		catch (final RuntimeException exc) {
			throw new IllegalArgumentException("prior " + file + ": libtorch cannot read it: " + firstLine(exc), exc);
		}
	}

	/**
	 * Writes a prior file with the hash of its weights, whole or not at all: into a folder beside it, read back there, then moved.
	 *
	 * @throws UncheckedIOException one line, if it cannot be written
	 */
	public static void write(final Script network, final PriorMeta meta, final Path file) {
		try {
			final Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".writing-");
			// NB: the archive is named after the file, which therefore has its final name from the beginning
			final Path draft = folder.resolve(file.getFileName());
			try {
				network.save(draft, Map.of(PriorMeta.FILE, meta.withSha256(WeightHash.of(network)).toJson()));
				load(draft).close();
				Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				Files.deleteIfExists(draft);
				Files.delete(folder);
			}
		}
		catch (final IOException exc) {
			throw new UncheckedIOException("prior " + file + ": cannot be written: " + exc.getMessage(), exc);
		}
	}

	static String firstLine(final RuntimeException exc) {
		return String.valueOf(exc.getMessage()).split("\n")[0];
	}

	/** The description beside a file, empty if there is none. */
	private static String beside(final Path file) {
		final String own = file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "." + PriorMeta.FILE;
		for (final Path side : new Path[] { file.resolveSibling(own), file.resolveSibling(PriorMeta.FILE) }) {
			if (!Files.isReadable(side)) continue;
			try {
				if (Files.size(side) > LARGEST_META) throw new IllegalArgumentException("prior " + file + ": " + side + " is larger than 4 MB.");
				return Files.readString(side);
			}
			catch (final IOException exc) {
				throw new IllegalArgumentException("prior " + file + ": cannot read " + side + ": " + exc.getMessage(), exc);
			}
		}
		return "";
	}
}
