package org.posteriorj.prior.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * The state of a training run in a folder. Two generations take turns, and a small index that is replaced last names the
 * valid one: a run killed while saving loses nothing but the time since the save before.
 */
public final class Checkpoint {

	private static final String INDEX = "checkpoint.properties";

	private final Path folder;

	public Checkpoint(final Path folder) {
		this.folder = folder;
	}

	/** Saves a run. */
	public void save(final Trainer trainer) {
		try {
			Files.createDirectories(folder);
			final String generation = "even".equals(index().getProperty("generation")) ? "odd" : "even";
			trainer.training().save(folder.resolve(generation + ".optimizer"), folder.resolve(generation + ".weights"));
			final Properties index = new Properties();
			index.setProperty("generation", generation);
			index.setProperty("step", Long.toString(trainer.step()));
			index.setProperty("loss", Double.toString(trainer.loss()));
			final Path temporary = folder.resolve(INDEX + ".tmp");
			try (OutputStream out = Files.newOutputStream(temporary)) {
				index.store(out, "valid state of the training run");
			}
			Files.move(temporary, folder.resolve(INDEX), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException("training: cannot save to " + folder + ": " + exc.getMessage(), exc);
		}
	}

	/** Continues {@code trainer} where the folder's run stopped; returns false if there is none. */
	public boolean restore(final Trainer trainer) {
		try {
			final Properties index = index();
			if (index.isEmpty()) return false;
			trainer.compile();
			final String generation = index.getProperty("generation");
			trainer.training().load(folder.resolve(generation + ".optimizer"), folder.resolve(generation + ".weights"));
			trainer.restore(Long.parseLong(index.getProperty("step")), Double.parseDouble(index.getProperty("loss")));
			return true;
		}
		catch (final IOException | NumberFormatException exc) {
			throw new IllegalStateException("training: " + folder.resolve(INDEX) + " is damaged - delete the folder to start anew.", exc);
		}
	}

	/** What the index says, empty if there is none. */
	private Properties index() throws IOException {
		final Properties index = new Properties();
		final Path file = folder.resolve(INDEX);
		if (Files.exists(file)) {
			try (InputStream in = Files.newInputStream(file)) {
				index.load(in);
			}
		}
		return index;
	}
}
