package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.DecisionLog;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;

/** Plans of CT views on a small scan, with a Gaussian field as the prior. */
class PlanCtAcquisitionTest {

	private static final int SIZE = 32, VIEWS = 24;
	private static final Function<String, DiffusionPrior> PRIORS = name -> new GaussianFieldPrior(name, name.equals("complex") ? 2 : 1, Spectrum.powerLaw(2, 4.0 / SIZE,
		3));
	private static Sinogram scan;

	@BeforeAll
	static void simulate() {
		final float[] image = new float[SIZE * SIZE];
		for (int i = 0; i < image.length; i++) {
			final double x = i % SIZE - 15.5, y = i / SIZE - 15.5;
			image[i] = (float) (Math.hypot(x / 5, y / 14) < 1 ? 0.02 + 0.01 * Math.cos(y) : 0);
		}
		final Volume truth = new Volume("ellipse", SIZE, SIZE, 1, List.of(image), new VoxelSize(2, 2, 2), "1/mm");
		scan = new SimulateCt(new SimulateCtSettings("1/mm", "parallel", VIEWS, 0, 0, 0, 0, 0, 1e5, 1)).run(truth, Monitor.NONE).sinogram();
	}

	private static PlanAcquisitionSettings settings(final String mode, final int lines, final int acs, final int batch) {
		return settings(mode, lines, acs, batch, 18, "field");
	}

	private static PlanAcquisitionSettings settings(final String mode, final int lines, final int acs, final int batch, final int candidates, final String prior) {
		return new PlanAcquisitionSettings(mode, lines, acs, 0, 4, "auto", batch, List.of(), "prox", prior, 12, "Preview", 0, 0, candidates, SIZE, 0.0193, 5, "cpu");
	}

	private static AcquisitionPlan plan(final Sinogram sinogram, final PlanAcquisitionSettings settings) {
		return new PlanAcquisition(settings, PRIORS).run(sinogram, null, Monitor.NONE);
	}

	private static List<Integer> all(final AcquisitionPlan plan) {
		final List<Integer> all = new ArrayList<>(plan.first());
		all.addAll(plan.chosen());
		return all;
	}

	@Test
	void onlyChosenViewsOfTheScanAreUsed() {
		final AcquisitionPlan plan = plan(scan, settings("Retrospective", 10, 4, 2));
		assertEquals(List.of(0, 6, 12, 18), plan.first());
		assertEquals(10, all(plan).stream().distinct().count());
		final float[] values = scan.slices().get(0).clone();
		for (int i = 0; i < values.length; i++) if (!all(plan).contains(i / scan.detectors())) values[i] = Float.NaN;
		final AcquisitionPlan poisoned = plan(new Sinogram(scan.title(), VIEWS, scan.detectors(), List.of(values), scan.geometry(), 2, List.of()), settings("Retrospective",
			10, 4, 2));
		assertEquals(plan.log(), poisoned.log());
		assertArrayEquals(plan.posterior().mean().slices().get(0), poisoned.posterior().mean().slices().get(0));
		assertEquals("angle", plan.axis());
		assertEquals("135", plan.lineTable().get(4).get(2));
		final float[] mask = plan.mask().slices().get(0);
		for (int v = 0; v < VIEWS; v++) assertEquals(all(plan).contains(v) ? 1 : 0, mask[v * scan.detectors() + 3]);
	}

	@Test
	void whatIsStoppedGoesOn() {
		final PlanAcquisitionSettings settings = settings("Retrospective", 10, 4, 2);
		final AcquisitionPlan whole = plan(scan, settings), stopped = new PlanAcquisition(settings, PRIORS).run(scan, null, (done, of, message) -> done < 180);
		assertEquals(1, stopped.log().decisions().size());
		final AcquisitionPlan resumed = new PlanAcquisition(settings, PRIORS).run(scan, stopped.log(), Monitor.NONE);
		assertEquals(whole.log(), resumed.log());
		assertArrayEquals(whole.posterior().std().slices().get(0), resumed.posterior().std().slices().get(0));
		final AcquisitionPlan again = new PlanAcquisition(settings, PRIORS).run(scan, whole.log(), Monitor.NONE);
		assertArrayEquals(whole.posterior().mean().slices().get(0), again.posterior().mean().slices().get(0));
	}

