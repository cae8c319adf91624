package org.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitTest {

	@TempDir
	Path folder;

	/** Without the wait two of five such programs died of a segmentation fault. */
	@Test
	void aProgramEndsWhileAnotherThreadComputes() throws IOException, InterruptedException {
		for (final int milliseconds : new int[] { 300, 340, 380, 420, 460 }) {
			final Path log = folder.resolve("log");
			final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:ErrorFile=" + folder.resolve("error"),
				"-Dposteriorj.threads=1", "-cp", System.getProperty("java.class.path"), ExitProgram.class.getName(), String.valueOf(milliseconds)).redirectErrorStream(true)
				.redirectOutput(log.toFile()).start();
			assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program did not end");
			assertEquals(3, process.exitValue(), Files.readString(log));
		}
	}
}
