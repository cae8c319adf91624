package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.ct.ViewScan;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Choices of CT views for a field whose structures run along one direction, against the exact information of every set of views. */
class ActiveViewsTest {

	private static final int SIZE = 20, DETECTORS = 30, CANDIDATES = 18, VIEWS = 6, SEEDS = 2;
	private static final double SIGMA = 0.3;
	/** Waves run across x, much finer than along y. */
	private static final GaussianFieldPrior FIELD = new GaussianFieldPrior("stripes", 1, Spectrum.of((ky, kx) -> 3 / Math.pow(1 + ky * ky / (0.03 * 0.03) + kx * kx / (0.2 *
		0.2), 2)));
	private static final Geometry GEOMETRY = Geometry.parallel(Geometry.evenAngles(CANDIDATES, 180), 1, 1);
	private static final float[][] ROWS = rows();
	private static final float[] SINOGRAM = Scopes.compute(() -> {
		final CtOperator all = CtOperator.of(GEOMETRY, DETECTORS, SIZE, SIZE);
		return Tensors.toFloats(Tensors.add(all.forward(FIELD.colour(SampleRandom.single(2, 0).normal(1, SIZE, SIZE))), SIGMA, SampleRandom.single(2, 1).normal(CANDIDATES,
			DETECTORS)));
	});

	/** {@code A C^(1/2)}, one row per ray. */
	private static float[][] rows() {
		final float[] identity = new float[SIZE * SIZE * SIZE * SIZE];
		for (int i = 0; i < SIZE * SIZE; i++) identity[i * SIZE * SIZE + i] = 1;
		final float[] columns = Scopes.compute(() -> Tensors.toFloats(CtOperator.of(GEOMETRY, DETECTORS, SIZE, SIZE).forward(FIELD.colour(Tensors.of(identity, SIZE * SIZE, 1,
			SIZE, SIZE)))));
		final int rays = CANDIDATES * DETECTORS;
		final float[][] rows = new float[rays][SIZE * SIZE];
		for (int p = 0; p < SIZE * SIZE; p++) for (int r = 0; r < rays; r++) rows[r][p] = columns[p * rays + r];
		return rows;
	}

