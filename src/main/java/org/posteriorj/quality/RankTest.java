package org.posteriorj.quality;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.posteriorj.data.Chart;

/**
 * Simulation-based calibration (Talts et al. 2018) without assumptions about pixels: are the truths of some scans distinguishable from
 * their samples?
 * <p>
 * If they are not, any of the K + 1 images of a scan might have been the truth. So every statistic is compared with its values for images
 * chosen by lot, which tells exactly what chance does with so many scans and samples, however much neighbouring pixels depend on each other.
 */
public final class RankTest {

	private static final int DRAWS = 9999, BINS = 20;

	private final PooledRanks truth;
	private final PooledRanks[] chance = new PooledRanks[DRAWS];

	/**
	 * @param scans at least one, all with as many samples
	 * @param seed of the lots
	 */
	public RankTest(final List<ScanRanks> scans, final long seed) {
		final int items = scans.get(0).samples() + 1;
		final SplittableRandom random = new SplittableRandom(seed);
		truth = PooledRanks.of(scans, new int[scans.size()]);
		Arrays.setAll(chance, d -> PooledRanks.of(scans, IntStream.range(0, scans.size()).map(n -> random.nextInt(items)).toArray()));
	}

	/** The smallest probability that scans and samples can show: below it nothing can be told from chance. */
	public static double resolution(final int scans, final int samples) {
		return Math.max(2.0 / (DRAWS + 1), Math.pow(samples + 1.0, -scans));
	}

	/** A statistic of the truth, and what chance does with it. */
	public RankFigure figure(final RankStatistic statistic) {
		final double value = statistic.of(truth);
		final double[] values = Arrays.stream(chance).mapToDouble(statistic::of).sorted().toArray();
		final double slack = 1e-9 * Math.abs(value);
		final long below = Arrays.stream(values).filter(v -> v <= value + slack).count(), above = Arrays.stream(values).filter(v -> v >= value - slack).count();
		// NB: evenness has one side only, a small value is what exact samples give
		final double tail = statistic == RankStatistic.EVENNESS ? 1 + above : 2 * (1 + Math.min(below, above));
		return new RankFigure(statistic, value, statistic.expected(truth.samples()), values[quantile(0.025)], values[quantile(0.975)], Math.min(1, tail / (DRAWS + 1)));
	}

	private static int quantile(final double p) {
		return (int) Math.round(p * (DRAWS - 1));
	}

	/** The rank histogram: density over that of exact samples, with the band that holds 95 % of their values. */
	public Chart ranks(final String of) {
		final int items = truth.shares().length, bins = Math.min(items, BINS);
		final double[] edges = new double[2 * bins];
		for (int i = 0; i < edges.length; i++) edges[i] = (i + 1) / 2 * (double) items / bins / items;
		return chart("Ranks of the truth, " + of, "rank of the truth / (samples + 1)", "density over uniform", edges, r -> density(r.shares(), bins), 1);
	}

	/** Each bin twice, at its left and its right edge; bins have the ranks whose middle lies in them. */
	private static double[] density(final double[] shares, final int bins) {
		final double[] density = new double[2 * bins], uniform = new double[bins];
		for (int r = 0; r < shares.length; r++) {
			final int bin = (int) ((r + 0.5) / shares.length * bins);
			uniform[bin] += 1.0 / shares.length;
			density[2 * bin] += shares[r];
		}
		for (int b = 0; b < bins; b++) density[2 * b + 1] = density[2 * b] /= uniform[b];
		return density;
	}

	/** Coverage of central intervals, each between the a-th lowest and the a-th highest sample, against {@code (K + 1 - 2 a) / (K + 1)}. */
	public Chart coverage(final String of) {
		final double[] nominal = nominal();
		return chart("Coverage, " + of, "nominal coverage of an interval", "truths inside", nominal, r -> central(r.shares()), nominal);
	}

	/** As {@link #coverage}, less the nominal coverage, so that small differences show. */
	public Chart difference(final String of) {
		final double[] nominal = nominal();
		return chart("Coverage less nominal, " + of, "nominal coverage of an interval", "truths inside, less nominal", nominal, r -> {
			final double[] inside = central(r.shares());
			for (int i = 0; i < inside.length; i++) inside[i] -= nominal[i];
			return inside;
		}, 0);
	}

	private double[] nominal() {
		final int items = truth.shares().length;
		return IntStream.rangeClosed(0, items / 2).mapToDouble(i -> (items - 2.0 * (items / 2 - i)) / items).toArray();
	}

	/** From the narrowest interval to all ranks. */
	private static double[] central(final double[] shares) {
		final int half = shares.length / 2;
		final double[] inside = new double[half + 1];
		for (int i = 0; i <= half; i++) for (int r = half - i; r < shares.length - (half - i); r++) inside[i] += shares[r];
		return inside;
	}

	private Chart chart(final String title, final String xLabel, final String yLabel, final double[] x, final Function<PooledRanks, double[]> curve,
		final double... exact)
	{
		final double[] low = new double[x.length], high = new double[x.length], ideal = exact.length == 1 ? new double[x.length] : exact;
		if (exact.length == 1) Arrays.fill(ideal, exact[0]);
		final double[][] curves = Arrays.stream(chance).map(curve).toArray(double[][]::new);
		for (int i = 0; i < x.length; i++) {
			final int at = i;
			final double[] values = Arrays.stream(curves).mapToDouble(c -> c[at]).sorted().toArray();
			low[i] = values[quantile(0.025)];
			high[i] = values[quantile(0.975)];
		}
		return new Chart(title, xLabel, yLabel, List.of(new Chart.Line("truth", x, curve.apply(truth)), new Chart.Line("exact", x, ideal), new Chart.Line("chance, 2.5 %",
			x, low), new Chart.Line("chance, 97.5 %", x, high)));
	}
}
