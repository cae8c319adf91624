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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed goes on, and ends with the bytes of an unbroken one. */
class ResumeTest {

	private static final int SAMPLES = 4;

	@TempDir
	Path folder;

	private String out;

	private List<String> arguments(final String output, final String... more) {
		final List<String> all = new ArrayList<>(List.of("reconstruct-mri", "input=sample-data/brain-8coil-r4.npy", "prior=gaussian-field", "sampler=PnP-DM",
			"samples=" + SAMPLES, "steps=24", "noise=0.01", "device=cpu", "format=npy", "output=" + folder.resolve(output)));
		all.addAll(List.of(more));
		return all;
	}

	private void run(final List<String> arguments) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(arguments.toArray(
			String[]::new));
		assertEquals(0, code, e.toString(StandardCharsets.UTF_8));
		out = o.toString(StandardCharsets.UTF_8);
	}

	private long kept(final String output) throws IOException {
		final Path unfinished = folder.resolve(output).resolve("unfinished");
		if (!Files.exists(unfinished)) return 0;
		try (Stream<Path> files = Files.walk(unfinished)) {
			return files.filter(f -> f.toString().endsWith(".samples") && !f.getFileName().toString().startsWith(".")).count();
		}
	}

	/** Starts a run in a process of its own and kills it, without a chance to clean up, when it has a finished sample. */
	private long killed(final String output) throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"-Dposteriorj.threads=" + System.getProperty("posteriorj.threads", "1"), "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp", System.getProperty(
				"java.class.path"), CommandLine.class.getName()));
		command.addAll(arguments(output));
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
		while (kept(output) == 0 && process.isAlive()) Thread.sleep(20);
		process.destroyForcibly().waitFor();
		return kept(output);
	}

	@Test
	void aKilledRunEndsWithTheSameBytes() throws Exception {
		final long kept = killed("broken");
		assertTrue(kept > 0 && kept < SAMPLES, kept + " samples were kept: " + Files.readString(folder.resolve("log")));
		assertFalse(Files.exists(folder.resolve("broken/mean.npy")), "it was killed too late");
		run(arguments("broken"));
		assertTrue(out.contains("resumed: " + kept + " finished parts"), out);
		run(arguments("unbroken"));
		assertFalse(out.contains("resumed"), out);
		for (final String name : List.of("mean", "std", "samples", "residual", "mask")) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("unbroken/" + name + ".npy")), Files.readAllBytes(folder.resolve("broken/" + name + ".npy")), name);
		}
		assertFalse(Files.exists(folder.resolve("broken/unfinished")), "the state is deleted at the end");
	}

	@Test
	void anotherRunNeverTakesTheSamplesUp() throws Exception {
		final long kept = killed("output");
		assertTrue(kept > 0, Files.readString(folder.resolve("log")));
		run(arguments("output", "seed=2"));
		assertFalse(out.contains("resumed"), out);
		assertTrue(out.contains("an unfinished run of something else (seed 1, now 2)"), out);
		assertEquals(kept, kept("output"), "the other run's samples are left alone");
		run(arguments("output", "resume=false"));
		assertFalse(out.contains("resumed"), out);
		assertEquals(0, kept("output"));
	}
}
