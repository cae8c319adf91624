package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The norm that operators state, against a power iteration that goes on until it has arrived. */
class OperatorNormTest {

	private static final int LONG = 3000;

	@ParameterizedTest
	@CsvSource({ "24,20,3,4,4", "31,17,1,2,5", "32,32,8,4,8", "40,24,4,8,12" })
	void simulatedCoils(final int rows, final int columns, final int coils, final double acceleration, final int acs) {
		Scopes.run(() -> assertNorm(Complex.fromPairs(Tensors.of(CoilSimulation.maps(coils, rows, columns, 1), coils, rows, columns, 2)), KSpace.ones(new SamplingMask(rows,
			columns, acceleration, acs).equispaced())));
	}

	/** Maps of noise, whose largest singular values lie close together. */
	@ParameterizedTest
	@CsvSource({ "24,20,3", "31,17,2" })
	void randomCoils(final int rows, final int columns, final int coils) {
		final float[] mask = new float[rows * columns];
		for (int i = 0; i < mask.length; i++) mask[i] = i / columns % 3 == 0 || i % 7 == 0 ? 1 : 0;
		Scopes.run(() -> assertNorm(Complex.fromPairs(SampleRandom.single(3, 0).normal(coils, rows, columns, 2).squeeze(0)), mask));
	}

	private static void assertNorm(final Tensor maps, final float[] mask) {
		try (SenseOperator operator = new SenseOperator(maps, Tensors.of(mask, maps.size(1), maps.size(2)))) {
			Tensor x = Scopes.keep(() -> SampleRandom.single(7, 0).normal(operator.imageShape()));
			double eigenvalue = 0;
			for (int i = 0; i < LONG; i++) {
				final double length = Math.sqrt(Tensors.squaredNorm(x)[0]);
				x = Scopes.update(x, image -> operator.normal(Tensors.scale(image, 1 / length)));
				eigenvalue = Math.sqrt(Tensors.squaredNorm(x)[0]);
			}
			assertEquals(1, operator.norm() / Math.sqrt(eigenvalue), 1e-4);
		}
	}
}
