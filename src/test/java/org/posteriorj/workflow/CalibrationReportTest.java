package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.tensor.Tensors;

/** Exact samples are called calibrated, wrong ones by what is wrong with them. */
class CalibrationReportTest {

	private static final int SIZE = 32;

	/** Exact draws, whose distance to the exact mean is multiplied. */
	private static ExactSampler exact(final double spread) {
		return new ExactSampler((x, known) -> Tensors.add(Tensors.scale(x, spread), 1 - spread, known.mean()));
	}

	private static CalibrationReportSettings settings(final int scans, final double assumed) {
		return new CalibrationReportSettings("PnP-DM", "default", "gaussian-field", scans, 16, SIZE, 2, "Variable density", 4, 4, 0.05, assumed, 0, "Standard", 1, "cpu");
	}

	private static CalibrationFindings run(final double spread, final double assumed) {
		return new CalibrationReport(settings(8, assumed), () -> exact(spread)).run(List.of(), Monitor.NONE);
	}

	@Test
	void exactSamplesAreCalibrated() {
		final CalibrationFindings findings = run(1, 1);
		assertEquals("exact but for a mistake: calibrated, as far as 8 scans of 16 samples can tell", findings.verdict());
		assertEquals(3, findings.quantities().size());
		assertTrue(findings.html().contains(findings.verdict()));
		assertEquals(10, findings.figureTable().size(), "a header and nine figures");
	}

	@Test
	void halfTheStandardDeviationIsNamed() {
		final String verdict = run(0.5, 1).verdict();
		assertTrue(verdict.startsWith("exact but for a mistake: miscalibrated: magnitude of pixels: coverage 0."), verdict);
		assertTrue(verdict.matches(".*magnitude of pixels: .*standard deviation (4[5-9]|5[0-5]) % too small for the errors.*"), verdict);
	}

	@Test
	void aWrongNoiseLevelIsNamed() {
		final CalibrationFindings findings = run(1, 2);
		assertTrue(findings.verdict().matches("exact but for a mistake: miscalibrated: .*data misfit: 1\\.[5-9]\\d* times that of the truth"), findings.verdict());
		assertTrue(findings.provenance().warnings().contains("The sampler was told 2.0 times the true noise."));
	}

	@Test
	void oneScanIsNotEnough() {
		final String verdict = new CalibrationReport(settings(1, 1), () -> exact(0.2)).run(List.of(), Monitor.NONE).verdict();
		assertTrue(verdict.contains("undecided"), verdict);
	}

	/** A variant is another sampler, and the report says which. */
	@Test
	void variantsAreJudgedAndNamed() {
		final CalibrationReportSettings settings = new CalibrationReportSettings("RED-diff", "published", "gaussian-field", 2, 4, 16, 2, "Variable density", 4, 4, 0.05, 1, 3,
			"Standard", 1, "cpu");
		final CalibrationFindings findings = new CalibrationReport(settings).run(List.of(), Monitor.NONE);
		assertEquals("published", findings.provenance().facts().get("variant"));
		assertEquals(3L, findings.provenance().facts().get("network evaluations per sample"));
		assertThrows(IllegalArgumentException.class, () -> new CalibrationReportSettings("PnP-DM", "published", "gaussian-field", 2, 4, 16, 2, "Full", 4, 4, 0.05, 1, 3,
			"Standard", 1, "cpu"));
	}

	/** Slices that the field does not describe: sharp disks; what is finished is judged when the user stops. */
	@Test
	void heldOutVolumesAreSlicedScaledAndJudged() {
		final float[] disk = new float[48 * 40], empty = new float[48 * 40];
		for (int i = 0; i < disk.length; i++) disk[i] = Math.hypot(i / 40 - 24, i % 40 - 20) < 14 ? 700 : 0;
		final Volume volume = new Volume("disks", 40, 48, 1, List.of(empty, disk, disk, disk), VoxelSize.UNKNOWN, "");
		final List<CalibrationTruth> truths = CalibrationTruth.slices(List.of(volume), settings(8, 1));
		assertEquals(3, truths.size(), "without the empty slice");
		assertEquals(1, Math.hypot(truths.get(0).values()[16 * 32 + 16], truths.get(0).values()[32 * 32 + 16 * 32 + 16]), 1e-3);
		final CalibrationFindings findings = new CalibrationReport(settings(3, 1), () -> exact(1)).run(List.of(volume), (done, total, message) -> done < 0.9 * total);
		assertEquals(2, findings.provenance().facts().get("scans"));
		assertTrue(findings.provenance().warnings().toString().contains("stopped by the user after 2 of 3 scans"), findings.provenance().warnings().toString());
	}
}
