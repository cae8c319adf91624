package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class DiffusionMbirTest {

	private static final int SLICES = 10;
	private static final int SIZE = 24;
	private static final double SIGMA = 0.05;
	private static final int VIEWS = 6;

	/** Slices are stationary Gaussian fields with spectrum {@code (1 + (k / 2)^2)^-2}, scaled to unit variance. */
	private static final class Field implements DiffusionPrior {

		private final double[] spectrum = new double[SIZE * SIZE];

		Field() {
			double sum = 0;
			for (int i = 0; i < spectrum.length; i++) {
				final double ky = Math.min(i / SIZE, SIZE - i / SIZE), kx = Math.min(i % SIZE, SIZE - i % SIZE);
				spectrum[i] = Math.pow(1 + (ky * ky + kx * kx) / 4, -2);
				sum += spectrum[i];
			}
			for (int i = 0; i < spectrum.length; i++) spectrum[i] *= spectrum.length / sum;
		}

		Tensor filter(final Tensor images, final java.util.function.DoubleUnaryOperator gain) {
			return Tensors.eachItem(images, x -> Scopes.keep(() -> {
				final float[] gains = new float[spectrum.length];
				for (int i = 0; i < gains.length; i++) gains[i] = (float) gain.applyAsDouble(spectrum[i]);
				return torch.real(torch.fft_ifft2(torch.fft_fft2(x.to(torch.ScalarType.ComplexFloat)).mul(Tensors.of(gains, SIZE, SIZE)))).contiguous();
			}));
		}

		@Override
		public Tensor denoise(final Tensor noisy, final double sigma) {
			return filter(noisy, s -> s / (s + sigma * sigma));
		}

		@Override
		public String name() {
			return "field";
		}

		@Override
		public int channels() {
			return 1;
		}

		@Override
		public double sigmaMin() {
			return 1e-3;
		}

		@Override
		public double sigmaMax() {
			return 80;
		}

		@Override
		public double sigmaData() {
			return 1;
		}
	}

	private static final Field PRIOR = new Field();
	private static final CtOperator OPERATOR = CtOperator.of(Geometry.parallel(Geometry.evenAngles(VIEWS, 180), 1, 1), 35, SIZE, SIZE);
	private static Tensor truth;
	private static DataConsistency data;

	/** A volume that changes slowly from slice to slice, and its sparse views. */
	@BeforeAll
	static void simulate() {
		truth = Scopes.keep(() -> {
			final Tensor ends = PRIOR.filter(new SampleRandom(3, new long[] { 0, 1 }, 0).normal(1, SIZE, SIZE), Math::sqrt);
			final java.util.List<Tensor> slices = new java.util.ArrayList<>();
			for (int z = 0; z < SLICES; z++) {
				final double a = 0.5 * Math.PI * z / (SLICES - 1);
				slices.add(Tensors.add(Tensors.scale(Tensors.items(ends, 0, 1), Math.cos(a)), Math.sin(a), Tensors.items(ends, 1, 2)));
			}
			return Tensors.concatenate(slices);
		});
		final Tensor y = Scopes.keep(() -> Tensors.add(OPERATOR.forward(truth), SIGMA, random(99).normal(VIEWS, 35)));
		data = new DataConsistency(OPERATOR, y, SIGMA);
	}

	@AfterAll
	static void free() {
		truth.close();
	}

	private static SampleRandom random(final long seed) {
		return new SampleRandom(seed, LongStream.range(0, SLICES).toArray(), 0);
	}

	private static float[] run(final DiffusionMbir.Options options) {
		return Scopes.compute(() -> Tensors.toFloats(new DiffusionMbir(options).sample(PRIOR, data, random(1), Progress.NONE).images()));
	}

	private static double error(final float[] got) {
		return Scopes.compute(() -> {
			final Tensor x = Tensors.of(got, SLICES, 1, SIZE, SIZE);
			return Math.sqrt(Tensors.squaredNorm(x.sub(truth).unsqueeze(0))[0] / Tensors.squaredNorm(truth.unsqueeze(0))[0]);
		});
	}

	/** Relative error of the differences of neighbouring slices. */
	private static double throughPlane(final float[] got) {
		return Scopes.compute(() -> {
			final Tensor x = Tensors.of(got, SLICES, 1, SIZE, SIZE);
			return Math.sqrt(Tensors.squaredNorm(Differences.ACROSS_SLICES.forward(x.sub(truth)))[0] /
				Tensors.squaredNorm(Differences.ACROSS_SLICES.forward(truth))[0]);
		});
	}

	private static DiffusionMbir.Options fast(final double coupling, final int chunk) {
		return new DiffusionMbir.Options(50, false, coupling, chunk);
	}

	@Test
	void theSameVolumeForEveryChunkSize() {
		final float[] one = run(fast(1, 1));
		for (final int chunk : new int[] { 4, 16 }) assertArrayEquals(one, run(fast(1, chunk)), 1e-5f);
	}

	@Test
	void couplingLowersTheErrorAboveAllAcrossSlices() {
		final float[] alone = run(fast(0, 4)), coupled = run(fast(1, 4));
		System.out.printf("slice-wise: error %.3f, through-plane %.3f; coupled: %.3f, %.3f%n", error(alone), throughPlane(alone), error(coupled),
			throughPlane(coupled));
		assertTrue(error(coupled) < 0.97 * error(alone), error(coupled) + " against " + error(alone));
		assertTrue(throughPlane(coupled) < 0.6 * throughPlane(alone), throughPlane(coupled) + " against " + throughPlane(alone));
	}

	@Test
	void publishedFormComesOutNear() {
		final float[] published = run(new DiffusionMbir.Options(400, true, 1, 4)), fast = run(fast(1, 4));
		System.out.printf("published form, 400 levels: error %.3f, fast form, 50: %.3f%n", error(published), error(fast));
		assertTrue(error(published) < 2 * error(fast), error(published) + " against " + error(fast));
	}

	/** Without prior and noise, step after step is the method of multipliers for total variation across slices. */
	@Test
	void couplingConvergesToTotalVariationAcrossSlices() {
		Scopes.run(() -> {
			final CtOperator all = CtOperator.of(Geometry.parallel(Geometry.evenAngles(40, 180), 1, 1), 35, SIZE, SIZE);
			final DataConsistency dense = new DataConsistency(all, Tensors.add(all.forward(truth), 1, random(7).normal(40, 35)), 1);
			final double penalty = 0.05 * all.norm() * all.norm(), lambda = 0.03 * penalty;
			final Tensor want = new TotalVariation(dense, Differences.ACROSS_SLICES, lambda).solve(truth, 100, Progress.NONE);
			try (SliceCoupling coupling = new SliceCoupling(dense, truth)) {
				Tensor x = truth;
				for (int i = 0; i < 200; i++) x = coupling.step(x, Double.POSITIVE_INFINITY, new SliceCoupling.Weight(lambda, penalty), 10);
				// the images differ where neither data nor coupling say anything; what is minimised does not
				assertEquals(1, objective(dense, x, lambda) / objective(dense, want, lambda), 1e-3);
				assertTrue(objective(dense, truth, lambda) > 1.01 * objective(dense, want, lambda));
			}
		});
	}

	private static double objective(final DataConsistency likelihood, final Tensor x, final double lambda) {
		double sum = lambda * Scopes.compute(() -> Differences.magnitude(Differences.ACROSS_SLICES.forward(x)).sum().item_double());
		for (final double chi : likelihood.chiSquare(x)) sum += 0.5 * chi * likelihood.operator().measurements();
		return sum;
	}

	@Test
	void stopsWhenAsked() {
		assertThrows(CancellationException.class, () -> Scopes.run(() -> new DiffusionMbir(fast(1, 4)).sample(PRIOR, data, random(1), (done,
			total, message) -> done < 20)));
	}
}
