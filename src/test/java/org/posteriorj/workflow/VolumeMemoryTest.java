package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Sinogram;

/** The memory that DiffusionMBIR is said to need against the peak of the process. */
@Tag("slow")
class VolumeMemoryTest {

	private static final int SIZE = 256, VIEWS = 8;

	/** In a JVM of its own with a heap of little more than is said. */
	@ParameterizedTest
	@ValueSource(ints = { 16, 64 })
	void theForecastIsWithinTwentyPercentOfThePeak(final int slices) throws IOException, InterruptedException {
		Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: memory is read from /proc");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-Dposteriorj.threads=1", "-cp", System
			.getProperty("java.class.path"), VolumeMemoryTest.class.getName(), Integer.toString(slices), Integer.toString(VIEWS)).redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertEquals(0, process.waitFor(), said);
		final String[] bytes = said.split(" ");
		assertTrue(Math.abs(Double.parseDouble(bytes[0]) / Double.parseDouble(bytes[1]) - 1) < 0.2, "forecast and peak in bytes: " + said);
	}

	/** Prints forecast and peak of resident memory in bytes for so many slices, each of so many views. */
	public static void main(final String[] args) throws IOException {
		final int slices = Integer.parseInt(args[0]), views = Integer.parseInt(args[1]), detectors = 363;
		final List<float[]> data = new ArrayList<>();
		for (int z = 0; z < slices; z++) {
			final float[] values = new float[views * detectors];
			for (int i = 0; i < values.length; i++) {
				final double t = (i % detectors - detectors / 2.0) / 100;
				values[i] = (float) (t * t < 1 ? 4 * Math.sqrt(1 - t * t) * (1 + 0.1 * Math.sin(30 * t + z)) : 0);
			}
			data.add(values);
		}
		final Sinogram scan = new Sinogram("disks", views, detectors, data, Geometry.parallel(Geometry.evenAngles(views, 180), 1, 1), 1, List.of());
		new ReconstructCt(new ReconstructCtSettings("DiffusionMBIR", "ct", 1, 1, "Standard", 0, 0.5, 1, "Hann", SIZE, false, false, false, false, 0.0193, false, 1, "cpu")).run(scan,
			Monitor.NONE);
		final long peak = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D",
			""))).findFirst().orElseThrow() << 10;
		final MemoryForecast forecast = MemoryForecast.ct((long) views * detectors, (long) SIZE * SIZE, slices, 1, slices, true);
		System.out.println(forecast.nativeBytes() + forecast.heapBytes() + " " + peak);
	}
}
