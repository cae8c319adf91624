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

	/** Solutions by eigenvectors are those by iterations, as near as those come, where the data are weighted and where they are not. */
	@Test
	void solutionsByEigenvectors() {
		Scopes.run(() -> {
			final CtOperator operator = CtOperator.of(Geometry.parallel(Geometry.evenAngles(11, 180), 1, 1), 25, 15, 17);
			final LinearOperator matrix = new MatrixOperator(operator);
			final Tensor z = SampleRandom.single(1, 0).normal(operator.imageShape()), images = Tensors.add(z, 0.1, random().normal(operator.imageShape()));
			final Tensor y = Tensors.add(operator.forward(z), 0.3, SampleRandom.single(1, 1).normal(operator.dataShape()));
			final Tensor uneven = SampleRandom.single(1, 2).normal(operator.dataShape()).square();
			for (final Tensor weights : new Tensor[] { null, uneven }) {
				final DataConsistency slow = new DataConsistency(operator, y, 0.3, weights), fast = new DataConsistency(matrix, y, 0.3, weights);
				assertTrue(fast.closed() && !slow.closed());
				assertEquals(0, difference(fast.prox(images, 0.5), slow.prox(images, 0.5)), 2e-4, "prox");
				final double r = slow.splitRadius();
				assertEquals(0, difference(fast.splitDraw(images, r, random()), slow.splitDraw(images, r, random())), 2e-4, "split draw");
				for (final double far : new double[] { 5 * r, new GradedSplit(slow).radius() }) {
					assertEquals(0, difference(new GradedSplit(fast).draw(images, far, random()), new GradedSplit(slow).draw(images, far, random())), 0.001, "graded draw at " + far / r);
				}
			}
		});
	}

	private static SampleRandom random() {
		return new SampleRandom(3, new long[] { 0, 1 }, 0);
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
