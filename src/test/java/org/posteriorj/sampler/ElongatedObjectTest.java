package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.ct.ViewScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Sixteen CT views of an object three times as long as wide, at an oblique angle: a Gaussian field inside an ellipse and nothing
 * outside, whose posterior covariance is known for every choice of views.
 */
class ElongatedObjectTest {

	private static final int SIZE = 32, DETECTORS = 46, CANDIDATES = 48, FIRST = 4, VIEWS = 16;
	private static final double SIGMA = 0.03;
	private static final int[] PIXELS = IntStream.range(0, SIZE * SIZE).filter(i -> {
		final double x = i % SIZE - (SIZE - 1) / 2.0, y = i / SIZE - (SIZE - 1) / 2.0, turn = Math.toRadians(12);
		return Math.hypot((x * Math.cos(turn) + y * Math.sin(turn)) / 14, (y * Math.cos(turn) - x * Math.sin(turn)) / 4.5) < 1;
	}).toArray();
	private static final int N = PIXELS.length;
	private static final double[][] COVARIANCE = covariance();
	private static final Geometry GEOMETRY = Geometry.parallel(Geometry.evenAngles(CANDIDATES, 180), 1, 1);
	/** Rays, [view * DETECTORS + detector][pixel of the object]. */
	private static final double[][] RAYS = rays();

