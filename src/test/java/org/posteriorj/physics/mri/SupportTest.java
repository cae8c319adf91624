package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Draws along a trajectory, where no coil sees anything. */
class SupportTest {

	private static final int SIZE = 32;

	/** There the data say nothing, so that a draw is z + r n, however large the data are elsewhere. */
	@Test
	void drawsOutsideTheCoilMapsAreThoseOfThePrior() {
		Scopes.run(() -> {
			final float[] seen = disk();
			final SampleRandom random = SampleRandom.single(1, 0);
			try (NonCartesianSense operator = new NonCartesianSense(Complex.fromPairs(random.normal(2, SIZE, SIZE, 2).squeeze(0).mul(Tensors.of(seen, 1, SIZE, SIZE, 1))),
				Trajectories.radial(24, 2 * SIZE, SIZE)))
			{
				final DataConsistency data = new DataConsistency(operator, Tensors.scale(operator.forward(random.normal(2, SIZE, SIZE)), 100), 0.05);
				final double r = 0.3;
				final float[] noise = Tensors.toFloats(SampleRandom.single(7, 0).normal(2, SIZE, SIZE)), drawn = Tensors.toFloats(data.draw(Tensors.zeros(1, 2, SIZE, SIZE), r,
					SampleRandom.single(7, 0)));
				int others = 0;
				for (int i = 0; i < drawn.length; i++) if (seen[i % seen.length] == 0) {
					assertEquals(r * noise[i], drawn[i], 1e-5, "pixel " + i);
					others++;
				}
				assertTrue(others > 400, others + " pixels");
			}
		});
	}

	private static float[] disk() {
		final float[] values = new float[SIZE * SIZE];
		for (int i = 0; i < values.length; i++) values[i] = Math.hypot(i / SIZE - 15.5, i % SIZE - 15.5) < 12 ? 1 : 0;
		return values;
	}
}
