package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Tensors;

/** The judge: samplers pass, and those that are wrong in one way are called so. */
class SelfTestTest {

	private static final KnownPosterior.Problem FIELD = new BuiltInProblems.Field(1, 32), MODES = new BuiltInProblems.Mixture(16);

	private static SelfTestResult test(final List<KnownPosterior.Problem> problems, final PosteriorSampler... samplers) {
		return new SelfTest(settings("All"), problems, List.of(samplers)).run(Monitor.NONE);
	}

	private static SelfTestSettings settings(final String sampler) {
		return new SelfTestSettings("Short", sampler, "default", 0, "Standard", 1, "cpu");
	}

	/** One coil; {@link CalibrationTest} has all that the command tests in full. */
	@Test
	void everyPosteriorSamplerPassesAndTheOthersAreCalledBiased() {
		final SelfTestSettings settings = settings("All");
		final SelfTestResult test = new SelfTest(settings, List.of(FIELD), SelfTest.samplers(settings)).run(Monitor.NONE);
		assertTrue(test.passed(), test.samplers().toString());
		for (final SelfTestResult.Row row : test.samplers()) {
			final String start = row.kind().equals("posterior sampler") ? "passed" : row.kind().equals("point estimator") ? "error of the estimate" : "biased: spread";
			assertTrue(row.verdict().startsWith(start), row.toString());
		}
		assertEquals(9, test.samplers().size());
	}

	@Test
	void aRightSamplerPassesWithEverySeed() {
		for (long seed = 1; seed <= 3; seed++) {
			final SelfTestSettings settings = new SelfTestSettings("Short", "All", "default", 0, "Standard", seed, "cpu");
			final SelfTestResult test = new SelfTest(settings, List.of(FIELD, MODES), List.of(new ExactSampler((x, known) -> x))).run(Monitor.NONE);
			assertTrue(test.passed(), test.samplers().toString());
			assertEquals(List.of("passed", "passed"), test.samplers().stream().map(SelfTestResult.Row::verdict).toList());
		}
	}

	@Test
	void wrongSamplersAreNamed() {
		assertFault("failed: spread 50 % too small", (x, known) -> Tensors.add(Tensors.scale(x, 0.5), 0.5, known.mean()));
		assertFault("failed: spread 21 % too large", (x, known) -> Tensors.add(Tensors.scale(x, 1.2), -0.2, known.mean()));
		assertFault("mean off by 0.", (x, known) -> Tensors.add(x, 0.25, known.mean()));
		assertFault("failed: values that are not finite", (x, known) -> Tensors.scale(x, Double.NaN));
	}

	private static void assertFault(final String fault, final ExactSampler.Mistake mistake) {
		final SelfTestResult test = test(List.of(FIELD), new ExactSampler(mistake));
		final String verdict = test.samplers().get(0).verdict();
		assertTrue(verdict.contains(fault), verdict);
		assertFalse(test.passed());
		assertTrue(test.html().contains("<p class=\"failed\">Failed.") && test.html().contains(fault), verdict);
	}

	/** Samples that are right within their modes, but in too few or in wrong ones. */
	@Test
	void wrongWeightsOfModesAreNamed() {
		final SelfTestResult one = test(List.of(MODES), new ExactSampler((x, known) -> known.inMode(x, 0)));
		assertEquals("failed: weights of modes wrong by 0.33", one.samplers().get(0).verdict());
		assertEquals(1, one.samplers().get(0).calibration().spread(), 0.05);
		final String excluded = test(List.of(MODES), new ExactSampler((x, known) -> known.inMode(x, 3))).samplers().get(0).verdict();
		assertTrue(excluded.contains("100.0 % of the samples in modes that the data exclude"), excluded);
	}

	/** A variant is tested in place of the default of its sampler; all samplers together have none. */
	@Test
	void variantsOfASampler() {
		final List<PosteriorSampler> chosen = SelfTest.samplers(new SelfTestSettings("Short", "RED-diff", "published", 0, "Preview", 1, "cpu"));
		assertEquals(List.of("RED-diff"), chosen.stream().map(PosteriorSampler::name).toList());
		assertEquals("PublishedRedDiff", chosen.get(0).getClass().getSimpleName());
		final String message = assertThrows(IllegalArgumentException.class, () -> new SelfTestSettings("Short", "All", "published", 0, "Preview", 1, "cpu")).getMessage();
		assertTrue(message.contains("variant") && message.contains("default"), message);
	}

	/** What the samplers in use do between modes. */
	@Test
	void samplersFindTheModes() {
		for (final String name : List.of("PnP-DM")) {
			final SelfTestResult.Row row = new SelfTest(settings(name), List.of(MODES), SelfTest.samplers(settings(name))).run(Monitor.NONE).samplers().get(0);
			assertFalse(row.failed(), row.toString());
			assertNotNull(row.modes());
			assertEquals(0, row.modes().excluded(), 1e-6);
			// the standard error of 64 samples is 0.06
			assertEquals(0, row.modes().error(), 0.13, row.toString());
		}
	}

	/** The point estimator against the exact mean of 64 x 64 complex fields, 4-fold Cartesian; it offers no standard deviation. */
	@Test
	void redDiffIsComparedWithTheExactMean() {
		final PosteriorSampler sampler = SelfTest.samplers(settings("RED-diff")).get(0);
		assertEquals(PosteriorSampler.Kind.POINT, sampler.kind());
		final double[] errors = new double[2], most = { 0.30, 0.13 };
		for (int i = 0; i < errors.length; i++) {
			final int n = i;
			// NB: two exact draws, which are not used here, because they take longer than all the rest
			new BuiltInProblems.Field(i == 0 ? 1 : 8, 64).open(new KnownPosterior.Request(2, 1, ComputeDevice.choose("cpu"), new RunRecord()), known -> errors[n] = known.error(
				sampler.sample(known.prior(), known.data(), SampleRandom.single(1, 0), Progress.NONE).images()));
			System.out.printf("RED-diff, %s: NRMSE to the exact mean %.4f%n", i == 0 ? "1 coil" : "8 coils", errors[i]);
			assertTrue(errors[i] > 0 && errors[i] < most[i], "NRMSE " + errors[i]);
		}
	}

	/** The exact posterior of the problem with modes does not depend on the solver: its weights are those of the prior, which the data leave open. */
	@Test
	void dataSayNothingAboutTwoModesAndExcludeTwo() {
		final RunRecord record = new RunRecord();
		MODES.open(new KnownPosterior.Request(64, 5, ComputeDevice.choose("cpu"), record), known -> {
			final double[] exact = known.modes(known.draws()).exact();
			assertEquals(2.0 / 3, exact[0], 1e-4, Arrays.toString(exact));
			assertEquals(1.0 / 3, exact[1], 1e-4, Arrays.toString(exact));
		});
		assertTrue(record.provenance().facts().get("four modes").toString().contains("64 samples"));
	}
}
