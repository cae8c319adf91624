package org.posteriorj.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Chart;

class RankTestTest {

	private static final int ENTRIES = 20;

	/** Truth and samples of independent standard normal values that depend on each other within a scan; samples get a spread of their own. */
	private static ScanRanks scan(final Random random, final int samples, final double spread, final double shift) {
		final float[][] items = new float[samples + 1][ENTRIES];
		for (int item = 0; item <= samples; item++) {
			final double common = random.nextGaussian();
			for (int i = 0; i < ENTRIES; i++) {
				final double value = 0.8 * common + 0.6 * random.nextGaussian();
				items[item][i] = (float) (item == 0 ? value : spread * value + shift);
			}
		}
		return ScanRanks.of(items, random.nextLong());
	}

	private static RankTest test(final long seed, final int scans, final double spread, final double shift) {
		final Random random = new Random(seed);
		final List<ScanRanks> all = new ArrayList<>();
		for (int n = 0; n < scans; n++) all.add(scan(random, 15, spread, shift));
		return new RankTest(all, seed);
	}

	@Test
	void ranksVarianceAndCoverageOfASmallCase() {
		final ScanRanks ranks = ScanRanks.of(new float[][] { { 2.5f }, { 1 }, { 2 }, { 4 } }, 1);
		assertArrayEquals(new int[] { 0, 0, 1, 0 }, ranks.ranks()[0], "the truth exceeds two of three");
		assertArrayEquals(new int[] { 1, 0, 0, 0 }, ranks.ranks()[1]);
		assertArrayEquals(new int[] { 0, 0, 0, 1 }, ranks.ranks()[3]);
		assertEquals(7.0 / 3, ranks.spread()[0], 1e-12, "variance of 1, 2, 4");
		assertEquals(Math.pow(2.5 - 7.0 / 3, 2), ranks.error()[0], 1e-12);
		assertEquals(0.583333333, ranks.spread()[3], 1e-8, "variance of 1, 2, 2.5");
		assertEquals(1, ranks.inside()[0], "2.5 lies between 1.1 and 3.8");
		assertEquals(0, ranks.inside()[1]);
		assertEquals(1, Coverage.of(new float[][] { { 1 }, { 2 }, { 4 } }, new float[] { 2.5f }));
	}

	/** Equal values must not favour any item: identical samples and truth look calibrated. */
	@Test
	void equalValuesAreRankedByChance() {
		final ScanRanks ranks = ScanRanks.of(new float[][] { new float[40000], new float[40000], new float[40000], new float[40000] }, 3);
		for (final int[] item : ranks.ranks()) for (final int count : item) assertEquals(10000, count, 400);
	}

	/** Whatever the dependence between entries, p of exact cases is uniform. */
	@Test
	void falseAlarmsAreAsRareAsTheyClaimToBe() {
		final List<RankStatistic> statistics = List.of(RankStatistic.COVERAGE, RankStatistic.SPREAD, RankStatistic.EVENNESS);
		final int repeats = 100;
		final int[] alarms = new int[statistics.size()];
		final double[] mean = new double[statistics.size()];
		for (int i = 0; i < repeats; i++) {
			final RankTest test = test(1000 + i, 5, 1, 0);
			for (int s = 0; s < alarms.length; s++) {
				final double p = test.figure(statistics.get(s)).p();
				if (p <= 0.1) alarms[s]++;
				mean[s] += p / repeats;
			}
		}
		for (int s = 0; s < alarms.length; s++) {
			assertTrue(alarms[s] <= 20, statistics.get(s) + ": " + alarms[s] + " of " + repeats + " alarms at 10 %"); // 10 expected, standard deviation 3
			assertEquals(0.5, mean[s], 0.1, statistics.get(s) + ": mean p"); // standard deviation 0.029
		}
	}

	@Test
	void narrowWideAndShiftedSamplesAreNamed() {
		final RankFigure narrow = test(1, 24, 0.5, 0).figure(RankStatistic.SPREAD);
		assertEquals(RankFigure.Finding.FAULT, narrow.finding(0.001), narrow.toString());
		assertTrue(narrow.fault().matches("standard deviation [45]\\d % too small for the errors"), narrow.fault());
		assertEquals(RankFigure.Finding.FAULT, test(1, 24, 2, 0).figure(RankStatistic.COVERAGE).finding(0.001));
		final RankFigure bright = test(1, 24, 1, 1).figure(RankStatistic.RANK);
		assertEquals(RankFigure.Finding.FAULT, bright.finding(0.001), bright.toString());
		assertTrue(bright.fault().contains("too bright"), bright.fault());
		assertEquals(RankFigure.Finding.NONE, test(1, 24, 1, 0).figure(RankStatistic.SPREAD).finding(0.001));
	}

	/** With one scan of 15 samples nothing is less likely than 1 in 16. */
	@Test
	void littleDataCannotAccuse() {
		assertEquals(1.0 / 16, RankTest.resolution(1, 15), 1e-12);
		assertTrue(test(5, 1, 0.1, 0).figure(RankStatistic.SPREAD).p() > 0.03);
	}

	@Test
	void curvesOfExactSamplesStayInTheirBands() {
		final RankTest test = test(2, 40, 1, 0);
		final Chart ranks = test.ranks("values"), coverage = test.coverage("values");
		final Chart.Line truth = coverage.lines().get(0), exact = coverage.lines().get(1);
		assertEquals(1, truth.y()[truth.y().length - 1], 1e-12);
		assertArrayEquals(exact.x(), exact.y());
		assertEquals(2 * 16, ranks.lines().get(0).x().length);
		assertEquals(1, Arrays.stream(ranks.lines().get(0).y()).average().orElseThrow(), 1e-12, "a density");
		assertEquals(truth.y()[3] - truth.x()[3], test.difference("values").lines().get(0).y()[3], 1e-12);
		int outside = 0;
		for (int i = 0; i < truth.y().length; i++) if (truth.y()[i] < coverage.lines().get(2).y()[i] || truth.y()[i] > coverage.lines().get(3).y()[i]) outside++;
		assertTrue(outside <= 1, outside + " points outside");
	}
}
