package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Plans on a small scan of a phantom, with the Gaussian field as the prior. */
class PlanAcquisitionTest {

	private static final int SIZE = 48;
	private static KSpace single, coils;

	@BeforeAll
	static void simulate() {
		final float[] image = new float[SIZE * SIZE];
		for (int i = 0; i < image.length; i++) {
			final double x = i % SIZE - 23.5, y = i / SIZE - 23.5;
			image[i] = (float) (Math.hypot(x / 17, y / 21) < 1 ? 1 - 0.4 * Math.exp(-Math.hypot(x - 5, y + 4) / 4) : 0);
		}
		final Volume truth = new Volume("phantom", SIZE, SIZE, 1, List.of(image), VoxelSize.UNKNOWN, "");
		single = new SimulateMri(new SimulateMriSettings(1, "Full", 1, 0, 0.01, true, 3)).run(truth, Monitor.NONE).kspace();
		coils = new SimulateMri(new SimulateMriSettings(4, "Full", 1, 0, 0.01, true, 3)).run(truth, Monitor.NONE).kspace();
	}

	private static PlanAcquisitionSettings settings(final String mode, final int lines, final int acs, final int batch, final double noise) {
		return PlanAcquisitionSettings.of(mode, lines, acs, 4, batch, "gaussian-field", "Preview", noise, 5);
	}

	private static AcquisitionPlan plan(final KSpace kspace, final PlanAcquisitionSettings settings) {
		return new PlanAcquisition(settings).run(kspace, null, Monitor.NONE);
	}

	/** The scan with some lines only, or with NaN where the others are. */
	private static KSpace only(final KSpace k, final List<Integer> lines, final boolean poison) {
		final float[] values = k.slices().get(0).clone();
		final boolean[] mask = k.sampled().get(0).clone();
		for (int i = 0; i < values.length; i++) if (!lines.contains(i / (2 * SIZE) % SIZE)) values[i] = poison ? Float.NaN : 0;
		for (int i = 0; i < mask.length && !poison; i++) mask[i] = lines.contains(i / SIZE);
		return new KSpace(k.title(), k.coils(), SIZE, SIZE, List.of(values), List.of(mask), k.voxel(), null, k.reading());
	}

	private static List<Integer> all(final AcquisitionPlan plan) {
		final List<Integer> all = new ArrayList<>(plan.first());
		all.addAll(plan.chosen());
		return all;
	}

	@Test
	void onlyChosenLinesOfTheScanAreUsed() {
		for (final KSpace scan : List.of(single, coils)) {
			final PlanAcquisitionSettings settings = settings("Retrospective", 20, 12, 4, 0);
			final AcquisitionPlan clean = plan(scan, settings), poisoned = plan(only(scan, all(clean), true), settings);
			assertEquals(20, all(clean).stream().distinct().count());
			assertEquals(clean.chosen(), poisoned.chosen());
			// the same seed gives the same bytes, whatever the lines that were not chosen hold
			assertArrayEquals(clean.posterior().mean().slices().get(0), poisoned.posterior().mean().slices().get(0));
			for (final float v : poisoned.posterior().std().slices().get(0)) assertTrue(Float.isFinite(v));
			final float[] mask = clean.mask().slices().get(0);
			for (int r = 0; r < SIZE; r++) assertEquals(all(clean).contains(r) ? 1 : 0, mask[r * SIZE + 7]);
		}
	}

	@Test
	void theTablesTellTheOrderAndTheScores() {
		final AcquisitionPlan plan = plan(single, settings("Retrospective", 13, 4, 3, 0.01));
		final List<List<String>> lines = plan.lineTable(), decisions = plan.decisionTable();
		assertEquals(14, lines.size());
		assertEquals(List.of("order", "line", "ky", "decision"), lines.get(0));
		assertEquals(List.of("1", "22", "-2", "0"), lines.get(1));
		assertEquals("3", lines.get(13).get(3));
		assertEquals(4, decisions.size());
		for (final List<String> row : decisions) assertEquals(8 + SIZE, row.size());
		assertEquals(List.of("4", "7", "10"), IntStream.range(1, 4).mapToObj(i -> decisions.get(i).get(3)).toList());
		assertEquals("", decisions.get(1).get(8 + 24));
		assertEquals(4 * SIZE, plan.growth().slices().get(0).length);
	}

