package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Progress;
import org.posteriorj.tensor.Scopes;

/** What takes minutes: ensembles, which run one after the other, and more seeds. */
@Tag("slow")
class LadderSlowTest {

	/** Reference distances of fully adapted steps with 20,000 particles are 0.045 (20 levels) and 0.027 (50): at most twice that, with fewer. */
	@Test
	void fullyAdaptedEnsemblesOnTheLine() {
		final double twenty = LadderResult.ensembleDistance(EnsembleSmc.Guide.ANNEALED, 4000, 1, 20), fifty = LadderResult.ensembleDistance(EnsembleSmc.Guide.ANNEALED,
			4000, 1, 50);
		assertTrue(twenty < 0.09, "20 levels: " + twenty);
		assertTrue(fifty < 0.054, "50 levels: " + fifty);
	}

	@Test
	void errorFallsWithParticles() {
		final int[] particles = { 1, 4, 16, 64, 256 };
		final double[] distance = Arrays.stream(particles).mapToDouble(n -> LadderResult.ensembleDistance(EnsembleSmc.Guide.ANNEALED, n, 2048 / n, 50)).toArray();
		System.out.println("Ensemble SMC, particles " + Arrays.toString(particles) + ": distance " + Arrays.toString(distance));
		for (int i = 1; i < distance.length; i++) assertTrue(distance[i] < distance[i - 1] + 0.02, Arrays.toString(distance));
		assertTrue(distance[4] < 0.5 * distance[0], Arrays.toString(distance));
	}

	@Test
	void ensemblesGiveModesTheirWeights() {
		final LadderProblem problem = LadderProblem.fourModes(4, 1);
		new LadderResult(problem, Scopes.compute(() -> problem.sample(EnsembleSmc.NAME, 400, 1))).requireModes(EnsembleSmc.NAME);
	}

	/** 8 of 16 dimensions measured, five components far apart: 512 particles find the mean where single chains do not. */
	@Test
	void sixteenDimensions() {
		for (final double sigma : new double[] { 0.3, 0.05 }) {
			final LadderProblem problem = LadderProblem.sixteen(sigma, 1);
			final EnsembleSmc smc = new EnsembleSmc(new EnsembleSmc.Options(512, 100, EnsembleSmc.Guide.ANNEALED, 0.01, 0, 512));
			final double[] mean = new double[16];
			Scopes.run(() -> {
				final Draws draws = smc.ensemble(problem.prior(), problem.data(1), LadderProblem.streams(1, 512), Progress.NONE).draws();
				final double[][] rows = problem.rows(draws.images());
				for (int i = 0; i < rows.length; i++) for (int j = 0; j < 16; j++) mean[j] += draws.weights()[i] * rows[i][j];
			});
			double error = 0;
			for (int j = 0; j < 16; j++) error += Math.pow(mean[j] - problem.posterior().mean(j), 2) / problem.posterior().variance(j) / 16;
			assertTrue(Math.sqrt(error) < 0.3, "sigma " + sigma + ": error of the mean " + Math.sqrt(error));
		}
	}

	@Test
	void everySeedIsCalibrated() {
		for (long seed = 1; seed <= 3; seed++) for (final boolean ct : new boolean[] { false, true }) for (final String name : new String[] { PnpDm.NAME, Daps.NAME }) {
			final LadderProblem problem = LadderProblem.spectrum(ct, seed);
			new LadderResult(problem, Scopes.compute(() -> problem.sample(name, 400, 1))).requireCalibrated(name + ", seed " + problem.y()[0]);
		}
	}
}
