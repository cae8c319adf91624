package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** From x = 2, D = 0.5 at level 1.5 to level 0.6, with no noise for the mean and unit noise for the spread. */
class StepsTest {

	private static final double S = 1.5, T = 0.6;

	private interface Move {

		Tensor apply(Tensor x, Tensor denoised, Tensor noise);
	}

	private static void check(final double mean, final double spread, final Move move) {
		final double m = value(move, 0), with = value(move, 1);
		assertEquals(mean, m, 1e-6);
		assertEquals(spread, with - m, 1e-6);
	}

	private static double value(final Move move, final float noise) {
		return Scopes.compute(() -> move.apply(pixel(2), pixel(0.5f), pixel(noise)).item_double());
	}

	private static Tensor pixel(final float v) {
		return Tensors.of(new float[] { v }, 1, 1, 1, 1);
	}

	@Test
	void implicitStep() {
		check(1.1, 0, (x, d, n) -> Steps.implicit(d, Steps.noiseIn(x, d, S), T, 0, n));
		check(0.816070, 0.51, (x, d, n) -> Steps.implicit(d, Steps.noiseIn(x, d, S), T, 0.85, n));
	}

	@Test
	void originalStep() {
		check(0.876186, 0.467423, (x, d, n) -> Steps.original(x, d, S, T, 0.85, n));
		check(0.74, 0.549909, (x, d, n) -> Steps.original(x, d, S, T, 1, n));
	}

	@Test
	void predictorStep() {
		check(0.74, 1.374773, (x, d, n) -> Steps.predictor(x, d, S, T, n));
	}

	@Test
	void systematicResamplingKeepsWeights() {
		final double[] log = { Math.log(0.5), Math.log(0.25), Math.log(0.25), Double.NEGATIVE_INFINITY };
		assertArrayEquals(new int[] { 0, 0, 1, 2 }, EnsembleSmc.resample(log, 0.5));
		assertEquals(1 / (0.25 + 2 * 0.0625), EnsembleSmc.weigh(new double[4], log), 1e-12);
	}
}
