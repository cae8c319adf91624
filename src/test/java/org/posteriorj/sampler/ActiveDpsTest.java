package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The published active diffusion on a Gaussian field, where the best lines are known. */
class ActiveDpsTest {

	private static final int SIZE = 48;
	private static final double SIGMA = 0.02;
	private static final GaussianFieldPrior FIELD = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 6.0 / SIZE, 2));
	private static final float[] KSPACE = Scopes.compute(() -> {
		final Tensor image = FIELD.colour(SampleRandom.single(4, 0).normal(2, SIZE, SIZE));
		final Tensor clean = Complex.toPairs(Fourier.forward(Complex.fromChannels(image))).squeeze(0);
		return Tensors.toFloats(Tensors.add(clean, SIGMA, SampleRandom.single(4, 5).normal(SIZE, SIZE, 2).squeeze(0)));
	});

	/** A single-coil scan of which all lines but some are not a number. */
	private static LineScan scan(final List<Integer> readable) {
		final boolean[] all = new boolean[SIZE];
		Arrays.fill(all, true);
		final float[] one = new float[2 * SIZE * SIZE], none = new float[2 * SIZE];
		for (int i = 0; i < one.length; i += 2) one[i] = 1;
		Arrays.fill(none, Float.NaN);
		final LineScan scan = Scopes.compute(() -> new LineScan(Complex.fromPairs(Tensors.of(one, 1, SIZE, SIZE, 2)), all, all, line -> readable.contains(line) ? Arrays
			.copyOfRange(KSPACE, 2 * SIZE * line, 2 * SIZE * (line + 1)) : none, SIGMA));
		scan.measure(List.of(SIZE / 2));
		return scan;
	}

	private static List<Integer> everyLine() {
		return IntStream.range(0, SIZE).boxed().toList();
	}

	private static ActiveDps active(final int lines, final int batch, final int steps) {
		return new ActiveDps(ActiveDps.Options.of(lines, new LinePolicy(AcquisitionScore.VARIANCE, batch, List.of()), steps));
	}

	private static SampleRandom random(final int particles) {
		return new SampleRandom(3, LongStream.range(0, particles).toArray(), 0);
	}

	private static float[] run(final ActiveDps active, final LineScan scan, final List<Decision> log) {
		return Scopes.compute(() -> Tensors.toFloats(active.run(FIELD, scan, 0, random(8), Progress.NONE, (decision, particles) -> log.add(decision))));
	}

	@Test
	void theLinesTellNearlyAsMuchAsTheBest() {
		final double[] grid = FIELD.spectrum().grid(SIZE, SIZE), told = new double[SIZE];
		for (int i = 0; i < grid.length; i++) told[(i / SIZE + SIZE / 2) % SIZE] += Math.log1p(grid[i] / (SIGMA * SIGMA));
		final List<Decision> log = new ArrayList<>();
		final float[] images;
		try (LineScan scan = scan(everyLine())) {
			images = run(active(17, 1, 100), scan, log);
			final double best = Arrays.stream(told).boxed().sorted(Comparator.reverseOrder()).limit(17).mapToDouble(v -> v).sum();
			final double got = scan.order().stream().mapToDouble(line -> told[line]).sum(), random = 17.0 / SIZE * Arrays.stream(told).sum();
			// of what there is to gain over lines at random
			assertTrue((got - random) / (best - random) > 0.9, scan.order() + " " + (got - random) / (best - random));
			assertEquals(scan.order().subList(1, 17), log.stream().flatMap(d -> d.lines().stream()).toList());
			// the images explain what was measured: its power is thousands of times that of the noise
			final double[] misfit = Scopes.compute(() -> scan.data().chiSquare(Tensors.of(images, 8, 2, SIZE, SIZE)));
			final double[] blank = Scopes.compute(() -> scan.data().chiSquare(Tensors.of(new float[2 * SIZE * SIZE], 1, 2, SIZE, SIZE)));
			for (final double m : misfit) assertTrue(m < 0.01 * blank[0], m + " of " + blank[0]);
		}
		// decided at high noise, from 33.6 to 3 times the data's deviation as published, one after the other
		for (int i = 0; i < log.size(); i++) {
			final double level = log.get(i).sigma() / (2 * FIELD.sigmaData());
			assertTrue(level <= 33.6 && (i == 0 || log.get(i).sigma() < log.get(i - 1).sigma()), level + " at " + i);
		}
	}

	@Test
	void onlyChosenLinesAreLookedAt() {
		final List<Decision> log = new ArrayList<>(), again = new ArrayList<>();
		try (LineScan scan = scan(everyLine())) {
			final float[] images = run(active(11, 2, 40), scan, log);
			try (LineScan poisoned = scan(scan.order())) {
				assertArrayEquals(images, run(active(11, 2, 40), poisoned, again));
			}
		}
		assertEquals(log, again);
		assertEquals(5, log.size());
	}

	@Test
	void whatItCannotDoIsSaid() {
		try (LineScan scan = scan(everyLine())) {
			refused("3 noise levels do not hold 16 decisions", () -> run(active(17, 1, 3), scan, new ArrayList<>()));
			refused("at least 2 particles", () -> active(17, 1, 40).run(FIELD, scan, 0, random(1), Progress.NONE, (d, p) -> {}));
			refused("offers no gradient", () -> active(17, 1, 40).run(new NoGradient(), scan, 0, random(4), Progress.NONE, (d, p) -> {}));
			refused("one diffusion makes all decisions", () -> active(17, 1, 40).draws(2));
			assertThrows(CancellationException.class, () -> Scopes.run(() -> active(17, 1, 40).run(FIELD, scan, 0, random(4), (done, total, message) -> done < 20, (d,
				p) -> {})));
			assertTrue(scan.order().size() > 1 && scan.order().size() < 17, scan.order().toString());
		}
	}

	private static void refused(final String message, final org.junit.jupiter.api.function.Executable work) {
		final String got = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(got.contains(message) && !got.contains("\n"), got);
	}

	private static final class NoGradient implements DiffusionPrior {

		@Override
		public String name() {
			return "no gradient";
		}

		@Override
		public int channels() {
			return 2;
		}

		@Override
		public Tensor denoise(final Tensor noisy, final double sigma) {
			return FIELD.denoise(noisy, sigma);
		}

		@Override
		public double sigmaMin() {
			return FIELD.sigmaMin();
		}

		@Override
		public double sigmaMax() {
			return FIELD.sigmaMax();
		}

		@Override
		public double sigmaData() {
			return FIELD.sigmaData();
		}
	}
}
