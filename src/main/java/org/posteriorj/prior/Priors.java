package org.posteriorj.prior;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The priors that ship in the jar, by name, and those that users bring, by path. */
public final class Priors {

	/** Names of the networks in the jar. */
	public static final List<String> SHIPPED = List.of("brain-mri", "brain-mri-conditional", "ct");

	/** The fitted Gaussian field: the simplest prior, exactly solvable. */
	public static final String GAUSSIAN_FIELD = "gaussian-field";
	private static final String FOLDER = "/org/posteriorj/priors/";

	private Priors() {}

	/** Names of all built-in priors. */
	public static List<String> names() {
		final List<String> names = new java.util.ArrayList<>(SHIPPED);
		names.add(GAUSSIAN_FIELD);
		return names;
	}

	/**
	 * Opens a prior, for sampling: a network whose training turned images is a {@link TurnedPrior}.
	 *
	 * @param nameOrPath a shipped name, or the path of a {@code .pt} file
	 */
	public static DiffusionPrior open(final String nameOrPath) {
		if (GAUSSIAN_FIELD.equals(nameOrPath)) return gaussianField();
		return TurnedPrior.of(SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : PriorFile.open(path(nameOrPath)));
	}

	/** The network of {@link #open} itself, without trying out whether it keeps the contract of a prior. */
	public static NetworkPrior load(final String nameOrPath) {
		return SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : PriorFile.load(path(nameOrPath));
	}

	private static Path path(final String nameOrPath) {
		final Path file = Path.of(nameOrPath);
		if (Files.exists(file)) return file;
		throw new IllegalArgumentException("prior: expected one of " + String.join(", ", names()) + " or the path of a .pt file, got '" + nameOrPath + "'.");
	}

	/** A complex field with the spectrum of heads, one value per line from |k| = 0 to sqrt(1/2) cycles per pixel. */
	private static GaussianFieldPrior gaussianField() {
		try (InputStream in = Priors.class.getResourceAsStream(FOLDER + GAUSSIAN_FIELD + ".txt")) {
			final double[] table = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().filter(line -> !line.startsWith("#")).mapToDouble(
				Double::parseDouble).toArray();
			return new GaussianFieldPrior(GAUSSIAN_FIELD, 2, Spectrum.table(table));
		}
		catch (final IOException exc) {
			throw new IllegalStateException("prior: " + GAUSSIAN_FIELD + " cannot be read: " + exc.getMessage(), exc);
		}
	}

	/** NB: libtorch reads files only, so the resource is copied out first. */
	private static NetworkPrior shipped(final String name) {
		try (InputStream in = Priors.class.getResourceAsStream(FOLDER + name + ".pt")) {
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
