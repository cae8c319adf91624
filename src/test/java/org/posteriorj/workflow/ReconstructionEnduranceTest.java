package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Reconstructions one after the other in one JVM, from the raw scan to the result, each with a prior of its own: resident memory stays. */
@Tag("slow")
class ReconstructionEnduranceTest {

	private static final int RUNS = 200, WARM_UP = 10;
	private static final long ALLOWED = 50L << 20;

	/** In a JVM of its own whose heap is all there from the beginning, so that what grows is native. */
	@Test
	void twoHundredRunsGrowByLessThanFiftyMegabytes() throws IOException, InterruptedException {
		Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: memory is read from /proc");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms256m", "-Xmx256m",
			"-XX:+AlwaysPreTouch", "-Dposteriorj.threads=1", "-cp", System.getProperty("java.class.path"), ReconstructionEnduranceTest.class.getName())
				.redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertEquals(0, process.waitFor(), said);
		assertTrue(Long.parseLong(said) < ALLOWED, "grew by " + said + " bytes");
	}

	/** Prints by how many bytes the runs after the first {@value #WARM_UP} make the process grow. */
	public static void main(final String[] args) {
		final KSpace scan = scan();
		long before = 0;
		for (int i = 0; i < RUNS; i++) {
			if (i == WARM_UP) before = resident();
			final String sampler = i % 10 == 9 ? "L1-wavelet" : "PnP-DM";
			new ReconstructMri(new ReconstructMriSettings(sampler, "brain-mri", 2, 4, "Preview", 0, 0.5, 0, i, "cpu")).run(scan, Monitor.NONE);
		}
		System.out.println(resident() - before);
	}

	private static KSpace scan() {
		final int rows = 64, columns = 48;
		final float[] image = new float[rows * columns];
		for (int i = 0; i < image.length; i++) {
			final double y = i / columns - 31.0, x = i % columns - 23.0, r = y * y / 700 + x * x / 350;
			if (r < 1) image[i] = (float) (1 + 0.3 * Math.cos(0.5 * x) * Math.sin(0.4 * y));
		}
		final Volume volume = new Volume("disk", columns, rows, 1, List.of(image), VoxelSize.UNKNOWN, "");
		return new SimulateMri(new SimulateMriSettings(4, "Equispaced", 3, 16, 0.02, true, 3)).run(volume, Monitor.NONE).kspace();
	}

	/** Resident memory of this process in bytes. */
	private static long resident() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmRSS:")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D",
				""))).findFirst().orElseThrow() << 10;
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}
}
