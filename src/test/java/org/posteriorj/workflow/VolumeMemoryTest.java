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
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** The memory that DiffusionMBIR is said to need against the peak of the process. */
@Tag("slow")
class VolumeMemoryTest {

	private static final int SIZE = 256;

	/** In a JVM of its own with a heap of little more than is said. */
	@ParameterizedTest
	@CsvSource({ "ct, 16, 8", "ct, 64, 8", "mri, 8, 4", "mri, 24, 8", "radial, 8, 4" })
	void theForecastIsWithinTwentyPercentOfThePeak(final String kind, final String slices, final String of) throws IOException, InterruptedException {
		Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: memory is read from /proc");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m", "-Dposteriorj.threads=1", "-cp", System
			.getProperty("java.class.path"), VolumeMemoryTest.class.getName(), kind, slices, of).redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertEquals(0, process.waitFor(), said);
		final String[] bytes = said.substring(said.lastIndexOf('\n') + 1).split(" ");
		assertTrue(Math.abs(Double.parseDouble(bytes[0]) / Double.parseDouble(bytes[1]) - 1) < 0.2, "forecast and peak in bytes: " + said);
	}

	/** Prints forecast and peak of resident memory in bytes: {@code ct SLICES VIEWS}, {@code mri SLICES COILS} or {@code radial SLICES COILS}. */
	public static void main(final String[] args) throws IOException {
		final int slices = Integer.parseInt(args[1]), count = Integer.parseInt(args[2]);
		final MemoryForecast forecast = args[0].equals("ct") ? ct(slices, count) : mri(slices, count, args[0].equals("radial"));
		final long peak = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D",
			""))).findFirst().orElseThrow() << 10;
		System.out.println(forecast.nativeBytes() + forecast.heapBytes() + " " + peak);
	}

	private static MemoryForecast ct(final int slices, final int views) {
		final int detectors = 363;
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
		return MemoryForecast.ct((long) views * detectors, (long) SIZE * SIZE, slices, 1, slices, true);
	}

	private static MemoryForecast mri(final int slices, final int coils, final boolean radial) {
		final List<float[]> disks = new ArrayList<>();
		for (int z = 0; z < slices; z++) {
			final float[] values = new float[SIZE * SIZE];
			for (int i = 0; i < values.length; i++) {
				final double y = (i / SIZE - SIZE / 2.0) / 100, x = (i % SIZE - SIZE / 2.0) / 80;
				values[i] = (float) (y * y + x * x < 1 ? 1 + 0.3 * Math.sin(9 * x + 0.1 * z) * Math.cos(7 * y) : 0);
			}
			disks.add(values);
		}
		final Volume volume = new Volume("disks", SIZE, SIZE, 1, disks, VoxelSize.UNKNOWN, "");
		final MriScan scan = new SimulateMri(new SimulateMriSettings(coils, radial ? "Full" : "Equispaced", 4, 24, radial ? "radial" : "Cartesian", 64, 0.02, true, 3)).run(volume,
			Monitor.NONE).scan();
		new ReconstructMri(new ReconstructMriSettings("DiffusionMBIR", "brain-mri", 1, 1, "Standard", 0, 0.5, 0, 1, "cpu")).run(scan, Monitor.NONE);
		return MemoryForecast.mriVolume(coils, SIZE, SIZE, slices, radial);
	}
}
