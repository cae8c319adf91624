package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The published ensembles against values computed by hand and exact posteriors; their bias is printed. */
class PublishedEnsembleTest {

	/** A particle at 0.7 and level 0.6; the part of the rate that all particles share is left out. */
	@Test
	void driftAndRate() {
		Scopes.run(() -> {
			final double s = 0.6;
			final DataConsistency data = new DiagonalOperator(1, 0.8).data(new double[] { 1 }, 0.35);
			final Tensor x = Tensors.of(new float[] { 0.7f }, 1, 1, 1, 1), denoised = LadderProblem.line().prior().denoise(x, s);
			assertEquals(0.755430, new AnnealedPotential(data).growth(s), 1e-5);
			final WeightedDiffusion guide = new WeightedDiffusion(data);
			assertEquals(0.690744, guide.drift(x, denoised, s).item_double(), 1e-5);
			assertEquals(-0.504905, guide.rate(x, denoised, s)[0], 1e-5);
			// the flow goes half as far, and has no square of the gradient
			final double flow = -0.347124 * -0.506196 / 2 * -2.873469 - 0.755430 * 0.790204;
			assertEquals(0.1 * flow, new WeightedFlow(data, null).weights(x, denoised, s, 0.5)[0], 1e-5);
		});
	}

	/** Kolmogorov-Smirnov distance to the three modes of the line, 0.02 to 0.04 for 20,000 particles; chance alone is 0.027 here. */
	@Test
	void threeModes() {
		for (final EnsembleSmc.Guide guide : new EnsembleSmc.Guide[] { EnsembleSmc.Guide.PDE_WEIGHTS, EnsembleSmc.Guide.ODE_LANGEVIN }) {
			final double distance = LadderResult.ensembleDistance(guide, 1000, 1, 200);
			System.out.printf("%s on three modes: Kolmogorov-Smirnov distance %.3f%n", guide, distance);
			assertTrue(distance < 0.09, guide + ": " + distance);
		}
	}

	/** N(0, 0.5) measured as 0.9 x + 0.2 n = 0.7. */
	@Test
	void gaussian() {
		for (final EnsembleSmc.Guide guide : new EnsembleSmc.Guide[] { EnsembleSmc.Guide.PDE_WEIGHTS, EnsembleSmc.Guide.ODE_LANGEVIN }) Scopes.run(() -> {
			final int n = 1000;
			final Draws draws = new EnsembleSmc(new EnsembleSmc.Options(n, 200, guide, 0.01, 0, n)).ensemble(DiagonalMixture.gaussian(new double[] { 0.5 }),
				new DiagonalOperator(1, 0.9).data(new double[] { 0.7 }, 0.2), LadderProblem.streams(1, n), Progress.NONE).draws();
			final double[] x = Tensors.toDoubles(draws.images());
			double mean = 0, variance = 0;
			for (int i = 0; i < n; i++) mean += draws.weights()[i] * x[i];
			for (int i = 0; i < n; i++) variance += draws.weights()[i] * (x[i] - mean) * (x[i] - mean);
			System.out.printf("%s on a Gaussian: mean %.4f of 0.7079, variance %.5f of 0.04494%n", guide, mean, variance);
			assertEquals(0.7079, mean, 0.04, guide.toString());
			assertEquals(1, variance / 0.04494, 0.3, guide.toString());
		});
	}

	/** One ensemble of 16 particles a sample in 256 dimensions; what is wrong with it is why it is called approximate. */
	@Test
	void sixteenParticlesAreBiasedInManyDirections() {
		final LadderProblem problem = LadderProblem.spectrum(false, 1);
		final double[][] bounds = { { 0.4, 0.2 }, { 0.4, 0.2 }, { 1.1, 0.55 } };
		for (int v = 0; v < bounds.length; v++) {
			final String variant = List.of("annealed", "pde-weights", "ode-langevin").get(v);
			final PosteriorSampler sampler = Samplers.create(EnsembleSmc.NAME, variant, 800, "Standard", 0.5);
			final long[] done = { 0 };
			final int count = 20;
			final LadderResult result = new LadderResult(problem, Scopes.compute(() -> problem.rows(sampler.sample(problem.prior(), problem.data(1), LadderProblem.streams(1, count),
				(now, total, message) -> {
					done[0] = now;
					return now <= total;
				}).images())));
			System.out.println(variant + ": " + result);
			assertEquals(count * sampler.evaluations(), done[0], "evaluations are counted");
			assertEquals(PosteriorSampler.Kind.APPROXIMATE, sampler.kind());
			assertTrue(result.bias(true) < bounds[v][0], variant + ": " + result);
			assertEquals(1, result.spread(true), bounds[v][1], variant + ": " + result);
			assertEquals(1, result.spread(false), 0.2, variant + ": " + result);
		}
	}
}
