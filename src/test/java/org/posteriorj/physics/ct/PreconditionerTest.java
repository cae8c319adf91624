package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Geometry;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class PreconditionerTest {

	private static final int SIZE = 64;

	/** An operator that counts and may hide its spectrum. */
	private static final class Counting implements LinearOperator {

		private final LinearOperator operator;
		private final boolean spectrum;
		private int count;

		Counting(final LinearOperator operator, final boolean spectrum) {
			this.operator = operator;
			this.spectrum = spectrum;
		}

		@Override
		public long[] imageShape() {
			return operator.imageShape();
		}

		@Override
		public long[] dataShape() {
			return operator.dataShape();
		}

		@Override
		public Tensor forward(final Tensor images) {
			count++;
			return operator.forward(images);
		}

		@Override
		public Tensor adjoint(final Tensor data) {
			return operator.adjoint(data);
		}

		@Override
		public double norm() {
			return operator.norm();
		}

		@Override
		public float[] normalSpectrum() {
			return spectrum ? operator.normalSpectrum() : null;
		}

		@Override
		public long measurements() {
			return operator.measurements();
		}
	}

	@ParameterizedTest
	@CsvSource({ "parallel,60,0.3,false", "parallel,60,0.05,true", "fan,90,0.3,true", "parallel,16,0.3,false" })
	void theSameProximalStepInFewerIterations(final String beam, final int views, final double radius, final boolean weighted) {
		final Geometry geometry = beam.equals("fan") ? Geometry.fan(Geometry.evenAngles(views, 360), 0.9, 300, 450, 0.5)
			: Geometry.parallel(Geometry.evenAngles(views, 180), 0.5, 0.5);
		final CtOperator operator = CtOperator.of(geometry, 95, SIZE, SIZE);
		Scopes.run(() -> {
			final Tensor x = Tensors.of(new Ellipse(2, -3, 11, 7, 0.3).image(SIZE, SIZE, 0.5), 1, 1, SIZE, SIZE);
			final Tensor y = Tensors.add(operator.forward(x), 0.1, SampleRandom.single(1, 0).normal(views, 95));
			final Tensor weights = weighted ? Tensors.scale(y, -0.1).exp() : null;
			final Tensor z = Tensors.add(x, radius, SampleRandom.single(2, 0).normal(1, SIZE, SIZE));
			final Counting plain = new Counting(operator, false), quick = new Counting(operator, true);
			final Tensor want = new DataConsistency(plain, y, 0.1, weights).prox(z, radius);
			final Tensor got = new DataConsistency(quick, y, 0.1, weights).prox(z, radius);
			final DataConsistency data = new DataConsistency(operator, y, 0.1, weights);
			final double ratio = 0.01 / (radius * radius);
			final Tensor exact = new ConjugateGradient(3000, 1e-7).solve(v -> Tensors.add(data.normal(v), ratio, v), Tensors.add(data.backprojection(),
				ratio, z), z);
			System.out.printf("%s, %d views, radius %s: %d iterations, error %.1e without, %d, %.1e with preconditioner%n", beam, views, radius,
				plain.count, error(want, exact), quick.count, error(got, exact));
			// both stop at the same residual
			assertTrue(error(got, exact) < 2 * error(want, exact), error(got, exact) + " against " + error(want, exact));
			assertEquals(0, error(got, exact), 0.01);
			assertTrue(quick.count < (views < 60 ? 1 : 0.6) * plain.count, quick.count + " against " + plain.count);
		});
	}

	private static double error(final Tensor got, final Tensor want) {
		return Math.sqrt(Tensors.squaredNorm(got.sub(want))[0] / Tensors.squaredNorm(want)[0]);
	}
}