	/** Exponential correlation, a pixel long. */
	private static double[][] covariance() {
		final double[][] c = new double[N][N];
		for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
			c[i][j] = Math.exp(-Math.hypot(PIXELS[i] % SIZE - PIXELS[j] % SIZE, PIXELS[i] / SIZE - PIXELS[j] / SIZE));
		}
		return c;
	}

	private static double[][] rays() {
		final float[] units = new float[N * SIZE * SIZE];
		for (int p = 0; p < N; p++) units[p * SIZE * SIZE + PIXELS[p]] = 1;
		final float[] columns = Scopes.compute(() -> Tensors.toFloats(CtOperator.of(GEOMETRY, DETECTORS, SIZE, SIZE).forward(Tensors.of(units, N, 1, SIZE, SIZE))));
		final double[][] rays = new double[CANDIDATES * DETECTORS][N];
		for (int p = 0; p < N; p++) for (int r = 0; r < rays.length; r++) rays[r][p] = columns[p * rays.length + r];
		return rays;
	}

	/** {@code (I - K A) C} after each of these views, ray by ray. */
	private static double[][] posterior(final List<Integer> views) {
		final double[][] c = Arrays.stream(COVARIANCE).map(double[]::clone).toArray(double[][]::new);
		for (final int view : views) for (int d = 0; d < DETECTORS; d++) {
			final double[] ray = RAYS[view * DETECTORS + d], shared = Arrays.stream(c).mapToDouble(row -> dot(row, ray)).toArray();
			final double variance = dot(shared, ray) + SIGMA * SIGMA;
			for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) c[i][j] -= shared[i] * shared[j] / variance;
		}
		return c;
	}

	/** Expected root mean square error of the posterior mean inside the object. */
	private static double error(final List<Integer> views) {
		final double[][] c = posterior(views);
		return Math.sqrt(IntStream.range(0, N).mapToDouble(i -> c[i][i]).sum() / N);
	}

	private static double dot(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
		return sum;
	}

	/** {@code C^(1/2) white} by a Cholesky factor, and {@code D(x; sigma) = C (C + sigma^2)^-1 x}. */
	private static final class ObjectPrior implements DiffusionPrior {

		private final Map<Double, double[][]> denoisers = new HashMap<>();

		@Override
		public String name() {
			return "elongated";
		}

		@Override
		public int channels() {
			return 1;
		}

		@Override
		public Tensor denoise(final Tensor noisy, final double sigma) {
			final double[][] d = denoisers.computeIfAbsent(sigma, ObjectPrior::denoiser);
			final int n = SIZE * SIZE, batch = (int) noisy.size(0);
			return Scopes.keep(() -> {
				final float[] from = Tensors.toFloats(noisy), to = new float[from.length];
				for (int b = 0; b < batch; b++) for (int i = 0; i < N; i++) {
					double sum = 0;
					for (int j = 0; j < N; j++) sum += d[i][j] * from[b * n + PIXELS[j]];
					to[b * n + PIXELS[i]] = (float) sum;
				}
				return Tensors.of(to, batch, 1, SIZE, SIZE);
			});
		}

		/** {@code C - C (C + sigma^2)^-1 C} over sigma^2, by conditioning on one noisy pixel after the other. */
		private static double[][] denoiser(final double sigma) {
			final double[][] c = Arrays.stream(COVARIANCE).map(double[]::clone).toArray(double[][]::new);
			for (int k = 0; k < N; k++) {
				final double[] shared = c[k].clone();
				final double variance = shared[k] + sigma * sigma;
				for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) c[i][j] -= shared[i] * shared[j] / variance;
			}
			for (final double[] row : c) for (int j = 0; j < N; j++) row[j] /= sigma * sigma;
			return c;
		}

		@Override
		public double sigmaMin() {
			return 1e-3;
		}

		@Override
		public double sigmaMax() {
			return 1e3;
		}

		@Override
		public double sigmaData() {
			return 1;
		}
	}

	/** The object of a seed, seen by every view. */
	private static float[] sinogram(final long seed) {
		final double[][] factor = new double[N][N];
		for (int i = 0; i < N; i++) for (int j = 0; j <= i; j++) {
			double sum = COVARIANCE[i][j];
			for (int k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
			factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
		}
		final float[] white = Scopes.compute(() -> Tensors.toFloats(SampleRandom.single(seed, 0).normal(N))), noise = Scopes.compute(() -> Tensors.toFloats(SampleRandom
			.single(seed, 1).normal(RAYS.length))), values = new float[RAYS.length];
		final double[] image = new double[N];
		for (int i = 0; i < N; i++) for (int j = 0; j <= i; j++) image[i] += factor[i][j] * white[j];
		for (int r = 0; r < values.length; r++) values[r] = (float) (dot(RAYS[r], image) + SIGMA * noise[r]);
		return values;
	}

	private static List<Integer> chosen(final long seed) {
		final float[] sinogram = sinogram(seed);
		final boolean[] possible = new boolean[CANDIDATES];
		Arrays.fill(possible, true);
		final ViewScan scan = new ViewScan(GEOMETRY, DETECTORS, SIZE, possible, view -> Arrays.copyOfRange(sinogram, view * DETECTORS, (view + 1) * DETECTORS), SIGMA,
			ComputeDevice.choose("cpu"));
		final List<Integer> views = new ArrayList<>(even(FIRST));
		scan.measure(views);
		final ActiveSubsampling active = new ActiveSubsampling(ActiveSubsampling.Options.of(VIEWS, new LinePolicy(AcquisitionScore.INFORMATION, 4, List.of()), 10));
		Scopes.run(() -> active.run(new ObjectPrior(), scan, 0, new SampleRandom(seed, LongStream.range(0, 6).toArray(), 0), Progress.NONE, (decision, particles) -> views
			.addAll(decision.lines())));
		return views;
	}

	private static List<Integer> even(final int views) {
		return IntStream.range(0, views).mapToObj(k -> k * CANDIDATES / views).toList();
	}

	@Test
	void viewsChosenByInformationBeatEvenOnes() {
		final List<Integer> views = chosen(1);
		assertEquals(VIEWS, views.stream().distinct().count());
		final double own = error(views), fixed = error(even(VIEWS));
		System.out.printf("information: error %.4f, evenly spaced %.4f, %s%n", own, fixed, views);
		assertTrue(own < 0.97 * fixed, own + " against " + fixed + ": " + views);
	}
}
