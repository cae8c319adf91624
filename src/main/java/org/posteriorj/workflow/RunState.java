package org.posteriorj.workflow;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.posteriorj.io.FileHash;
import org.posteriorj.io.WholeFile;

/**
 * Finished samples of a run on disk, so that the same run, started again, goes on after the last of them.
 * <p>
 * They lie in {@code unfinished/ID} of the output folder, where ID stands for everything that decides the samples: options, input, weights,
 * versions, device and threads. A run with anything else has another ID, so that runs are never mixed. Because a sample depends on its seed and
 * number alone, the finished ones and those still to be drawn are, to the byte, the samples of an unbroken run.
 */
public final class RunState {

	private static final String FOLDER = "unfinished", LABEL = "run.properties";

	private final Path unfinished;
	private final boolean resume;
	private final List<String> notes = new ArrayList<>();
	private Path folder;
	private Properties label;
	private int resumed;

	private RunState(final Path output, final boolean resume) {
		unfinished = output == null ? null : output.resolve(FOLDER);
		this.resume = resume;
	}

	/** Keeps nothing. */
	public static RunState none() {
		return new RunState(null, false);
	}

	/**
	 * State in an output folder.
	 *
	 * @param output the folder; null keeps nothing
	 * @param resume whether finished samples of the same run are taken up; else they are deleted when it begins
	 */
	public static RunState in(final File output, final boolean resume) {
		return new RunState(output == null ? null : output.toPath().toAbsolutePath().normalize(), resume);
	}

	/**
	 * Begins or resumes the run that these things decide.
	 *
	 * @param settings the settings record of the workflow
	 * @param others input, weights, versions, ... by name
	 */
	void begin(final Record settings, final Map<String, String> others) {
		if (unfinished == null) return;
		final Map<String, String> all = new TreeMap<>(others);
		for (final RecordComponent option : settings.getClass().getRecordComponents()) all.put(option.getName(), value(settings, option));
		label = new Properties();
		label.putAll(all);
		folder = unfinished.resolve(FileHash.ofText(all.toString()).substring(0, 12));
		try {
			if (!resume) delete();
			noteOthers();
		}
		catch (final IOException exc) {
			throw new UncheckedIOException("output: the unfinished runs in '" + unfinished + "' cannot be read or deleted - name another folder.", exc);
		}
	}

	private static String value(final Record settings, final RecordComponent option) {
		try {
			return String.valueOf(option.getAccessor().invoke(settings));
		}
		catch (final ReflectiveOperationException exc) {
			throw new IllegalStateException("option " + option.getName() + " of " + settings.getClass().getSimpleName() + " cannot be read.", exc);
		}
	}

	private void noteOthers() throws IOException {
		if (!Files.isDirectory(unfinished)) return;
		try (Stream<Path> runs = Files.list(unfinished)) {
			for (final Path other : runs.filter(f -> !f.equals(folder) && Files.exists(f.resolve(LABEL))).sorted().toList()) {
				final Properties found = new Properties();
				try (InputStream in = Files.newInputStream(other.resolve(LABEL))) {
					found.load(in);
				}
				final String differences = label.stringPropertyNames().stream().sorted().filter(key -> !label.getProperty(key).equals(found.getProperty(key)))
					.map(key -> key + " " + found.getProperty(key) + ", now " + label.getProperty(key)).collect(Collectors.joining("; "));
				notes.add("The output folder holds an unfinished run of something else (" + differences + "), which was left alone; it goes on if it is repeated " +
					"as it was - or delete '" + other + "'.");
			}
		}
	}

	/** The name of the samples that begin with number k of slice z, both from 0. */
	static String name(final int z, final long k) {
		return String.format(Locale.ROOT, "slice-%04d-sample-%04d", z + 1, k + 1);
	}

	/** The samples kept under a name; empty if they are still to be drawn. */
	Optional<FinishedSamples> read(final String name) {
		if (folder == null) return Optional.empty();
		try {
			final Optional<FinishedSamples> found = FinishedSamples.read(file(name));
			if (found.isPresent()) resumed++;
			return found;
		}
		catch (final IOException exc) {
			notes.add("A finished sample could not be read and was drawn again: " + exc.getMessage());
			return Optional.empty();
		}
	}

	/** Keeps samples under a name. A full disk is no reason to end the run, which may still be stopped and written elsewhere. */
	void write(final String name, final FinishedSamples samples) {
		if (folder == null) return;
		try {
			if (!Files.exists(folder.resolve(LABEL))) {
				Files.createDirectories(folder);
				WholeFile.write(folder.resolve(LABEL), this::writeLabel);
			}
			samples.write(file(name));
		}
		catch (final IOException exc) {
			notes.add("Finished samples could not be kept for a resume: " + exc.getMessage());
			folder = null;
		}
	}

	private void writeLabel(final Path draft) throws IOException {
		try (OutputStream out = Files.newOutputStream(draft)) {
			label.store(out, "an unfinished run: the same command goes on with it");
		}
	}

	private Path file(final String name) {
		return folder.resolve(name + ".samples");
	}

	/** How many of the samples, or groups of samples drawn together, came from an earlier run. */
	int resumed() {
		return resumed;
	}

	/** What the user should know, one line each. */
	List<String> notes() {
		return notes;
	}

	/** Deletes the state of this run; to be called when its results have been written. */
	public void end() throws IOException {
		if (folder != null) delete();
	}

	private void delete() throws IOException {
		if (!Files.isDirectory(folder)) return;
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path file : files.toList()) Files.delete(file);
		}
		Files.delete(folder);
		try {
			Files.delete(unfinished);
		}
		catch (final DirectoryNotEmptyException exc) {
			// NB: another unfinished run is kept
			return;
		}
	}
}