	@Test
	void otherAnglesCanComeNext() {
		final double[] few = { 0, 50, 101, 150 };
		final float[] values = new float[few.length * scan.detectors()];
		for (int v = 0; v < few.length; v++) {
			final int from = (int) Math.round(few[v] * VIEWS / 180);
			System.arraycopy(scan.slices().get(0), from * scan.detectors(), values, v * scan.detectors(), scan.detectors());
		}
		final Sinogram measured = new Sinogram("few", few.length, scan.detectors(), List.of(values), scan.geometry().withAngles(few), 2, List.of());
		final AcquisitionPlan plan = plan(measured, settings("Prospective", 7, 1, 1));
		assertEquals(List.of(0, 1, 2, 3), plan.first());
		// every 10 degrees but those that are there, 101 standing for 100
		final List<Double> others = IntStream.range(0, 18).filter(k -> !List.of(0, 5, 10, 15).contains(k)).mapToObj(k -> 10.0 * k).toList();
		assertEquals(others, plan.positions().subList(4, 18));
		assertEquals(3, plan.chosen().stream().distinct().count());
		for (final int view : plan.chosen()) assertTrue(view >= 4 && view < 18);
		assertEquals(plan.chosen().stream().map(view -> String.valueOf(Math.round(plan.positions().get(view)))).toList(), plan.chosenPositions());
	}

	private static void refused(final String message, final org.junit.jupiter.api.function.Executable work) {
		final String got = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(got.contains(message) && !got.contains("\n"), got);
	}

	@Test
	void badInputIsOneClearLine() {
		refused("lines: expected more than the 4 views measured first and at most 24, got 25", () -> plan(scan, settings("Retrospective", 25, 4, 1)));
		refused("acs: expected 1 to 24", () -> plan(scan, settings("Retrospective", 40, 30, 1)));
		refused("lines: expected more than the 24 views", () -> plan(scan, settings("Prospective", 24, 4, 1)));
		refused("CT needs one for real ones", () -> plan(scan, settings("Retrospective", 10, 4, 1, 18, "complex")));
		refused("candidates: expected 2 to 3600", () -> settings("Prospective", 30, 4, 1, 1, "field"));
		final DecisionLog other = new DecisionLog(List.of(0, 1), List.of(), List.of());
		refused("replay: the log began with the views 0 1, this run with 0 6 12 18", () -> new PlanAcquisition(settings("Retrospective", 10, 4, 1), PRIORS).run(scan, other,
			Monitor.NONE));
		refused("slice: expected", () -> new PlanAcquisition(new PlanAcquisitionSettings("Retrospective", 10, 4, 2, 4, "auto", 1, List.of(), "prox", "field", 0,
			"Preview", 0, 0, 18, SIZE, 0.0193, 5, "cpu"), PRIORS).run(scan, null, Monitor.NONE));
	}

	@Test
	void aFanCanBeTurnedAllAround() {
		final Geometry fan = Geometry.fan(Geometry.evenAngles(4, 360), 4, 200, 400, 2);
		final Sinogram blank = new Sinogram("fan", 4, 60, List.of(filled(4 * 60)), fan, 2, List.of());
		final List<Double> angles = new PlannedCt(blank, settings("Prospective", 8, 1, 1), new RunRecord(), PRIORS).positions();
		assertEquals(IntStream.range(0, 18).filter(k -> k != 0 && k != 9).mapToObj(k -> 20.0 * k).toList(), angles.subList(4, angles.size()));
		assertEquals(List.of(0.0, 90.0, 180.0, 270.0), angles.subList(0, 4));
	}

	private static float[] filled(final int n) {
		final float[] values = new float[n];
		Arrays.fill(values, 0.5f);
		return values;
	}
}