	@Test
	void whatComesNextAfterTheLinesThatAreThere() {
		final List<Integer> measured = IntStream.range(17, 31).boxed().toList();
		final AcquisitionPlan plan = plan(only(single, measured, false), settings("Prospective", 20, 1, 1, 0.01));
		assertEquals(measured, plan.first());
		assertEquals(6, plan.chosen().stream().distinct().count());
		for (final int line : plan.chosen()) assertTrue(!measured.contains(line) && line >= 0 && line < SIZE);
		assertEquals(1, plan.log().decisions().size());
		assertTrue(Double.isNaN(plan.log().decisions().get(0).surprise()));
	}

	@Test
	void aStoppedPlanKeepsWhatWasChosen() {
		final PlanAcquisitionSettings settings = settings("Retrospective", 16, 4, 2, 0.01);
		final long[] total = new long[1];
		final AcquisitionPlan stopped = new PlanAcquisition(settings).run(single, null, (done, of, message) -> {
			total[0] = of;
			return !message.equals("choosing lines") || done < 130;
		});
		assertTrue(stopped.posterior().partial());
		assertEquals(2, stopped.log().decisions().size());
		assertEquals(8, all(stopped).size());
		assertEquals(plan(single, settings).chosen().subList(0, 4), stopped.chosen());
		assertTrue(stopped.posterior().provenance().warnings().toString().contains("Stopped by the user after 8 of 16"), stopped.posterior().provenance()
			.warnings().toString());
		// stopped in the reconstruction: every line is there, the images are those of the particles
		final AcquisitionPlan late = new PlanAcquisition(settings).run(single, null, (done, of, message) -> message.equals("choosing lines"));
		assertEquals(16, all(late).size());
		assertTrue(late.posterior().partial());
		assertThrows(CancellationException.class, () -> new PlanAcquisition(settings).run(single, null, (done, of, message) -> false));
	}

	/** The options of a short plan with some of them changed. */
	private static PlanAcquisitionSettings settings(final List<Double> costs, final String guidance, final int lines) {
		return new PlanAcquisitionSettings("Retrospective", lines, 4, 0, 4, "variance", 3, costs, guidance, "gaussian-field", 0, "Preview", 0.01, 0, 180, 0, 0.0193, 5,
			"cpu");
	}

	@Test
	void dearLinesAreLeftOut() {
		// lines above the centre cost 1000 times as much as those below, which are worth the same
		final List<Double> costs = IntStream.range(0, SIZE).mapToObj(line -> line < SIZE / 2 ? 1000.0 : 1.0).toList();
		final AcquisitionPlan free = plan(single, settings(List.of(), "prox", 13)), dear = plan(single, settings(costs, "prox", 13));
		assertTrue(free.chosen().stream().anyMatch(line -> line < SIZE / 2));
		for (final int line : dear.chosen()) assertTrue(line > SIZE / 2, dear.chosen().toString());
		assertEquals(2011.0, dear.posterior().provenance().facts().get("cost of all lines"));
		assertEquals(costs, dear.log().costs());
	}

	@Test
	void linesOfADecisionKeepADistance() {
		for (final Decision decision : plan(single, settings(List.of(), "prox", 13)).log().decisions()) {
			final List<Integer> lines = decision.lines();
			assertEquals(3, lines.size());
			for (int i = 0; i < 3; i++) for (int j = 0; j < i; j++) assertTrue(Math.abs(lines.get(i) - lines.get(j)) > 1, lines.toString());
		}
	}

	private static void assertSame(final AcquisitionPlan a, final AcquisitionPlan b) {
		assertEquals(a.log(), b.log());
		for (int k = 0; k < 4; k++) assertArrayEquals(a.posterior().samples().get(k).slices().get(0), b.posterior().samples().get(k).slices().get(0));
		assertArrayEquals(a.posterior().std().slices().get(0), b.posterior().std().slices().get(0));
		assertArrayEquals(a.growth().slices().get(0), b.growth().slices().get(0));
	}

	@Test
	void aReplayGivesTheSameBytesWithoutParticles() {
		for (final String guidance : PlanAcquisitionSettings.GUIDANCES) {
			final PlanAcquisitionSettings settings = settings(List.of(), guidance, 13);
			final AcquisitionPlan plan = plan(single, settings), again = new PlanAcquisition(settings).run(single, plan.log(), Monitor.NONE);
			assertSame(plan, again);
			assertEquals(0L, again.posterior().provenance().facts().get("network evaluations of the choice per particle"));
			assertEquals(3, again.posterior().provenance().facts().get("decisions repeated from a log"));
			assertEquals(null, again.course());
			assertEquals(3, plan.course().depth());
		}
	}

