package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntUnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Draws for pixels that are measured with gains from 0 to 8 have the mean and the variance that the formula says, with the long series and the short one. */
class GradedSplitTest {

	private static final double[] GAINS = { 0, 0.25, 0.5, 1, 8 };
	private static final int EACH = 4000;
	private static final double SIGMA = 0.5, X = 0.2, Y = 0.7;

	/** Every pixel has its gain. */
	private record Gains(Tensor gains) implements LinearOperator {

		@Override
		public long[] imageShape() {
			return new long[] { 1, GAINS.length, EACH };
		}

		@Override
		public long[] dataShape() {
			return imageShape();
		}

		@Override
		public Tensor forward(final Tensor images) {
			return images.mul(gains);
		}

		@Override
		public Tensor adjoint(final Tensor data) {
			return data.mul(gains);
		}

		@Override
		public double norm() {
			return GAINS[GAINS.length - 1];
		}

		@Override
		public long measurements() {
			return (long) GAINS.length * EACH;
		}
	}

	private static Tensor constant(final double value) {
		final float[] values = new float[GAINS.length * EACH];
		java.util.Arrays.fill(values, (float) value);
		return Tensors.of(values, 1, 1, GAINS.length, EACH);
	}

	@Test
	void drawsHaveTheirMeanAndVariance() {
		final float[] gains = new float[GAINS.length];
		for (int i = 0; i < gains.length; i++) gains[i] = (float) GAINS[i];
		for (final double weight : new double[] { 1, 4 }) for (final double r : new double[] { 0.1, 0.3 }) Scopes.run(() -> {
			final DataConsistency data = new DataConsistency(new Gains(Tensors.of(gains, 1, gains.length, 1)), constant(Y), SIGMA, weight == 1 ? null : constant(weight));
			final float[] z = Tensors.toFloats(new GradedSplit(data).draw(constant(X), r, SampleRandom.single(3, 0)));
			for (int i = 0; i < GAINS.length; i++) {
				double sum = 0, squares = 0;
				for (int k = 0; k < EACH; k++) {
					final double value = z[i * EACH + k];
					sum += value;
					squares += value * value;
				}
				// the largest u is that of gain 8
				final boolean far = r * r * weight / (SIGMA * SIGMA) > 1;
				final double u = r * r * GAINS[i] * GAINS[i] * weight / (SIGMA * SIGMA), series = far ? 1 + u : 1 + u + u * u + u * u * u, precision = 1 + u * series,
					variance = r * r / precision;
				final double mean = (X + series * (GAINS[i] == 0 ? 0 : u * Y / GAINS[i])) / precision, got = sum / EACH;
				final String what = "gain " + GAINS[i] + ", weight " + weight + ", r " + r;
				assertEquals(mean, got, 4 * Math.sqrt(variance / EACH), what);
				assertEquals(1, (squares / EACH - got * got) / variance, 4 * Math.sqrt(2.0 / EACH), what);
			}
		});
	}

	@Test
	void itIsForUnevenDataOnly() {
		assertEquals(0, radius(i -> i % 2 == 0 ? 0 : 8), "directions that are not measured do not count");
		// 1 % of gain 8 among gain 1: the mean of the squares, each as often as it is large
		final double usual = SIGMA * Math.sqrt(20 / ((0.99 + 0.01 * 4096) / (0.99 + 0.01 * 64)));
		assertEquals(usual, radius(i -> i % 100 == 0 ? 8 : 1), 0.1 * usual);
	}

	private static double radius(final IntUnaryOperator gain) {
		final float[] gains = new float[GAINS.length * EACH];
		for (int i = 0; i < gains.length; i++) gains[i] = gain.applyAsInt(i);
		return Scopes.compute(() -> new GradedSplit(new DataConsistency(new Gains(Tensors.of(gains, 1, GAINS.length, EACH)), constant(Y), SIGMA)).radius());
	}
}
