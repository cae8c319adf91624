package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import org.posteriorj.sampler.FixedLines;
import org.posteriorj.tensor.SampleRandom;

/**
 * The table of the results of {@link AcquisitionTable}: mean and worst of each mask, and the mean of the differences between the chosen
 * lines and it, slice by slice, with the interval that holds 95 % of the means of slices drawn again with replacement.
 * <p>
 * Argument: the folder.
 */
public final class AcquisitionSummary {

	private static final int RESAMPLES = 10000;

	private AcquisitionSummary() {}

	public static void main(final String[] args) throws IOException {
		// setting, mask, slice: PSNR, SSIM, seconds
		final Map<String, Map<String, Map<Integer, double[]>>> settings = new TreeMap<>();
		for (final String row : Files.readAllLines(Path.of(args[0]).resolve("results.csv"))) {
			final String[] cells = row.split(",");
			settings.computeIfAbsent(cells[0] + " coils, " + cells[1] + " lines, " + cells[2] + " of them first", s -> new TreeMap<>()).computeIfAbsent(cells[4],
				m -> new TreeMap<>()).put(Integer.valueOf(cells[3]), new double[] { Double.parseDouble(cells[5]), Double.parseDouble(cells[6]), Double.parseDouble(
					cells[7]) });
		}
		settings.forEach((setting, masks) -> {
			final Map<Integer, double[]> active = masks.get(AcquisitionTable.ACTIVE);
			System.out.printf("%n%s, %d slices, active takes %.0f s a slice (worst %.0f)%n", setting, active.size(), mean(values(active, 2)), largest(values(active, 2)));
			print(AcquisitionTable.ACTIVE, active, active);
			FixedLines.NAMES.stream().filter(masks::containsKey).forEach(name -> print(name, masks.get(name), active));
		});
	}

	private static void print(final String name, final Map<Integer, double[]> rows, final Map<Integer, double[]> active) {
		final StringBuilder line = new StringBuilder(String.format("%-18s", name));
		for (int metric = 0; metric < 2; metric++) {
			final double[] all = values(rows, metric);
			line.append(String.format(metric == 0 ? "  PSNR %6.2f worst %6.2f" : "  SSIM %.4f worst %.4f", mean(all), -largest(negated(all))));
			if (rows == active) continue;
			final int column = metric;
			final List<Integer> both = rows.keySet().stream().filter(active::containsKey).toList();
			final double[] gain = both.stream().mapToDouble(z -> active.get(z)[column] - rows.get(z)[column]).toArray(), interval = interval(gain);
			line.append(String.format(metric == 0 ? " active %+.2f (%.2f to %.2f)" : " active %+.4f (%.4f to %.4f)", mean(gain), interval[0], interval[1]));
		}
		System.out.println(line);
	}

	private static double[] interval(final double[] values) {
		final RandomGenerator random = SampleRandom.generator(1, values.length);
		final double[] means = new double[RESAMPLES];
		for (int i = 0; i < RESAMPLES; i++) means[i] = random.ints(values.length, 0, values.length).mapToDouble(k -> values[k]).average().orElseThrow();
		java.util.Arrays.sort(means);
		return new double[] { means[(int) (0.025 * RESAMPLES)], means[(int) (0.975 * RESAMPLES)] };
	}

	private static double[] values(final Map<Integer, double[]> rows, final int metric) {
		return rows.values().stream().mapToDouble(r -> r[metric]).toArray();
	}

	private static double[] negated(final double[] values) {
		return java.util.Arrays.stream(values).map(v -> -v).toArray();
	}

	private static double mean(final double[] values) {
		return java.util.Arrays.stream(values).average().orElseThrow();
	}

	private static double largest(final double[] values) {
		return java.util.Arrays.stream(values).max().orElseThrow();
	}
}
