package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;

/**
 * Random cases, everything at its defaults: any slice of any volume in any of three orientations, coils, mask, noise, R = 4 and 8 in turn; coil maps
 * and noise are estimated from the scan. One line of CSV for each; what the file has already is skipped.
 * <p>
 * Arguments: {@code FILE.csv CASES METHODS SAMPLES VOLUME.nii.gz...}; a method is sampler, sampler:quality, sampler*trust or sampler:quality*trust.
 * {@code summary FILE.csv} prints the figures that matter: of every method, and how far the first one of each sampler, the default, stays behind the best of that
 * sampler's others.
 */
public final class RobustnessTable {

	private static final String[] MASKS = { "Equispaced", "Random", "Variable density", "Poisson disk" };
	private static final double PIXEL = 1.5;

	private RobustnessTable() {}

	public static void main(final String[] args) throws IOException {
		if (args[0].equals("summary")) {
			summary(Path.of(args[1]));
			return;
		}
		LibTorch.start();
		final Path file = Path.of(args[0]);
		final List<Volume> volumes = new ArrayList<>();
		for (final String name : Arrays.asList(args).subList(4, args.length)) volumes.add(RawData.readVolume(Path.of(name)));
		for (int n = 0; n < Integer.parseInt(args[1]); n++) {
			final RandomGenerator random = SampleRandom.generator(20261125, n);
			final int index = random.nextInt(volumes.size());
			final Volume slice = slice(volumes.get(index), random);
			final int r = n % 2 == 0 ? 4 : 8, coils = random.nextInt(4, 17), acs = random.nextInt(12, 25);
			final String mask = MASKS[random.nextInt(MASKS.length)];
			final double noise = 0.004 * Math.pow(10, random.nextDouble());
			final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(coils, mask, r, acs, noise, true, n)).run(slice, Monitor.NONE);
			for (final String method : ("Zero-filled," + args[2]).split(",")) {
				final String key = n + "," + method + ",";
				if (Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(key))) continue;
				final String[] effort = method.split("\\*"), parts = effort[0].split(":");
				final ReconstructMriSettings settings = new ReconstructMriSettings(parts[0], "brain-mri", Integer.parseInt(args[3]), 0, parts.length > 1 ? parts[1] : "Standard", 0,
					effort.length > 1 ? Double.parseDouble(effort[1]) : 0.5, 0, 1, "cpu");
				final Volume mean = new ReconstructMri(settings).run(scan.kspace(), Monitor.NONE).mean();
				final double psnr = CompareWithReference.run(mean, scan.reference(), false).mean().psnr();
				final String line = key + String.format(Locale.ROOT, "%.3f,%d,%d,%d,%s,%.4f,%d x %d,volume %d", psnr, r, coils, acs, mask, noise, slice.height(), slice.width(),
					index);
				Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
				System.out.println(line);
			}
		}
	}

	/** A slice that shows something, in pixels of 1.5 mm, brightest tissue about 1. */
	private static Volume slice(final Volume v, final RandomGenerator random) {
		final int orientation = v.voxel().z() <= 1.6 * v.voxel().x() ? random.nextInt(3) : 0;
		final int across = orientation == 0 ? v.depth() : orientation == 1 ? v.height() : v.width(), position = (int) (across * random.nextDouble(0.3, 0.7));
		final double rowMm = orientation == 0 ? v.voxel().y() : v.voxel().z(), columnMm = orientation == 2 ? v.voxel().y() : v.voxel().x();
		final int rows = (int) ((orientation == 0 ? v.height() : v.depth()) * rowMm / PIXEL), columns = (int) ((orientation == 2 ? v.height() : v.width()) * columnMm /
			PIXEL);
		final float[] values = new float[rows * columns];
		float max = 0;
		for (int i = 0; i < values.length; i++) {
			values[i] = at(v, orientation, position, (i / columns + 0.5) * PIXEL / rowMm - 0.5, (i % columns + 0.5) * PIXEL / columnMm - 0.5);
			max = Math.max(max, values[i]);
		}
		for (int i = 0; i < values.length; i++) values[i] /= max;
		return new Volume(v.title(), columns, rows, 1, List.of(values), new VoxelSize(PIXEL, PIXEL, 1), "");
	}

	private static float at(final Volume v, final int orientation, final int position, final double row, final double column) {
		final int r = (int) Math.floor(row), c = (int) Math.floor(column);
		double sum = 0;
		for (int a = 0; a < 2; a++) for (int b = 0; b < 2; b++) {
			sum += Math.abs(1 - a - row + r) * Math.abs(1 - b - column + c) * voxel(v, orientation, position, r + a, c + b);
		}
		return (float) sum;
	}

	private static float voxel(final Volume v, final int orientation, final int position, final int row, final int column) {
		final int z = orientation == 0 ? position : row, y = orientation == 0 ? row : orientation == 1 ? position : column, x = orientation == 2 ? position : column;
		if (x < 0 || y < 0 || z < 0 || x >= v.width() || y >= v.height() || z >= v.depth()) return 0;
		return Math.max(0, v.slices().get(z)[y * v.width() + x]);
	}

	private static void summary(final Path file) throws IOException {
		final Map<String, Map<Integer, Double>> psnr = new LinkedHashMap<>();
		for (final String line : Files.readAllLines(file)) {
			final String[] row = line.split(",");
			psnr.computeIfAbsent(row[1], method -> new TreeMap<>()).put(Integer.parseInt(row[0]), Double.parseDouble(row[2]));
		}
		final Map<Integer, Double> zeroFilled = psnr.get("Zero-filled");
		psnr.forEach((method, cases) -> {
			final double[] gains = cases.keySet().stream().mapToDouble(n -> cases.get(n) - zeroFilled.get(n)).toArray(), sorted = cases.values().stream().mapToDouble(d -> d).sorted()
				.toArray();
			System.out.printf(Locale.ROOT, "%s: %d cases, not finite %d, below zero-filled %d (least gain %.2f dB), median %.2f, 5th percentile %.2f dB%n", method, sorted.length,
				Arrays.stream(sorted).filter(d -> !Double.isFinite(d)).count(), Arrays.stream(gains).filter(d -> !(d > 0)).count(), Arrays.stream(gains).min().orElse(0),
				sorted[sorted.length / 2], sorted[sorted.length / 20]);
		});
		psnr.keySet().stream().filter(method -> !method.matches(".*[:*].*") && psnr.keySet().stream().anyMatch(other -> other.matches(Pattern.quote(method) + "[:*].*"))).forEach(
			method -> grid(method, psnr));
	}

	/** How far a method at its defaults stays behind the best of its grid, in cases that have the whole grid. */
	private static void grid(final String method, final Map<String, Map<Integer, Double>> psnr) {
		final List<Map<Integer, Double>> points = psnr.entrySet().stream().filter(e -> e.getKey().split("[:*]")[0].equals(method)).map(Map.Entry::getValue).toList();
		final double[] behind = psnr.get(method).keySet().stream().filter(n -> points.stream().allMatch(p -> p.containsKey(n))).mapToDouble(n -> points.stream().mapToDouble(p -> p
			.get(n)).max().orElseThrow() - psnr.get(method).get(n)).sorted().toArray();
		if (behind.length == 0) return;
		System.out.printf(Locale.ROOT, "%s at its defaults against the best of %d points, %d cases: within 1 dB in %d, median %.2f, most %.2f dB behind%n", method, points.size(),
			behind.length, Arrays.stream(behind).filter(d -> d <= 1).count(), behind[behind.length / 2], behind[behind.length - 1]);
	}
}
