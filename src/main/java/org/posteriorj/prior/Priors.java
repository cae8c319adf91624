package org.posteriorj.prior;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The priors that ship in the jar, by name, and those that users bring, by path. */
public final class Priors {

	/** Names of the networks in the jar. */
	public static final List<String> SHIPPED = List.of("brain-mri");

	private Priors() {}

	/**
	 * Opens a prior.
	 *
	 * @param nameOrPath a shipped name, or the path of a {@code .pt} file
	 */
	public static DiffusionPrior open(final String nameOrPath) {
		return SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : PriorFile.open(path(nameOrPath));
	}

	/** As {@link #open}, without trying out whether it keeps the contract of a prior. */
	public static NetworkPrior load(final String nameOrPath) {
		return SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : PriorFile.load(path(nameOrPath));
	}

	private static Path path(final String nameOrPath) {
		final Path file = Path.of(nameOrPath);
		if (Files.exists(file)) return file;
		throw new IllegalArgumentException("prior: expected one of " + String.join(", ", SHIPPED) + " or the path of a .pt file, got '" + nameOrPath + "'.");
	}

	/** NB: libtorch reads files only, so the resource is copied out first. */
	private static NetworkPrior shipped(final String name) {
		try (InputStream in = Priors.class.getResourceAsStream("/org/posteriorj/priors/" + name + ".pt")) {
			if (in == null) throw new IllegalArgumentException("prior: " + name + " is missing in this build of PosteriorJ.");
			final Path copy = Files.createTempFile("posteriorj-" + name, ".pt");
			try {
				Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
				return PriorFile.load(copy);
			}
			finally {
				Files.deleteIfExists(copy);
			}
		}
		catch (final IOException exc) {
			throw new IllegalStateException("prior: " + name + " cannot be unpacked to " + System.getProperty("java.io.tmpdir") + ": " + exc.getMessage(), exc);
		}
	}
}
