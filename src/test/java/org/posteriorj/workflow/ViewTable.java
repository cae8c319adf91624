package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.tensor.SampleRandom;

/**
 * 16 chosen views of elongated objects against 16 evenly spaced ones, reconstructed alike with the prior {@code ct}; one row of
 * {@code results.csv} and one image for each object, views and method. What is there already is not done again.
 * <p>
 * Arguments: volume in HU, folder, objects: {@code ellipse-SEED} or {@code slice-Z} of the volume at half its resolution.
 */
public final class ViewTable {

	private static final int SIZE = 80, CANDIDATES = 96, VIEWS = 16, FIRST = 4, SAMPLES = 4;
	private static final double PIXEL = 2.732, PHOTONS = 1e5, WATER = 0.0193;
	private static final List<String> METHODS = List.of("PnP-DM", "RED-diff", "TV");

	private final Path file, folder;

	private ViewTable(final String[] args) {
		file = Path.of(args[0]);
		folder = Path.of(args[1]);
	}

	public static void main(final String[] args) throws IOException {
		final ViewTable table = new ViewTable(args);
		for (final String name : Arrays.asList(args).subList(2, args.length)) table.object(name);
	}

	private void object(final String name) throws IOException {
		if (Files.exists(folder.resolve("results.csv")) && Files.readAllLines(folder.resolve("results.csv")).stream().anyMatch(row -> row.startsWith(name + ","))) return;
		final long seed = Long.parseLong(name.substring(name.indexOf('-') + 1));
		final Volume image = name.startsWith("ellipse") ? ellipse(seed) : slice(RawData.readVolume(file), (int) seed);
		final SimulatedCt all = new SimulateCt(new SimulateCtSettings("HU", "parallel", CANDIDATES, 0, 0, 0, 0, 0, PHOTONS, seed)).run(image, Monitor.NONE);
		final long start = System.nanoTime();
		final AcquisitionPlan plan = new PlanAcquisition(new PlanAcquisitionSettings("Retrospective", VIEWS, FIRST, 1, SAMPLES, "auto", 1, List.of(), "prox", "ct", 4,
			"Preview", 0, 0, CANDIDATES, SIZE, WATER, seed, "cpu")).run(all.sinogram(), null, Monitor.NONE);
		final double seconds = (System.nanoTime() - start) / 1e9;
		final List<Integer> chosen = Stream.concat(plan.first().stream(), plan.chosen().stream()).sorted().toList();
		final List<Integer> even = IntStream.range(0, VIEWS).mapToObj(k -> k * CANDIDATES / VIEWS).toList();
		NumPyWriter.write(folder.resolve(name + "-reference.npy"), all.reference());
		final StringBuilder rows = new StringBuilder();
		for (final String method : METHODS) {
			rows.append(row(name, "active", chosen, method, all, seconds)).append(row(name, "equispaced", even, method, all, 0));
		}
		Files.writeString(folder.resolve("results.csv"), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		System.out.print(rows);
	}

	private String row(final String name, final String kind, final List<Integer> views, final String method, final SimulatedCt all, final double seconds)
		throws IOException
	{
		final ReconstructCtSettings settings = new ReconstructCtSettings(method, "ct", SAMPLES, 0, "Preview", 0, 0.5, 1, "Hann", SIZE, false, false, false, false, WATER,
			false, 1, "cpu");
		final Volume mean = new ReconstructCt(settings).run(some(all.sinogram(), views), Monitor.NONE).mean();
		NumPyWriter.write(folder.resolve(name + "-" + kind + "-" + method + ".npy"), mean);
		final Comparison.Row quality = CompareWithReference.run(mean, all.reference(), false).mean();
		return String.format(Locale.ROOT, "%s,%s,%s,%.4f,%.5f,%.1f,%s%n", name, kind, method, quality.psnr(), quality.ssim(), seconds, String.join(" ", views.stream().map(
			view -> String.format(Locale.ROOT, "%.3f", all.sinogram().geometry().angles()[view])).toList()));
	}

	private static Sinogram some(final Sinogram all, final List<Integer> views) {
		final int n = all.detectors();
		final float[] values = new float[views.size() * n];
		for (int v = 0; v < views.size(); v++) System.arraycopy(all.slices().get(0), views.get(v) * n, values, v * n, n);
		final Geometry geometry = all.geometry().withAngles(views.stream().mapToDouble(view -> all.geometry().angles()[view]).toArray());
		return new Sinogram(all.title(), views.size(), n, List.of(values), geometry, all.sliceDistance(), List.of());
	}

	/** Soft tissue three times as long as wide, at any angle, with eight rods of bone, fat and air. */
	private static Volume ellipse(final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 1);
		final double turn = random.nextDouble() * Math.PI;
		final double[][] rods = new double[8][];
		for (int k = 0; k < 8; k++) {
			final double angle = random.nextDouble() * 2 * Math.PI, r = 0.75 * Math.sqrt(random.nextDouble());
			rods[k] = new double[] { 34 * r * Math.cos(angle), 11 * r * Math.sin(angle), 1.2 + 1.5 * random.nextDouble(), List.of(700, 300, -100, -1000).get(k % 4) };
		}
		final float[] values = new float[SIZE * SIZE];
		for (int i = 0; i < values.length; i++) {
			final double x = i % SIZE - (SIZE - 1) / 2.0, y = i / SIZE - (SIZE - 1) / 2.0;
			final double u = x * Math.cos(turn) + y * Math.sin(turn), v = y * Math.cos(turn) - x * Math.sin(turn);
			double hu = -1000 + 1040 * inside((1 - Math.hypot(u / 34, v / 11)) * 11);
			for (final double[] rod : rods) hu += (rod[3] - hu) * inside(rod[2] - Math.hypot(u - rod[0], v - rod[1]));
			values[i] = (float) hu;
		}
		return new Volume("ellipse", SIZE, SIZE, 1, List.of(values), new VoxelSize(PIXEL, PIXEL, PIXEL), "HU");
	}

	/** Share of a pixel inside of an edge at a distance in pixels. */
	private static double inside(final double distance) {
		return Math.max(0, Math.min(1, distance + 0.5));
	}

	/** A slice at half its resolution in the middle of air. */
	private static Volume slice(final Volume volume, final int z) {
		final int width = volume.width() / 2, height = volume.height() / 2, left = (SIZE - width) / 2, top = (SIZE - height) / 2;
		final float[] values = new float[SIZE * SIZE], fine = volume.slices().get(z);
		Arrays.fill(values, -1000);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			float sum = 0;
			for (int k = 0; k < 4; k++) sum += fine[(2 * y + k / 2) * volume.width() + 2 * x + k % 2];
			values[(y + top) * SIZE + x + left] = Math.max(-1000, sum / 4);
		}
		return new Volume("slice " + z, SIZE, SIZE, 1, List.of(values), new VoxelSize(PIXEL, PIXEL, volume.voxel().z()), "HU");
	}
}
