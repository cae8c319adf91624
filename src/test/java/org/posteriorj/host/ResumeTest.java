package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.io.NumPyReader;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.NumericArray;

/** A run that was killed goes on, and ends with the bytes of an unbroken one. */
class ResumeTest {

	private static final int SAMPLES = 12, ROWS = 48, COLUMNS = 40, COILS = 2;

	@TempDir
	static Path folder;

	private static long kept;
	private String out;

	/** The middle of the k-space of the sample scan: the same head, coarser. */
	@BeforeAll
	static void scanAndKill() throws IOException, InterruptedException {
		final NumericArray whole = new NumPyReader().array(Path.of("sample-data/brain-8coil-r4.npy"));
		final int rows = whole.shape()[whole.shape().length - 2], columns = whole.shape()[whole.shape().length - 1];
		final float[] values = new float[2 * COILS * ROWS * COLUMNS];
		for (int coil = 0; coil < COILS; coil++) for (int y = 0; y < ROWS; y++) {
			final int from = (coil * rows + (rows - ROWS) / 2 + y) * columns + (columns - COLUMNS) / 2;
			System.arraycopy(whole.values(), 2 * from, values, 2 * (coil * ROWS + y) * COLUMNS, 2 * COLUMNS);
		}
		NumPyWriter.write(folder.resolve("scan.npy"), new NumericArray(new int[] { COILS, ROWS, COLUMNS }, true, values, false));
		kill("broken");
		kept = kept("broken");
		assertTrue(kept > 0 && kept < SAMPLES, kept + " samples were kept: " + Files.readString(folder.resolve("log")));
		assertFalse(Files.exists(folder.resolve("broken/mean.npy")), "it was killed too late");
	}

	private static List<String> arguments(final String output, final String... more) {
		final List<String> all = new ArrayList<>(List.of("reconstruct-mri", "input=" + folder.resolve("scan.npy"), "prior=gaussian-field", "sampler=PnP-DM",
			"samples=" + SAMPLES, "steps=24", "noise=0.01", "device=cpu", "format=npy", "output=" + folder.resolve(output)));
		all.addAll(List.of(more));
		return all;
	}

	/** Starts a run in a process of its own and kills it, without a chance to clean up, when it has a finished sample. */
	private static void kill(final String output) throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"-Dposteriorj.threads=" + System.getProperty("posteriorj.threads", "1"), "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp", System.getProperty(
				"java.class.path"), CommandLine.class.getName()));
		command.addAll(arguments(output));
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
		while (kept(output) == 0 && process.isAlive()) Thread.sleep(5);
		process.destroyForcibly().waitFor();
	}

	private static long kept(final String output) throws IOException {
		final Path unfinished = folder.resolve(output).resolve("unfinished");
		if (!Files.exists(unfinished)) return 0;
		try (Stream<Path> files = Files.walk(unfinished)) {
			return files.filter(f -> f.toString().endsWith(".samples") && !f.getFileName().toString().startsWith(".")).count();
		}
	}

	/** Another output folder with what the killed run has left. */
	private static void copy(final String output) throws IOException {
		final Path from = folder.resolve("broken"), to = folder.resolve(output);
		try (Stream<Path> files = Files.walk(from)) {
			for (final Path file : files.toList()) Files.copy(file, to.resolve(from.relativize(file)));
		}
	}

	private void run(final List<String> arguments) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(arguments.toArray(
			String[]::new));
		assertEquals(0, code, e.toString(StandardCharsets.UTF_8));
		out = o.toString(StandardCharsets.UTF_8);
	}

	@Test
	void aKilledRunEndsWithTheSameBytes() throws IOException {
		copy("resumed");
		run(arguments("resumed"));
		assertTrue(out.contains("resumed: " + kept + " finished parts"), out);
		run(arguments("unbroken"));
		assertFalse(out.contains("resumed: "), out);
		for (final String name : List.of("mean", "std", "samples", "residual", "mask")) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("unbroken/" + name + ".npy")), Files.readAllBytes(folder.resolve("resumed/" + name + ".npy")), name);
		}
		assertFalse(Files.exists(folder.resolve("resumed/unfinished")), "the state is deleted at the end");
	}

	@Test
	void anotherRunNeverTakesTheSamplesUp() throws IOException {
		copy("other");
		run(arguments("other", "seed=2"));
		assertFalse(out.contains("resumed: "), out);
		assertTrue(out.contains("an unfinished run of something else (seed 1, now 2)"), out);
		assertEquals(kept, kept("other"), "the other run's samples are left alone");
		run(arguments("other", "resume=false"));
		assertFalse(out.contains("resumed: "), out);
		assertEquals(0, kept("other"));
	}
}