	@Test
	void aStoppedPlanGoesOnWhereItStopped() {
		final PlanAcquisitionSettings settings = settings("Retrospective", 16, 4, 2, 0.01);
		final AcquisitionPlan whole = plan(single, settings), stopped = new PlanAcquisition(settings).run(single, null, (done, of, message) -> done < 130);
		assertEquals(2, stopped.log().decisions().size());
		final AcquisitionPlan resumed = new PlanAcquisition(settings).run(single, stopped.log(), Monitor.NONE);
		assertSame(whole, resumed);
		assertEquals(4, resumed.course().depth());
	}

	@Test
	void aLogThatDoesNotFitIsRefused() {
		final PlanAcquisitionSettings settings = settings(List.of(), "prox", 13);
		final DecisionLog log = plan(single, settings).log();
		final Decision d = log.decisions().get(1), changed = new Decision(d.step(), d.sigma(), List.of(d.lines().get(0), d.lines().get(1), d.lines().get(2) + 1), d
			.scores(), d.uncertainty(), d.expected(), d.surprise());
		replayRefused("replay: decision 2 chose lines", settings, new DecisionLog(log.first(), List.of(), List.of(log.decisions().get(0), changed)));
		replayRefused("which this scan does not offer", settings, new DecisionLog(log.first(), List.of(), List.of(d, d)));
		replayRefused("replay: the log began with the lines 22 23", settings, new DecisionLog(List.of(22, 23), List.of(), log.decisions()));
		replayRefused("replay: the log was made with other costs", settings, new DecisionLog(log.first(), List.of(2.0), log.decisions()));
		replayRefused("lines: the log has 13 lines already, got 10", settings(List.of(), "prox", 10), log);
		replayRefused("one diffusion makes all decisions", settings(List.of(), "DPS", 16), log);
		replayRefused("a prospective plan measures nothing", settings("Prospective", 48, 4, 1, 0.01), log);
	}

	private static void replayRefused(final String message, final PlanAcquisitionSettings settings, final DecisionLog log) {
		final KSpace scan = settings.prospective() ? only(single, IntStream.range(17, 31).boxed().toList(), false) : single;
		refused(message, () -> new PlanAcquisition(settings).run(scan, log, Monitor.NONE));
	}

	private static void refused(final String message, final org.junit.jupiter.api.function.Executable work) {
		final String got = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(got.contains(message) && !got.contains("\n"), got);
	}

	@Test
	void badInputIsOneClearLine() {
		final List<Integer> few = Arrays.asList(20, 21, 22, 23, 24, 25, 26, 27);
		refused("acs: the data lack 4 of the 12 central lines", () -> plan(only(single, few, false), settings("Retrospective", 16, 12, 1, 0.01)));
		refused("at most 8", () -> plan(only(single, few, false), settings("Retrospective", 16, 4, 1, 0.01)));
		refused("more than the 8 lines measured first and at most 48, got 8", () -> plan(only(single, few, false), settings("Prospective", 8, 1, 1, 0.01)));
		refused("central line was not measured", () -> plan(only(single, List.of(3, 4), false), settings("Prospective", 16, 1, 1, 0.01)));
		refused("more ACS lines", () -> plan(coils, settings("Retrospective", 16, 4, 1, 0.01)));
		refused("acs: expected 1 to 48", () -> plan(single, settings("Retrospective", 99, 60, 1, 0.01)));
		refused("lines: expected more than the 16 that are measured first", () -> settings("Retrospective", 16, 16, 1, 0));
		refused("mode: expected one of", () -> settings("Later", 16, 4, 1, 0));
		refused("costs: expected one number for each of the 48 lines, got 2", () -> plan(single, settings(List.of(1.0, 2.0), "prox", 13)));
		refused("costs: expected", () -> settings(List.of(0.0), "prox", 13));
		refused("guidance: expected one of prox, DPS", () -> settings(List.of(), "none", 13));
		refused("batch: expected 1", () -> settings("Retrospective", 16, 4, 0, 0));
		final boolean[] points = single.sampled().get(0).clone();
		points[5] = false;
		refused("line 0 of 48 samples was measured in part", () -> plan(new KSpace("points", 1, SIZE, SIZE, single.slices(), List.of(points), single.voxel(), null,
			List.of()), settings("Retrospective", 16, 4, 1, 0.01)));
	}
}
