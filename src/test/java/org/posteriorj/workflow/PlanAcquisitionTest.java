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
		return new PlanAcquisitionSettings(mode, lines, acs, 0, 4, "variance", batch, "gaussian-field", 0, "Preview", noise, 0, 5, "cpu");
	}

	private static AcquisitionPlan plan(final KSpace kspace, final PlanAcquisitionSettings settings) {
		return new PlanAcquisition(settings).run(kspace, Monitor.NONE);
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
			System.out.println(clean.posterior().provenance().facts() + " " + clean.posterior().provenance().warnings());
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
		for (final List<String> row : decisions) assertEquals(7 + SIZE, row.size());
		assertEquals(List.of("4", "7", "10"), IntStream.range(1, 4).mapToObj(i -> decisions.get(i).get(3)).toList());
		assertEquals("", decisions.get(1).get(7 + 24));
		assertEquals(4 * SIZE, plan.growth().slices().get(0).length);
	}

	@Test
	void whatComesNextAfterTheLinesThatAreThere() {
		final List<Integer> measured = IntStream.range(17, 31).boxed().toList();
		final AcquisitionPlan plan = plan(only(single, measured, false), settings("Prospective", 20, 1, 1, 0.01));
		assertEquals(measured, plan.first());
		assertEquals(6, plan.chosen().stream().distinct().count());
		for (final int line : plan.chosen()) assertTrue(!measured.contains(line) && line >= 0 && line < SIZE);
		assertEquals(1, plan.decisions().size());
		assertTrue(Double.isNaN(plan.decisions().get(0).surprise()));
	}

	@Test
	void aStoppedPlanKeepsWhatWasChosen() {
		final PlanAcquisitionSettings settings = settings("Retrospective", 16, 4, 2, 0.01);
		final long[] total = new long[1];
		final AcquisitionPlan stopped = new PlanAcquisition(settings).run(single, (done, of, message) -> {
			total[0] = of;
			return !message.equals("choosing lines") || done < 130;
		});
		assertTrue(stopped.posterior().partial());
		assertEquals(2, stopped.decisions().size());
		assertEquals(8, all(stopped).size());
		assertEquals(plan(single, settings).chosen().subList(0, 4), stopped.chosen());
		assertTrue(stopped.posterior().provenance().warnings().toString().contains("Stopped by the user after 8 of 16"), stopped.posterior().provenance()
			.warnings().toString());
		// stopped in the reconstruction: every line is there, the images are those of the particles
		final AcquisitionPlan late = new PlanAcquisition(settings).run(single, (done, of, message) -> message.equals("choosing lines"));
		assertEquals(16, all(late).size());
		assertTrue(late.posterior().partial());
		assertThrows(CancellationException.class, () -> new PlanAcquisition(settings).run(single, (done, of, message) -> false));
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
		refused("lines: expected more than the 16 ACS lines", () -> settings("Retrospective", 16, 16, 1, 0));
		refused("mode: expected one of", () -> settings("Later", 16, 4, 1, 0));
		refused("batch: expected 1", () -> settings("Retrospective", 16, 4, 0, 0));
		final boolean[] points = single.sampled().get(0).clone();
		points[5] = false;
		refused("line 0 of 48 samples was measured in part", () -> plan(new KSpace("points", 1, SIZE, SIZE, single.slices(), List.of(points), single.voxel(), null,
			List.of()), settings("Retrospective", 16, 4, 1, 0.01)));
	}
}
