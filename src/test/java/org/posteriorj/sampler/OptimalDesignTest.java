package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posteriorj.sampler.SingleCoilTruth.FIELD;
import static org.posteriorj.sampler.SingleCoilTruth.MIXTURE;
import static org.posteriorj.sampler.SingleCoilTruth.SIGMA;
import static org.posteriorj.sampler.SingleCoilTruth.SIZE;
import static org.posteriorj.sampler.SingleCoilTruth.TEXTURES;
import static org.posteriorj.sampler.SingleCoilTruth.active;
import static org.posteriorj.sampler.SingleCoilTruth.field;
import static org.posteriorj.sampler.SingleCoilTruth.order;
import static org.posteriorj.sampler.SingleCoilTruth.texture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Choices of {@link ActiveSubsampling} against exact optimal designs: the same for every image of a Gaussian field, another one for each texture. */
class OptimalDesignTest {

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
			final SingleCoilTruth truth = field(seed);
			final List<Integer> chosen = order(FIELD, truth, active(17, 1, AcquisitionScore.VARIANCE, 5), 8);
			final double ratio = Math.sqrt(error(truth, List.of(FIELD.spectrum()), chosen) / error(truth, List.of(FIELD.spectrum()), greedy));
			System.out.printf("error against greedy: %.3f, variance removed %.4f%n", ratio, chosen.stream().mapToDouble(l -> gains[l]).sum() / greedy.stream()
				.mapToDouble(l -> gains[l]).sum());
			assertTrue(ratio < 1.15, "ratio " + ratio);
		}
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
			final SingleCoilTruth truth = texture(component, seed);
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
			final SingleCoilTruth truth = texture(component, 1);
			orders.add(order(MIXTURE, truth, single, 8));
			once += error(truth, TEXTURES, orders.get(component));
			again += error(truth, TEXTURES, order(MIXTURE, truth, active(16, 1, AcquisitionScore.VARIANCE, 5), 8));
		}
		System.out.printf("single run: %.3f times the error%n", Math.sqrt(once / again));
		assertTrue(once > again, once + " against " + again);
		assertTrue(orders.get(0).stream().filter(orders.get(1)::contains).count() > 8, orders.toString());
	}

	/** Squared error of the exact posterior mean under a mixture of equally likely fields when these lines are measured. */
	private static double error(final SingleCoilTruth truth, final List<Spectrum> fields, final List<Integer> lines) {
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
}
