package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Scores against worked values, and how lines are chosen by them. */
class AcquisitionScoreTest {

	/** Variances where no score of the test uses more than their number. */
	private static final double[] NONE = new double[1];

	private static double[][] distances(final float... particles) {
		return Scopes.compute(() -> AcquisitionScore.distances(Tensors.of(particles, particles.length, 1, 1)))[0];
	}

	@Test
	void threeScalarParticles() {
		final double[][] d = distances(0, 1, 3);
		assertEquals(11.424459, AcquisitionScore.ADS_PLUS.of(d, NONE, 1, 0), 1e-6);
		assertEquals(0.707749, AcquisitionScore.KL.of(d, NONE, 1, 0), 1e-6);
		assertEquals(0.311370, AcquisitionScore.BHATTACHARYYA.of(d, NONE, 1, 0), 1e-6);
		assertEquals(1.555556, AcquisitionScore.VARIANCE.of(d, NONE, 1, 0), 1e-6);
		assertEquals(1.055556, AcquisitionScore.VARIANCE.of(d, NONE, 1, Math.sqrt(0.5)), 1e-6);
	}

	@Test
	void theInformationCountsValuesThatStandOutOfTheNoise() {
		// two values, [particle][line][value]: variances 2 and 8 over two particles
		final double[][] v = Scopes.compute(() -> AcquisitionScore.variances(Tensors.of(new float[] { 1000, -1, 1002, 3 }, 2, 1, 2)));
		assertArrayEquals(new double[] { 2, 8 }, v[0], 1e-9);
		assertEquals(0.5 * Math.log(1 + 2 / 0.25) + 0.5 * Math.log(1 + 8 / 0.25), AcquisitionScore.INFORMATION.of(distances(0, 0), v[0], 1, 0.5), 1e-9);
		// ten rays with a variance of 1 tell more than two with one of 10, whose total variance is twice as large
		final double[] across = new double[10], along = { 10, 10 };
		Arrays.fill(across, 1);
		assertTrue(AcquisitionScore.INFORMATION.of(distances(0, 0), across, 1, 0.3) > 2 * AcquisitionScore.INFORMATION.of(distances(0, 0), along, 1, 0.3));
	}

	@Test
	void farParticlesDoNotOverflow() {
		final double[][] d = distances(0, 1e4f, -3e4f);
		for (final AcquisitionScore score : AcquisitionScore.values()) assertTrue(Double.isFinite(score.of(d, NONE, 1, 0.1)), score.key());
		assertEquals(Math.log(3), AcquisitionScore.KL.of(d, NONE, 1, 0), 1e-9);
	}

	@Test
	void equalParticlesTellNothing() {
		final double[][] d = distances(2, 2, 2);
		assertEquals(0, AcquisitionScore.KL.of(d, NONE, 1, 0), 1e-12);
		assertEquals(0, AcquisitionScore.BHATTACHARYYA.of(d, NONE, 1, 0), 1e-12);
		assertEquals(-1, AcquisitionScore.VARIANCE.of(d, NONE, 1, 1), 1e-12);
	}

	@Test
	void distancesAreSumsOverTheValuesOfALine() {
		final double[][][] d = Scopes.compute(() -> AcquisitionScore.distances(Tensors.of(new float[] { 1000, 1, 2, 1000, 4, 6 }, 2, 1, 3)));
		assertEquals(25, d[0][0][1], 1e-9);
		assertEquals(25, d[0][1][0], 1e-9);
		assertEquals(0, d[0][1][1], 1e-9);
	}

	/** Narrow spreads: both bounds are the variance in other units. */
	@Test
	void boundsBecomeTheVariance() {
		final double[][] d = Scopes.compute(() -> AcquisitionScore.distances(Tensors.scale(SampleRandom.single(1, 0).normal(16, 1, 5).squeeze(0), 1e-3)))[0];
		final double variance = AcquisitionScore.VARIANCE.of(d, NONE, 1, 0);
		assertEquals(1, AcquisitionScore.KL.of(d, NONE, 1, 0) / variance, 1e-3);
		assertEquals(0.25, AcquisitionScore.BHATTACHARYYA.of(d, NONE, 1, 0) / variance, 1e-3);
	}

	@Test
	void theWidthIsThatOfOpenLines() {
		final double[][][] d = { distances(0, 2), distances(0, 200) };
		assertEquals(Math.sqrt(2), AcquisitionScore.width(d, new boolean[] { true, false }, 0.1), 1e-9);
		assertEquals(5, AcquisitionScore.width(d, new boolean[] { true, false }, 5), 1e-9);
	}

	@Test
	void keys() {
		for (final AcquisitionScore score : AcquisitionScore.values()) assertEquals(score, AcquisitionScore.of(score.key()));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> AcquisitionScore.of("entropy")).getMessage().contains("variance, kl"));
	}

	private static List<Integer> best(final double[] scores, final boolean[] open, final int count) {
		final double[] costs = new double[scores.length];
		Arrays.fill(costs, 1);
		return LineChoice.best(scores, open, costs, count);
	}

	@Test
	void theHighestScoreOfOpenLines() {
		assertEquals(List.of(4), best(new double[] { 1, 9, 3, 2, 5 }, new boolean[] { true, false, true, true, true }, 1));
		assertEquals(List.of(), best(new double[] { 1, 2 }, new boolean[2], 1));
	}

	@Test
	void equalScoresAreTakenFromTheMiddle() {
		final boolean[] open = new boolean[9];
		Arrays.fill(open, true);
		assertEquals(List.of(4), best(new double[9], open, 1));
		open[4] = false;
		assertEquals(List.of(3), best(new double[9], open, 1));
	}

	@Test
	void severalLinesKeepADistance() {
		final boolean[] open = new boolean[9];
		Arrays.fill(open, true);
		assertEquals(List.of(4, 2, 6), best(new double[] { 5, 6, 7, 9, 10, 9, 7, 6, 5 }, open, 3));
	}

	@Test
	void scoresArePerCost() {
		assertEquals(List.of(1), LineChoice.best(new double[] { 3, 2 }, new boolean[] { true, true }, new double[] { 2, 1 }, 1));
	}
}
