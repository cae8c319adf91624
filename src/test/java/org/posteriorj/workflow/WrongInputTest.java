package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Inputs that are wrong in a way that nobody sees: the run ends, and says so. */
class WrongInputTest {

	private static final int N = 32, COILS = 4;
	private static final double SIGMA = 0.05;

	/** A disk with noise around it, scanned with this many ACS lines. */
	private static KSpace scan(final int acs) {
		final int n = 64;
		final float[] disk = new float[n * n];
		for (int i = 0; i < disk.length; i++) disk[i] = Math.hypot(i / n - n / 2, i % n - n / 2) < 18 ? 1 + 0.3f * (i % n > n / 2 ? 1 : -1) : 0;
		return new SimulateMri(new SimulateMriSettings(COILS, "Equispaced", 3, acs, 0.02, true, 3)).run(new Volume("disk", n, n, 1, List.of(disk), VoxelSize.UNKNOWN,
			""), Monitor.NONE).kspace();
	}

	private static List<String> warnings(final KSpace scan, final double noise) {
		return new ReconstructMri(new ReconstructMriSettings("DAPS", "gaussian-field", 2, 40, "Preview", noise, 0.5, 0, 1, "cpu")).run(scan, Monitor.NONE).provenance()
			.warnings();
	}

	private static void says(final List<String> warnings, final String what) {
		assertTrue(warnings.stream().anyMatch(w -> w.contains(what)), what + " is not among " + warnings);
	}

	@Test
	void noiseFourTimesTooHighOrTooLow() {
		final KSpace scan = scan(20);
		final double right = Double.parseDouble(new ReconstructMri(new ReconstructMriSettings("Zero-filled", "gaussian-field", 1, 0, "Preview", 0, 0.5, 0, 1, "cpu")).run(
			scan, Monitor.NONE).provenance().facts().get("noise per real component").toString());
		assertEquals(List.of(), warnings(scan, right));
		final List<String> high = warnings(scan, 4 * right), low = warnings(scan, right / 4);
		says(high, "4.0 times above what the data show");
		says(high, "the noise level is too high");
		says(low, "4.0 times below what the data show");
		says(low, "the uncertainty is too small");
	}

	@Test
	void coilMapsFromFewLines() {
		says(warnings(scan(12), 0), "central lines, fewer than 16: they are wrong by some percent");
	}

	/** Data of one head, maps of another. */
	@Test
	void mapsOfAnotherHead() {
		assertEquals(List.of(), residualWarnings(1));
		says(residualWarnings(2), "noise level, coil maps or motion do not fit the data");
	}

	private static List<String> residualWarnings(final long maps) {
		final GaussianFieldPrior prior = prior();
		final KSpace scan = new KSpace("scan", COILS, N, N, List.of(new float[2 * COILS * N * N]), List.of(mask()), VoxelSize.UNKNOWN, null, List.of());
		return Scopes.compute(() -> {
			final Method method = new Method.Diffusion(sampler("DAPS"), prior);
			try (SenseOperator own = operator(1); SenseOperator used = operator(maps)) {
				final SliceRun run = new SliceRun(method, new DataConsistency(used, data(own, prior), SIGMA), 0, 1, RunState.none());
				final MriResult result = new MriResult(scan, method, 1);
				final float[] gain = new float[N * N];
				Arrays.fill(gain, 1);
				run.run(2, 2, Progress.NONE, result.start(gain, Monitor.NONE));
				result.add(run, used.measurements());
				return result.posterior(new LinkedHashMap<>(), Set.of()).provenance().warnings();
			}
		});
	}

	/** One particle of four is not a number: it is dropped, and the warning says so; where nothing is left the run stops. */
	@Test
	void aParticleThatIsNotANumber() {
		Scopes.run(() -> {
			try (SenseOperator operator = operator(1)) {
				final DataConsistency data = new DataConsistency(operator, data(operator, prior()), SIGMA);
				final SampleRandom random = new SampleRandom(1, new long[] { 0, 1 }, 0);
				final Draws draws = sampler("Ensemble SMC").sample(broken(1), data, random, Progress.NONE);
				assertTrue(Tensors.isFinite(draws.images()));
				says(draws.warnings(), "1 of 4 particles were not finite");
				final String message = assertThrows(IllegalStateException.class, () -> sampler("Ensemble SMC").sample(broken(2), data, random, Progress.NONE)).getMessage();
				assertTrue(message.contains("no particle is left that is finite"), message);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "PnP-DM", "DAPS", "RED-diff", "DDS" })
	void aPriorThatIsNotANumber(final String name) {
		Scopes.run(() -> {
			try (SenseOperator operator = operator(1)) {
				final SliceRun run = new SliceRun(new Method.Diffusion(sampler(name), broken(1)), new DataConsistency(operator, data(operator, prior()), SIGMA), 0, 1,
					RunState.none());
				final String message = assertThrows(IllegalStateException.class, () -> run.run(1, 1, Progress.NONE, sample -> {})).getMessage();
				assertTrue(message.contains(name + " gave values that are not finite"), message);
			}
		});
	}

	private static PosteriorSampler sampler(final String name) {
		return Samplers.create(name, new Samplers.Request(24, 0.5));
	}

	private static GaussianFieldPrior prior() {
		return new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 4.0 / N, 2));
	}

	/** The first {@code count} images that it is asked about become NaN at one pixel. */
	private static DiffusionPrior broken(final int count) {
		final GaussianFieldPrior whole = prior();
		final int[] calls = { 0 };
		return new DiffusionPrior() {

			@Override
			public Tensor denoise(final Tensor noisy, final double sigma) {
				final float[] values = Tensors.toFloats(whole.denoise(noisy, sigma));
				if (calls[0]++ == 0) for (int k = 0; k < Math.min(count, noisy.size(0)); k++) values[k * 2 * N * N + 7] = Float.NaN;
				return Tensors.of(values, noisy.size(0), 2, N, N);
			}

			@Override
			public String name() {
				return "broken";
			}

			@Override
			public int channels() {
				return 2;
			}

			@Override
			public double sigmaMin() {
				return whole.sigmaMin();
			}

			@Override
			public double sigmaMax() {
				return whole.sigmaMax();
			}

			@Override
			public double sigmaData() {
				return whole.sigmaData();
			}
		};
	}

	private static boolean[] mask() {
		return new SamplingMask(N, N, 3, 8).equispaced();
	}

	private static SenseOperator operator(final long head) {
		return new SenseOperator(Complex.fromPairs(Tensors.of(CoilSimulation.maps(COILS, N, N, head), COILS, N, N, 2)), Tensors.of(KSpace.ones(mask()), N, N));
	}

	private static Tensor data(final SenseOperator operator, final GaussianFieldPrior prior) {
		final SampleRandom random = SampleRandom.single(5, 0);
		final Tensor truth = prior.colour(random.normal(2, N, N)), clean = operator.forward(truth);
		return Tensors.add(clean, SIGMA, random.normal(COILS, N, N, 2)).mul(operator.mask().reshape(1, 1, N, N, 1));
	}
}
