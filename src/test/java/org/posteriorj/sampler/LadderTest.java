package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.GaussianMixturePrior.Component;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Samplers against posteriors in closed form, from one dimension up; {@link LadderSlowTest} has what takes longer. */
class LadderTest {

	private static final Progress NONE = Progress.NONE;

	@Test
	void posteriorOfTheLineIsKnown() {
		final DiagonalMixture exact = LadderProblem.line().posterior();
		assertArrayEquals(new double[] { 3.16e-8, 0.82665, 0.17335 }, exact.weights(), 5e-6);
		assertEquals(0.81326, exact.mean(0), 5e-6);
		assertEquals(0.29368, exact.variance(0), 5e-6);
	}

	@Test
	void denoiserOfAMixture() {
		final GaussianMixturePrior prior = new GaussianMixturePrior(1, 1, 1, List.of(new Component(0.5, new float[] { -2 }, Spectrum.white(0.09)), new Component(0.3,
			new float[] { 0.5f }, Spectrum.white(0.0225)), new Component(0.2, new float[] { 2.5f }, Spectrum.white(0.16))));
		final double[] at = { -3, 0, 1.5 };
		final double[][] expected = { { 0.1, -2.9, 0.153846, 1.558819 }, { 1, -2.076432, 0.043131, 1.238836 }, { 5, -0.713105, -0.354933, -0.161852 } };
		for (final double[] row : expected) for (int i = 0; i < 3; i++) {
			final float x = (float) at[i];
			assertEquals(row[i + 1], Scopes.compute(() -> prior.denoise(Tensors.of(new float[] { x }, 1, 1, 1, 1), row[0]).item_double()), 1e-5);
			assertEquals(row[i + 1], LadderProblem.line().prior().denoise(new double[] { x }, row[0])[0], 1e-5);
		}
	}

	/** A particle at 0.7 and level 0.6 goes to level 0.4. */
	@Test
	void fullyAdaptedStep() {
		Scopes.run(() -> {
			final double s = 0.6, t = 0.4;
			final DataConsistency data = new DiagonalOperator(1, 0.8).data(new double[] { 1 }, 0.35);
			final AnnealedGuide guide = new AnnealedGuide(data);
			final Tensor x = Tensors.of(new float[] { 0.7f }, 1, 1, 1, 1), denoised = LadderProblem.line().prior().denoise(x, s);
			assertEquals(0.548141, denoised.item_double(), 1e-5);
			assertEquals(0.347124, new AnnealedPotential(data).power(s), 1e-6);
			assertEquals(-0.182690, guide.weights(x, denoised, s, t)[0], 1e-5);
			final int count = 20000;
			final long[] each = { count, 1, 1, 1 };
			final double[] next = Tensors.toDoubles(new AnnealedGuide(new DiagonalOperator(count, 0.8).data(new double[] { 1 }, 0.35)).move(x.expand(each).reshape(1, 1,
				count, 1), denoised.expand(each).reshape(1, 1, count, 1), s, t, LadderProblem.streams(1, 1)));
			assertEquals(0.743703, Moments.mean(next), 5 * Math.sqrt(0.0709436 / count));
			assertEquals(1, Moments.variance(next) / 0.0709436, 5 * Math.sqrt(2.0 / count));
		});
	}

	/** Two modes that the data exclude get nothing, the others the weights that they have. */
	@Test
	void modesGetTheirWeights() {
		for (final String name : List.of(PnpDm.NAME, Daps.NAME)) {
			final LadderProblem problem = LadderProblem.fourModes(4, 1);
			new LadderResult(problem, Scopes.compute(() -> problem.sample(name, 400, 1))).requireModes(name);
		}
	}

	/** What is asked for is what is spent; too few for alternations after an annealing are all one reverse diffusion. */
	@Test
	void evaluationsOfPnpDm() {
		for (final int count : new int[] { 1, 3, 4, 7, 48, 100, 200 }) {
			assertEquals(count, new PnpDm(PnpDm.Options.evaluations(count)).evaluations());
			assertEquals(count, new PnpDm(PnpDm.Options.evaluations(count).uneven()).evaluations());
		}
	}

	@Test
	void measuredAndUnmeasuredDirectionsAreCalibrated() {
		for (final String name : List.of(PnpDm.NAME, Daps.NAME)) {
			final LadderProblem problem = LadderProblem.spectrum(false, 1);
			new LadderResult(problem, Scopes.compute(() -> problem.sample(name, 200, 1))).requireCalibrated(name);
		}
	}

	/** DAPS with the inner law of a Gaussian prior is exact: N(0, 0.5) measured as 0.9 x + 0.2 n = 0.7. */
	@Test
	void decoupledAnnealingOfAGaussian() {
		final double[] x = Scopes.compute(() -> Tensors.toDoubles(new Daps(new Daps.Options(200, 0.01)).sample(DiagonalMixture.gaussian(new double[] { 0.5 }),
			new DiagonalOperator(20000, 0.9).data(new double[] { 0.7 }, 0.2), LadderProblem.streams(1, 1), NONE).images()));
		assertEquals(0.7079, Moments.mean(x), 0.01);
		assertEquals(1, Moments.variance(x) / 0.04494, 0.05);
	}

	/** Sums in double precision. */
	private static final class Moments {

		static double mean(final double[] values) {
			return java.util.Arrays.stream(values).average().orElseThrow();
		}

		static double variance(final double[] values) {
			final double mean = mean(values);
			return java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
		}
	}
}
