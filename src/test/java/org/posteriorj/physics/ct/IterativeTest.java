package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class IterativeTest {

	private static final int SIZE = 64;
	private final CtOperator operator = CtOperator.of(Geometry.fan(Geometry.evenAngles(60, 360), 1.4, 300, 450, 1), 100, SIZE, SIZE);
	private final float[] truth = new Ellipse(4, -5, 22, 14, 0.4).image(SIZE, SIZE, 1);

	private Tensor image() {
		return Tensors.of(truth, 1, 1, SIZE, SIZE);
	}

	private Tensor zero() {
		return Tensors.zeros(1, 1, SIZE, SIZE);
	}

	private double error(final Tensor image) {
		return Math.sqrt(Tensors.squaredNorm(image.sub(image()))[0] / Tensors.squaredNorm(image())[0]);
	}

	@Test
	void sirtAndCglsApproachTheImage() {
		Scopes.run(() -> {
			final Tensor data = operator.forward(image());
			try (Sirt sirt = new Sirt(operator)) {
				final double few = error(sirt.reconstruct(data, zero(), 10, false, Progress.NONE));
				final double many = error(sirt.reconstruct(data, zero(), 100, false, Progress.NONE));
				final double positive = error(sirt.reconstruct(data, zero(), 100, true, Progress.NONE));
				final double conjugate = error(new Cgls(operator, null).reconstruct(data, zero(), 30, Progress.NONE));
				assertTrue(many < 0.5 * few && positive < many && conjugate < many,
					"SIRT 10: " + few + ", 100: " + many + ", not negative: " + positive + ", CGLS 30: " + conjugate);
				assertTrue(conjugate < 0.05, "CGLS 30: " + conjugate);
			}
		});
	}

	@Test
	void cglsSolvesTheWeightedNormalEquations() {
		Scopes.run(() -> {
			final Tensor data = operator.forward(image()).add(Tensors.scale(SampleRandom.single(1, 0).normal(60, 100), 0.1));
			final Tensor weights = SampleRandom.single(2, 0).normal(60, 100).abs();
			final Tensor x = new Cgls(operator, weights).reconstruct(data, zero(), 400, Progress.NONE);
			final Tensor gradient = operator.adjoint(operator.forward(x).sub(data).mul(weights));
			assertEquals(0, Math.sqrt(Tensors.squaredNorm(gradient)[0] / Tensors.squaredNorm(operator.adjoint(data.mul(weights)))[0]), 5e-5);
		});
	}

	@Test
	void theUserCanStop() {
		Scopes.run(() -> assertThrows(CancellationException.class, () -> new Cgls(operator, null).reconstruct(operator.forward(image()), zero(), 10,
			(done, total, message) -> done < 3)));
	}
}
