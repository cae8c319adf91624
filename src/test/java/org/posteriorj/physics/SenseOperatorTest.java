package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