	/** {@code 1/2 ln det(1 + A C A^T / sigma^2)} of some views, by a Cholesky factor. */
	private static double information(final List<Integer> views) {
		final int[] rays = views.stream().flatMapToInt(v -> IntStream.range(v * DETECTORS, (v + 1) * DETECTORS)).toArray();
		final double[][] l = new double[rays.length][rays.length];
		double log = 0;
		for (int i = 0; i < rays.length; i++) for (int j = 0; j <= i; j++) {
			double sum = i == j ? 1 : 0;
			for (int p = 0; p < SIZE * SIZE; p++) sum += (double) ROWS[rays[i]][p] * ROWS[rays[j]][p] / (SIGMA * SIGMA);
			for (int k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
			l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
			if (i == j) log += Math.log(l[i][i]);
		}
		return log;
	}

	private static ViewScan scan(final List<Integer> readable) {
		final boolean[] possible = new boolean[CANDIDATES];
		Arrays.fill(possible, true);
		final float[] none = new float[DETECTORS];
		Arrays.fill(none, Float.NaN);
		final ViewScan scan = new ViewScan(GEOMETRY, DETECTORS, SIZE, possible, view -> readable.contains(view) ? Arrays.copyOfRange(SINOGRAM, view * DETECTORS, (view + 1) *
			DETECTORS) : none, SIGMA, ComputeDevice.choose("cpu"));
		scan.measure(List.of(0));
		return scan;
	}

	private static List<Integer> chosen(final ViewScan scan) {
		final List<Integer> order = new ArrayList<>(List.of(0));
		final ActiveSubsampling active = new ActiveSubsampling(ActiveSubsampling.Options.of(VIEWS, LinePolicy.of(AcquisitionScore.INFORMATION), 5));
		Scopes.run(() -> active.run(FIELD, scan, 0, new SampleRandom(1, LongStream.range(0, 8).toArray(), 0), Progress.NONE, (decision, particles) -> order.addAll(decision
			.lines())));
		return order;
	}

	@Test
	void theViewsTellNearlyAsMuchAsTheGreedyDesign() {
		final List<Integer> greedy = new ArrayList<>(List.of(0));
		while (greedy.size() < VIEWS) {
			int best = -1;
			double most = 0;
			for (int view = 0; view < CANDIDATES; view++) {
				if (greedy.contains(view)) continue;
				final List<Integer> with = new ArrayList<>(greedy);
				with.add(view);
				final double told = information(with);
				if (told > most) {
					most = told;
					best = view;
				}
			}
			greedy.add(best);
		}
		final List<Integer> chosen = chosen(scan(IntStream.range(0, CANDIDATES).boxed().toList())), even = IntStream.range(0, VIEWS).mapToObj(k -> k * CANDIDATES / VIEWS)
			.toList();
		assertEquals(VIEWS, chosen.stream().distinct().count());
		final double own = information(chosen), best = information(greedy), equispaced = information(even);
		System.out.printf("chosen %s %.2f, greedy %s %.2f, equispaced %.2f%n", chosen, own, greedy, best, equispaced);
		assertTrue(own > equispaced + 0.7 * (best - equispaced), chosen + " " + own + " of " + best + " for " + greedy + ", equispaced " + equispaced);
	}

	/** 16 views of 40 x 40 pixels: root mean square error of the exact posterior mean. */
	@Test
	void atSixteenViewsTheErrorIsSmallerThanThatOfEvenViews() {
		final int size = 40, detectors = 58, candidates = 48;
		final Geometry geometry = Geometry.parallel(Geometry.evenAngles(candidates, 180), 1, 1);
		double chosen = 0, even = 0;
		for (int seed = 1; seed <= SEEDS; seed++) {
			final float[][] truth = field(geometry, detectors, size, seed);
			final ViewScan scan = scan(geometry, detectors, size, truth[1], IntStream.range(0, 4).map(k -> k * candidates / 4).toArray());
			final ActiveSubsampling active = new ActiveSubsampling(ActiveSubsampling.Options.of(16, new LinePolicy(AcquisitionScore.INFORMATION, 2, List.of()), 3));
			final long stream = seed;
			Scopes.run(() -> active.run(FIELD, scan, 0, new SampleRandom(stream, LongStream.range(0, 4).toArray(), 0), Progress.NONE, (decision, particles) -> {}));
			final double own = error(scan, truth[0]), fixed = error(scan(geometry, detectors, size, truth[1], IntStream.range(0, 16).map(k -> k * candidates / 16)
				.toArray()), truth[0]);
			System.out.printf("16 views: error %.4f, evenly spaced %.4f%n", own, fixed);
			assertTrue(own < 0.9 * fixed, own + " against " + fixed);
			chosen += own;
			even += fixed;
		}
		System.out.printf("mean over %d fields: %.4f, evenly spaced %.4f%n", SEEDS, chosen / SEEDS, even / SEEDS);
	}

	/** A field and its noisy views. */
	private static float[][] field(final Geometry geometry, final int detectors, final int size, final long seed) {
		final float[] image = Scopes.compute(() -> Tensors.toFloats(FIELD.colour(SampleRandom.single(seed, 0).normal(1, size, size))));
		return new float[][] { image, Scopes.compute(() -> Tensors.toFloats(Tensors.add(CtOperator.of(geometry, detectors, size, size).forward(Tensors.of(image, 1, 1, size,
			size)), SIGMA, SampleRandom.single(seed, 1).normal(geometry.views(), detectors)))) };
	}

	private static ViewScan scan(final Geometry geometry, final int detectors, final int size, final float[] sinogram, final int... first) {
		final boolean[] possible = new boolean[geometry.views()];
		Arrays.fill(possible, true);
		final ViewScan scan = new ViewScan(geometry, detectors, size, possible, view -> Arrays.copyOfRange(sinogram, view * detectors, (view + 1) * detectors), SIGMA,
			ComputeDevice.choose("cpu"));
		scan.measure(Arrays.stream(first).boxed().toList());
		return scan;
	}

	private static double error(final ViewScan scan, final float[] truth) {
		final float[] mean = Scopes.compute(() -> Tensors.toFloats(new GaussianPosterior(FIELD, scan.data()).mean()));
		double sum = 0;
		for (int i = 0; i < truth.length; i++) sum += Math.pow(mean[i] - truth[i], 2);
		return Math.sqrt(sum / truth.length);
	}

	@Test
	void onlyChosenViewsAreLookedAt() {
		final List<Integer> chosen = chosen(scan(IntStream.range(0, CANDIDATES).boxed().toList()));
		assertEquals(chosen, chosen(scan(chosen)));
	}

	@Test
	void aScanGivesWhatItsOperatorPredicts() {
		final ViewScan scan = scan(IntStream.range(0, CANDIDATES).boxed().toList());
		scan.measure(List.of(11, 4));
		assertTrue(scan.measured(4) && !scan.open(4) && scan.open(5) && !scan.measured(5));
		Scopes.run(() -> {
			final var image = FIELD.colour(SampleRandom.single(9, 0).normal(1, SIZE, SIZE));
			final float[] all = Tensors.toFloats(scan.predict(image)), own = Tensors.toFloats(scan.data().operator().forward(image));
			for (int v = 0; v < 3; v++) {
				final int view = new int[] { 0, 4, 11 }[v];
				for (int d = 0; d < DETECTORS; d++) assertEquals(all[view * DETECTORS + d], own[v * DETECTORS + d], 1e-4);
				assertArrayEquals(Arrays.copyOfRange(SINOGRAM, view * DETECTORS, (view + 1) * DETECTORS), Tensors.toFloats(scan.values(view)));
			}
			// no image gives a view more than its gain says
			final double norm = Tensors.squaredNorm(image)[0];
			for (int view = 0; view < CANDIDATES; view += 5) {
				final double power = Tensors.squaredNorm(scan.predict(image).select(1, view))[0];
				assertTrue(power <= scan.gain(view) * norm, power + " of " + scan.gain(view) * norm);
			}
		});
		assertThrows(IllegalArgumentException.class, () -> scan.measure(List.of(4)));
	}
}
