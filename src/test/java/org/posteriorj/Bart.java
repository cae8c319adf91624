package org.posteriorj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/** BART of this computer, to compare with. */
public final class Bart {

	private Bart() {}

	/** Runs {@code bart ...} in a folder; the test is skipped, saying so, where BART is not installed. */
	public static void run(final Path folder, final String... arguments) {
		try {
			final boolean found = Arrays.stream(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "bart")));
			Assumptions.assumeTrue(found, "skipped: BART is not installed");
			final List<String> command = new ArrayList<>(List.of("bart"));
			command.addAll(List.of(arguments));
			final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
			builder.environment().put("OMP_NUM_THREADS", "1");
			final Process process = builder.redirectOutput(folder.resolve("bart.log").toFile()).start();
			assertEquals(0, process.waitFor(), Files.readString(folder.resolve("bart.log")));
		}
		catch (final IOException | InterruptedException exc) {
			throw new IllegalStateException(exc);
		}
	}
}
