package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class SenseOperatorTest {

	@ParameterizedTest
	@CsvSource({ "64,64,4", "63,48,3", "31,17,1", "128,96,8" })
	void adjointLinearityNormalAndNorm(final int rows, final int columns, final int coils) {
		Scopes.run(() -> {
			final SampleRandom random = SampleRandom.single(3, 0);
			final Tensor maps = Complex.fromPairs(random.normal(coils, rows, columns, 2).squeeze(0));
			final float[] mask = new float[rows * columns];
			for (int i = 0; i < mask.length; i++) mask[i] = i / columns % 3 == 0 || i % 7 == 0 ? 1 : 0;
			try (SenseOperator operator = new SenseOperator(maps, Tensors.of(mask, rows, columns))) {
				final OperatorCheck check = OperatorCheck.of(operator, 5);
				assertTrue(check.within(1e-6), "scale factor " + check.scale() + ": " + check);
				assertEquals(0, check.norm(), 0.01);
			}
		});
	}

	/** Weights that all coils share go a shorter way than others: both are A^H w A. */
	@ParameterizedTest
	@CsvSource({ "32,24,3,true", "31,17,2,false" })
	void weightsInThePlaceOfTheMaskAndNoiseOnlyWhereMeasured(final int rows, final int columns, final int coils, final boolean lines) {
		Scopes.run(() -> {
			final SampleRandom random = SampleRandom.single(3, 0);
			final Tensor maps = Complex.fromPairs(random.normal(coils, rows, columns, 2).squeeze(0));
			final float[] mask = new float[rows * columns];
			for (int i = 0; i < mask.length; i++) mask[i] = i / columns % 3 == 0 || !lines && i % 7 == 0 ? 1 : 0;
			final Tensor weights = random.normal(1, rows, columns, 1).square(), image = random.normal(2, rows, columns);
			try (SenseOperator operator = new SenseOperator(maps, Tensors.of(mask, rows, columns))) {
				final Tensor want = operator.adjoint(operator.forward(image).mul(weights)), got = operator.weightedNormal(weights).apply(image);
				assertEquals(0, Math.sqrt(Tensors.squaredNorm(got.sub(want))[0] / Tensors.squaredNorm(want)[0]), 1e-6);
				final Tensor noise = operator.noise(random), outside = Tensors.of(mask, 1, 1, rows, columns, 1).sub(new Scalar(1));
				assertEquals(0, Tensors.squaredNorm(noise.mul(outside))[0]);
				assertEquals(1, Tensors.squaredNorm(noise)[0] / operator.measurements(), 6 / Math.sqrt(operator.measurements()));
			}
		});
	}
}
