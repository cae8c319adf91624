package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.ct.FilteredBackprojection;
import org.posteriorj.physics.ct.FilterWindow;
import org.posteriorj.physics.ct.Sirt;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class TotalVariationTest {

	/** y = x. */
	private record Identity(long... imageShape) implements LinearOperator {

		@Override
		public long[] dataShape() {
			return imageShape;
		}

		@Override
		public Tensor forward(final Tensor images) {
			return images.clone();
		}

		@Override
		public Tensor adjoint(final Tensor data) {
			return data.clone();
		}

		@Override
		public double norm() {
			return 1;
		}

		@Override
		public long measurements() {
			return org.posteriorj.tensor.Shapes.count(imageShape);
		}
	}

	@Test
	void differencesHaveAnExactAdjoint() {
		Scopes.run(() -> {
			final Tensor x = new SampleRandom(1, new long[] { 0, 1, 2 }, 0).normal(2, 7, 9);
			for (final Differences differences : List.of(Differences.IN_PLANE, Differences.ACROSS_SLICES, Differences.IN_SPACE)) {
				final Tensor dx = differences.forward(x), d = dx.add(dx.sin());
				final double left = Tensors.dot(dx.unsqueeze(0), d.unsqueeze(0))[0];
				final double right = Tensors.dot(x.unsqueeze(0), differences.adjoint(d).unsqueeze(0))[0];
				assertEquals(left, right, 1e-6 * Math.abs(left));
			}
		});
	}

	/** Flat pieces of n pixels next to one jump move towards each other by lambda sigma^2 / n, a middle piece by twice that. */
	@Test
	void stepsMoveByTheKnownAmount() {
		final float[] steps = new float[30];
		for (int i = 0; i < 30; i++) steps[i] = i < 6 ? 1 : i < 20 ? 5 : 2;
		final double lambda = 1.5, sigma = 0.8, shift = lambda * sigma * sigma;
		for (final boolean across : new boolean[] { false, true }) {
			final float[] got = Scopes.compute(() -> {
				final Tensor y = across ? Tensors.of(steps, 30, 1, 1, 1) : Tensors.of(steps, 1, 1, 1, 30);
				final LinearOperator identity = across ? new Identity(1, 1, 1) : new Identity(1, 1, 30);
				final TotalVariation tv = new TotalVariation(new DataConsistency(identity, y, sigma), across ? Differences.ACROSS_SLICES
					: Differences.IN_PLANE, lambda);
				return Tensors.toFloats(tv.solve(y, 200, Progress.NONE));
			});
			final float[] want = new float[30];
			for (int i = 0; i < 30; i++) want[i] = (float) (i < 6 ? 1 + shift / 6 : i < 20 ? 5 - 2 * shift / 14 : 2 + shift / 10);
			assertArrayEquals(want, got, 2e-3f);
		}
	}

	@Test
	void sparseViewsOfADiskAreBetterThanWithSirtAndFbp() {
		final int n = 64;
		final float[] truth = new float[n * n];
		for (int i = 0; i < n * n; i++) {
			final double r = i / n - 30, c = i % n - 34;
			truth[i] = r * r + c * c < 400 ? r * r / 2 + c * c < 50 ? 0.03f : 0.02f : 0;
		}
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(20, 180), 1, 1);
		final CtOperator operator = CtOperator.of(geometry, 91, n, n);
		Scopes.run(() -> {
			final Tensor x = Tensors.of(truth, 1, 1, n, n);
			final Tensor y = Tensors.add(operator.forward(x), 0.01, SampleRandom.single(4, 0).normal(20, 91));
			final Tensor fbp = new FilteredBackprojection(geometry, 91, n, n, FilterWindow.HANN).reconstruct(y);
			final Tensor tv = new TotalVariation(new DataConsistency(operator, y, 0.01), Differences.IN_PLANE, 300).solve(fbp, 60, Progress.NONE);
			try (Sirt sirt = new Sirt(operator)) {
				final double sirtError = error(sirt.reconstruct(y, fbp, 40, true, Progress.NONE), x);
				System.out.println("20 views: FBP " + error(fbp, x) + ", SIRT " + sirtError + ", TV " + error(tv, x));
				assertTrue(error(tv, x) < 0.6 * Math.min(sirtError, error(fbp, x)));
			}
		});
	}

	@Test
	void theSameBytesInABatchAndAlone() {
		Scopes.run(() -> {
			final Tensor y = SampleRandom.single(1, 0).normal(2, 12, 12);
			final TotalVariation tv = new TotalVariation(new DataConsistency(new Identity(2, 12, 12), y, 1), Differences.IN_PLANE, 0.4);
			final Tensor starts = new SampleRandom(2, new long[] { 0, 1 }, 0).normal(2, 12, 12);
			final Tensor both = tv.solve(starts, 15, Progress.NONE);
			for (int i = 0; i < 2; i++) {
				assertArrayEquals(Tensors.toFloats(Tensors.items(both, i, i + 1)), Tensors.toFloats(tv.solve(Tensors.items(starts, i, i + 1), 15,
					Progress.NONE)));
			}
		});
	}

	private static double error(final Tensor got, final Tensor want) {
		return Math.sqrt(Tensors.squaredNorm(got.sub(want))[0] / Tensors.squaredNorm(want)[0]);
	}
}
