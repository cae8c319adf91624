package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.mri.Trajectories;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class DensityCompensationTest {

	@Test
	void aCartesianGridNeedsNone() {
		final int n = 16;
		final double[] ky = new double[n * n], kx = new double[n * n];
		for (int i = 0; i < n * n; i++) {
			ky[i] = i / n - n / 2;
			kx[i] = i % n - n / 2;
		}
		for (final float w : DensityCompensation.weights(new Trajectory(n, n, ky, kx), n, n)) assertEquals(1, w, 0.01);
	}

	@Test
	void spokesAreWeightedByTheirDistanceFromTheCentre() {
		final int spokes = 128, samples = 128, size = 64;
		final Trajectory radial = Trajectories.radial(spokes, samples, size);
		final float[] weights = DensityCompensation.weights(radial, size, size);
		for (int i = 0; i < samples; i++) {
			final double k = Math.abs(radial.kx()[i]);
			// the ring of radius k is shared by 2 spokes' ends; half a grid point of radius per sample
			if (k > 5 && k < 28) assertEquals(Math.PI * k / spokes * 0.5, weights[i], 0.05 * Math.PI * k / spokes * 0.5, "k = " + k);
		}
	}

	@Test
	void theAdjointOfWeightedDataIsAFirstImage() {
		final int n = 64;
		final float[] image = new float[2 * n * n];
		for (int i = 0; i < n * n; i++) {
			final double r = i / n - 30, c = i % n - 35;
			image[2 * i] = (float) Math.exp(-(r * r + 2 * c * c) / 128);
		}
		final Trajectory spiral = Trajectories.spiral(16, 800, 2.6, n);
		final float[] weights = DensityCompensation.weights(spiral, n, n);
		try (Nufft nufft = new Nufft(spiral, n, n, Nufft.Accuracy.STANDARD)) {
			final double error = Scopes.compute(() -> {
				final Tensor x = Complex.fromPairs(Tensors.of(image, 1, n, n, 2));
				final Tensor back = nufft.adjoint(nufft.forward(x).mul(Tensors.of(weights, 1, weights.length)));
				return Math.sqrt(Tensors.squaredNorm(Complex.toPairs(back.sub(x)))[0] / Tensors.squaredNorm(Complex.toPairs(x))[0]);
			});
			assertTrue(error < 0.05, "relative error " + error);
		}
	}
}
