package org.posteriorj.prior.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Progress;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.PriorMeta;
import org.posteriorj.prior.TestImage;
import org.posteriorj.prior.UNet;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;

/** Thousands of steps and evaluations without growth of native memory. */
@Tag("slow")
class EnduranceTest {

	private static final PriorMeta META = new PriorMeta("test", "1", "none", List.of(), 2, 0, "edm", "", 0.005, 40, 0.32, 1, Map.of(), "");
	private static final int WARM_UP = 400, STEPS = 2000;
	private static final long ALLOWED = 12L << 20;

	/** Resident memory of this process in bytes. */
	private static long resident() {
		try {
			for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
			}
			throw new IllegalStateException("no VmRSS");
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	/** In a JVM of its own whose heap is all there from the beginning, so that what grows is native. */
	@Test
	void nativeMemoryDoesNotGrow() throws IOException, InterruptedException {
		Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: memory is read from /proc");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms128m", "-Xmx128m",
			"-XX:+AlwaysPreTouch", "-Dposteriorj.threads=1", "-cp", System.getProperty("java.class.path"), EnduranceTest.class.getName()).redirectErrorStream(true)
				.start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), said);
		for (final String line : said.strip().lines().toList()) {
			final String[] words = line.split(" ");
			assertTrue(Long.parseLong(words[1]) < ALLOWED, words[0] + " grew by " + (Long.parseLong(words[1]) >> 20) + " MB in " + STEPS);
		}
	}

	/** Prints by how many bytes {@value #STEPS} evaluations and training steps make the process grow. */
	public static void main(final String[] args) {
		try (NetworkPrior prior = new NetworkPrior(UNet.build(UNet.Design.small(2, 0, 0.32), 1), META)) {
			evaluate(prior, WARM_UP);
			final long before = resident();
			evaluate(prior, STEPS);
			System.out.println("evaluations " + (resident() - before));
		}
		final long[] before = { 0 };
		try (Script network = UNet.build(UNet.Design.small(2, 0, 0.32), 1);
				Trainer trainer = new Trainer(network, new TrainingImages(List.of(TestImage.of(64, 1))), null, 2, 0.32, new Trainer.Settings(WARM_UP + STEPS, 1, 32, 1e-3,
					false, false, false, false, 1)))
		{
			trainer.run(Progress.NONE, t -> {
				if (t.step() == WARM_UP) before[0] = resident();
			});
			System.out.println("training " + (resident() - before[0]));
		}
	}

	private static void evaluate(final NetworkPrior prior, final int count) {
		for (int i = 0; i < count; i++) {
			final double sigma = 0.01 + 0.001 * i;
			Scopes.run(() -> prior.denoise(SampleRandom.single(1, 1).normal(2, 64, 64), sigma));
		}
	}
}
