package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Choices against exact optimal designs. */
class ActiveSubsamplingTest {

	private static final int SIZE = 64;
	private static final double SIGMA = 0.02;

	/** Noisy k-space of single-coil images with values only where asked for. */
	private record Truth(float[] image, float[] kspace, int size) {

		static Truth of(final float[] image, final int size, final long seed) {
			return new Truth(image, Scopes.compute(() -> {
				final var clean = Complex.toPairs(Fourier.forward(Complex.fromChannels(Tensors.of(image, 1, 2, size, size)))).squeeze(0);
				return Tensors.toFloats(Tensors.add(clean, SIGMA, SampleRandom.single(seed, 5).normal(size, size, 2).squeeze(0)));
			}), size);
		}

		LineScan scan(final Integer... first) {
			final LineScan scan = Scopes.compute(() -> new LineScan(Complex.fromPairs(Tensors.of(pairs(size), 1, size, size, 2)), all(size), all(size),
				line -> Arrays.copyOfRange(kspace, 2 * size * line, 2 * size * (line + 1)), SIGMA));
			scan.measure(List.of(first));
			return scan;
		}

		/** Everything but these lines is not a number. */
		Truth poisoned(final List<Integer> except) {
			final float[] values = kspace.clone();
			for (int i = 0; i < values.length; i++) if (!except.contains(i / (2 * size))) values[i] = Float.NaN;
			return new Truth(image, values, size);
		}
	}

	private static float[] pairs(final int size) {
		final float[] one = new float[2 * size * size];
		for (int i = 0; i < one.length; i += 2) one[i] = 1;
		return one;
	}

	private static boolean[] all(final int n) {
		final boolean[] all = new boolean[n];
		Arrays.fill(all, true);
		return all;
	}

	private static SampleRandom random(final long seed, final int particles) {
		return new SampleRandom(seed, LongStream.range(0, particles).toArray(), 0);
	}

	private static ActiveSubsampling active(final int lines, final int batch, final AcquisitionScore score, final int rounds) {
		return new ActiveSubsampling(ActiveSubsampling.Options.of(lines, new LinePolicy(score, batch, List.of()), rounds));
	}

	/** The order of lines measured. */
	private static List<Integer> order(final DiffusionPrior prior, final Truth truth, final ActiveSubsampling active, final int particles) {
		try (LineScan scan = truth.scan(truth.size() / 2)) {
			Scopes.run(() -> active.run(prior, scan, 0, random(3, particles), Progress.NONE, (decision, images) -> {}));
			return scan.order();
		}
	}

	// --- one Gaussian field: the exact greedy design is known beforehand ---

