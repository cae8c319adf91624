package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class MatrixOperatorTest {

	private static double difference(final Tensor found, final Tensor expected) {
		return Math.sqrt(Tensors.squaredNorm(found.sub(expected).unsqueeze(0))[0] / Tensors.squaredNorm(expected.unsqueeze(0))[0]);
	}

	@Test
	void itIsTheOperatorThatItWasMadeOf() {
		Scopes.run(() -> {
			final CtOperator operator = CtOperator.of(Geometry.parallel(Geometry.evenAngles(11, 180), 1, 1), 25, 15, 17);
			final LinearOperator matrix = new MatrixOperator(operator);
			final Tensor x = SampleRandom.single(1, 0).normal(operator.imageShape()), y = SampleRandom.single(1, 1).normal(operator.dataShape());
			final Tensor weights = SampleRandom.single(1, 2).normal(operator.dataShape()).square();
			final Tensor images = Tensors.concatenate(java.util.List.of(x, x.mul(x))), data = Tensors.concatenate(java.util.List.of(y, y.mul(y)));
			assertEquals(0, difference(matrix.forward(images), operator.forward(images)), 1e-6);
			assertEquals(0, difference(matrix.adjoint(data), operator.adjoint(data)), 1e-6);
			assertEquals(0, difference(matrix.normal(images), operator.normal(images)), 1e-6);
			assertEquals(0, difference(matrix.weightedNormal(weights).apply(images), operator.weightedNormal(weights).apply(images)), 1e-6);
			final OperatorCheck check = OperatorCheck.of(matrix, 3);
			assertTrue(check.within(1e-6), "adjoint " + check.adjoint() + ", scale factor " + check.scale());
			assertEquals(operator.measurements(), matrix.measurements());
		});
	}
}