	private static final GaussianFieldPrior FIELD = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 6.0 / SIZE, 2));

	private static Truth field(final long seed) {
		return Truth.of(Scopes.compute(() -> Tensors.toFloats(FIELD.colour(SampleRandom.single(seed, 0).normal(2, SIZE, SIZE)))), SIZE, seed);
	}

	/** {@code sum ln(1 + S / sigma^2)} over a line: twice the expected information, line r of the centred k-space. */
	private static double[] information(final Spectrum spectrum) {
		final double[] gains = new double[SIZE], grid = spectrum.grid(SIZE, SIZE);
		for (int i = 0; i < grid.length; i++) gains[(i / SIZE + SIZE / 2) % SIZE] += Math.log1p(grid[i] / (SIGMA * SIGMA));
		return gains;
	}

	/** Variance that a line removes. */
	private static double[] removed(final Spectrum spectrum) {
		final double[] gains = new double[SIZE], grid = spectrum.grid(SIZE, SIZE);
		for (int i = 0; i < grid.length; i++) gains[(i / SIZE + SIZE / 2) % SIZE] += grid[i] * grid[i] / (grid[i] + SIGMA * SIGMA);
		return gains;
	}

	@Test
	void theOrderIsThatOfTheGreedyDesign() {
		final double[] exact = information(FIELD.spectrum());
		for (final AcquisitionScore score : List.of(AcquisitionScore.VARIANCE, AcquisitionScore.KL)) {
			final List<Integer> order = order(FIELD, field(1), active(17, 1, score, 5), 16).subList(1, 17);
			System.out.printf("%s: %s%n", score.key(), order.stream().map(l -> l - SIZE / 2).toList());
			// neighbouring swaps that sort it; k and -k are worth the same
			int swaps = 0;
			for (int i = 0; i < 16; i++) for (int j = i + 1; j < 16; j++) if (exact[order.get(i)] < exact[order.get(j)] - 1e-9) swaps++;
			System.out.println("transpositions " + swaps);
			if (score == AcquisitionScore.VARIANCE) assertTrue(swaps <= 3, swaps + " transpositions in " + order);
			final double best = IntStream.range(0, SIZE).mapToObj(i -> exact[i]).sorted(Comparator.reverseOrder()).limit(17).mapToDouble(v -> v).sum();
			final double got = exact[SIZE / 2] + order.stream().mapToDouble(l -> exact[l]).sum();
			assertTrue(got > 0.99 * best, got + " of " + best);
		}
	}

	@Test
	void theErrorIsThatOfTheGreedyDesign() {
		final double[] gains = removed(FIELD.spectrum()), exact = information(FIELD.spectrum());
		final List<Integer> greedy = IntStream.range(0, SIZE).boxed().sorted(Comparator.comparingDouble(i -> -exact[i])).limit(17).toList();
		for (int seed = 1; seed <= 3; seed++) {
			final Truth truth = field(seed);
			final List<Integer> chosen = order(FIELD, truth, active(17, 1, AcquisitionScore.VARIANCE, 5), 8);
			final double ratio = Math.sqrt(error(truth, List.of(FIELD.spectrum()), chosen) / error(truth, List.of(FIELD.spectrum()), greedy));
			System.out.printf("error against greedy: %.3f, variance removed %.4f%n", ratio, chosen.stream().mapToDouble(l -> gains[l]).sum() / greedy.stream()
				.mapToDouble(l -> gains[l]).sum());
			assertTrue(ratio < 1.15, "ratio " + ratio);
		}
	}

	/** Squared error of the exact posterior mean under a mixture of equally likely fields when these lines are measured. */
	private static double error(final Truth truth, final List<Spectrum> fields, final List<Integer> lines) {
		final int n = truth.size();
		final double[] k = Scopes.compute(() -> Tensors.toDoubles(Complex.toPairs(Fourier.forward(Complex.fromChannels(Tensors.of(truth.image(), 1, 2, n,
			n))))));
		final double[][] spectra = fields.stream().map(f -> f.grid(n, n)).toArray(double[][]::new);
		final double[] logs = new double[spectra.length];
		for (final int line : lines) for (int c = 0; c < n; c++) for (int j = 0; j < spectra.length; j++) {
			final int i = line * n + c;
			final double v = spectra[j][fft(i, n)] + SIGMA * SIGMA;
			logs[j] -= 0.5 * (Math.pow(truth.kspace()[2 * i], 2) + Math.pow(truth.kspace()[2 * i + 1], 2)) / v + Math.log(v);
		}
		final double[] shares = GaussianMixturePrior.softmax(logs);
		double sum = 0;
		for (int i = 0; i < n * n; i++) {
			double gain = 0;
			for (int j = 0; j < shares.length; j++) gain += shares[j] * spectra[j][fft(i, n)] / (spectra[j][fft(i, n)] + SIGMA * SIGMA);
			if (!lines.contains(i / n)) gain = 0;
			for (int part = 2 * i; part < 2 * i + 2; part++) sum += Math.pow(k[part] - (gain == 0 ? 0 : gain * truth.kspace()[part]), 2);
		}
		return sum;
	}

	/** Place in the order of the FFT of index i of a centred grid. */
	private static int fft(final int i, final int n) {
		return (i / n + n / 2) % n * n + (i % n + n / 2) % n;
	}

	// --- two orientations of a texture: which lines matter depends on the image ---

	/** A smooth background and a texture of 3 pixels whose waves run at an angle to the readout. */
	private static Spectrum texture(final double degrees) {
		final double y = 0.33 * Math.sin(Math.toRadians(degrees)), x = 0.33 * Math.cos(Math.toRadians(degrees)), width = 0.04;
		return Spectrum.of((ky, kx) -> {
			final double side = Math.min(Math.hypot(ky - y, kx - x), Math.hypot(ky + y, kx + x)) / width;
			return 0.01 + 4 / Math.pow(1 + (ky * ky + kx * kx) / (0.03 * 0.03), 2) + 3 * Math.exp(-side * side / 2);
		});
	}

	private static final List<Spectrum> TEXTURES = List.of(texture(65), texture(25));
	private static final GaussianMixturePrior MIXTURE = new GaussianMixturePrior(2, SIZE, SIZE, TEXTURES.stream().map(
		s -> new GaussianMixturePrior.Component(1, new float[2 * SIZE * SIZE], s)).toList());

	private static Truth texture(final int component, final long seed) {
		final GaussianFieldPrior field = new GaussianFieldPrior("texture", 2, TEXTURES.get(component));
		return Truth.of(Scopes.compute(() -> Tensors.toFloats(field.colour(SampleRandom.single(seed, 0).normal(2, SIZE, SIZE)))), SIZE, seed);
	}

	@Test
	void adaptsToTheImageWhereNoFixedMaskFits() {
		final int lines = 16;
		final double[] a = removed(TEXTURES.get(0)), b = removed(TEXTURES.get(1));
		final List<String> names = new ArrayList<>(FixedLines.NAMES);
		names.add("best on average");
		final double[] fixed = new double[names.size()];
		double own = 0, known = 0;
		for (int seed = 1; seed <= 2; seed++) for (int component = 0; component < 2; component++) {
			final Truth truth = texture(component, seed);
			for (int m = 0; m < fixed.length; m++) {
				final boolean average = m == fixed.length - 1;
				fixed[m] += error(truth, TEXTURES, average ? strongest(i -> a[i] + b[i], lines) : FixedLines.of(names.get(m), SIZE, lines, 3, seed));
			}
			final double[] its = component == 0 ? a : b;
			known += error(truth, TEXTURES, strongest(i -> its[i], lines));
			final List<Integer> chosen = order(MIXTURE, truth, active(lines, 1, AcquisitionScore.VARIANCE, 5), 8);
			own += error(truth, TEXTURES, chosen);
			System.out.println("component " + component + ": " + chosen.stream().map(l -> l - SIZE / 2).toList());
		}
		for (int m = 0; m < fixed.length; m++) System.out.printf("%s: %.3f times the error of active%n", names.get(m), Math.sqrt(fixed[m] / own));
		System.out.printf("orientation known: %.3f%n", Math.sqrt(known / own));
		for (int m = 0; m < fixed.length; m++) assertTrue(fixed[m] > 1.1 * own, names.get(m) + " " + fixed[m] / own);
	}

	private static List<Integer> strongest(final java.util.function.IntToDoubleFunction gain, final int count) {
		return IntStream.range(0, SIZE).boxed().sorted(Comparator.comparingDouble(i -> -gain.applyAsDouble(i))).limit(count).toList();
	}

	/** One run without starting again, as published, does not change its mind. */
	@Test
	void aSingleRunAdaptsLess() {
		final ActiveSubsampling single = new ActiveSubsampling(new ActiveSubsampling.Options(16, LinePolicy.of(AcquisitionScore.VARIANCE), 1, false, 5, 0.1));
		double once = 0, again = 0;
		final List<List<Integer>> orders = new ArrayList<>();
		for (int component = 0; component < 2; component++) {
			final Truth truth = texture(component, 1);
			orders.add(order(MIXTURE, truth, single, 8));
			once += error(truth, TEXTURES, orders.get(component));
			again += error(truth, TEXTURES, order(MIXTURE, truth, active(16, 1, AcquisitionScore.VARIANCE, 5), 8));
		}
		System.out.printf("single run: %.3f times the error%n", Math.sqrt(once / again));
		assertTrue(once > again, once + " against " + again);
		assertTrue(orders.get(0).stream().filter(orders.get(1)::contains).count() > 8, orders.toString());
	}

	// --- what holds for every prior ---

	@Test
	void onlyChosenLinesAreLookedAt() {
		final ActiveSubsampling active = active(12, 2, AcquisitionScore.VARIANCE, 2);
		final Truth truth = texture(0, 7);
		final List<Integer> order = order(MIXTURE, truth, active, 4);
		assertEquals(12, order.size());
		assertEquals(order, order(MIXTURE, truth.poisoned(order), active, 4));
		// and what they hold matters
		assertNotEquals(order, order(MIXTURE, texture(1, 7), active, 4));
	}

	@Test
	void theSameSeedGivesTheSameLinesAndParticles() {
		final float[][] images = new float[2][];
		final List<List<Integer>> orders = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			final int now = i;
			try (LineScan scan = field(2).scan(SIZE / 2)) {
				Scopes.run(() -> images[now] = Tensors.toFloats(active(6, 1, AcquisitionScore.KL, 2).run(FIELD, scan, 0, random(11, 4), Progress.NONE, (decision,
					particles) -> {})));
				orders.add(scan.order());
			}
		}
		assertEquals(orders.get(0), orders.get(1));
		assertArrayEquals(images[0], images[1]);
	}

	@Test
	void decisionsAreLogged() {
		final List<Decision> log = new ArrayList<>();
		final ActiveSubsampling active = active(20, 3, AcquisitionScore.VARIANCE, 3);
		final long[] evaluations = new long[1];
		try (LineScan scan = field(4).scan(30, 31, 32, 33, 34)) {
			Scopes.run(() -> active.run(FIELD, scan, 0, random(1, 8), (done, total, message) -> {
				evaluations[0] = done;
				return total == active.evaluations(5);
			}, (decision, particles) -> {
				assertEquals(8, particles.size(0));
				log.add(decision);
			}));
			assertEquals(active.evaluations(5), evaluations[0]);
			assertEquals(20, scan.order().size());
			assertEquals(scan.order().subList(5, 20), log.stream().flatMap(d -> d.lines().stream()).toList());
		}
		assertEquals(5, log.size());
		for (int i = 0; i < log.size(); i++) {
			final Decision d = log.get(i);
			assertEquals(12L * (i + 1), d.step());
			assertEquals(SIZE, d.scores().size());
			assertTrue(Double.isNaN(d.scores().get(32)) && d.scores().get(d.lines().get(0)) > 0);
			assertTrue(i == 0 || d.uncertainty() < log.get(i - 1).uncertainty());
			// what came is what was expected
			assertEquals(1, d.surprise(), 0.6);
		}
	}

	@Test
	void whatIsChosenIsKeptWhenStopped() {
		try (LineScan scan = field(4).scan(32)) {
			assertThrows(CancellationException.class, () -> Scopes.run(() -> active(20, 1, AcquisitionScore.VARIANCE, 2).run(FIELD, scan, 0, random(1, 4), (done,
				total, message) -> done < 30, (decision, particles) -> {})));
			assertEquals(4, scan.order().size());
		}
	}

	@Test
	void linesThatCannotBeMeasuredAreNotChosen() {
		final boolean[] possible = new boolean[SIZE];
		for (final int line : List.of(10, 32, 50)) possible[line] = true;
		final Truth truth = field(5);
		try (LineScan scan = Scopes.compute(() -> new LineScan(Complex.fromPairs(Tensors.of(pairs(SIZE), 1, SIZE, SIZE, 2)), all(SIZE), possible,
			line -> Arrays.copyOfRange(truth.kspace(), 2 * SIZE * line, 2 * SIZE * (line + 1)), SIGMA)))
		{
			scan.measure(List.of(32));
			assertThrows(IllegalArgumentException.class, () -> scan.measure(List.of(32)));
			assertThrows(IllegalArgumentException.class, () -> scan.measure(List.of(33)));
			Scopes.run(() -> active(9, 1, AcquisitionScore.VARIANCE, 1).run(FIELD, scan, 0, random(1, 4), Progress.NONE, (decision, particles) -> {}));
			assertEquals(List.of(10, 32, 50), scan.order().stream().sorted().toList());
		}
	}
}
