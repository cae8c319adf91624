package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Tensors;

/** Exact samples are called calibrated, wrong ones by what is wrong with them. */
class CalibrationReportTest {

	private static final int SIZE = 32;

	/** Exact draws, whose distance to the exact mean is multiplied. */
	private record Exact(double spread) implements PosteriorSampler {

		@Override
		public String name() {
			return "Exact times " + spread;
		}

		@Override
		public Kind kind() {
			return Kind.POSTERIOR;
		}

		@Override
		public long evaluations() {
			return 1;
		}

		@Override
		public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
			progress.advance(1, 1, name());
			final GaussianPosterior exact = new GaussianPosterior((GaussianFieldPrior) prior, data);
			final Tensor mean = exact.mean();
			return Draws.equal(Tensors.add(mean.expand(random.batch(), 2, SIZE, SIZE), spread, exact.draw(random).sub(mean)));
		}
	}

	private static CalibrationReportSettings settings(final int scans, final double assumed) {
		return new CalibrationReportSettings("PnP-DM", "gaussian-field", scans, 16, SIZE, 2, "Variable density", 4, 4, 0.05, assumed, 0, "Standard", 1, "cpu");
	}

	private static CalibrationFindings run(final double spread, final double assumed) {
		return new CalibrationReport(settings(8, assumed), () -> new Exact(spread)).run(List.of(), Monitor.NONE);
	}

	@Test
	void exactSamplesAreCalibrated() {
		final CalibrationFindings findings = run(1, 1);
		assertEquals("Exact times 1.0: calibrated, as far as 8 scans of 16 samples can tell", findings.verdict());
		assertEquals(3, findings.quantities().size());
		assertTrue(findings.html().contains(findings.verdict()));
		assertEquals(10, findings.figureTable().size(), "a header and nine figures");
	}

	@Test
	void halfTheStandardDeviationIsNamed() {
		final String verdict = run(0.5, 1).verdict();
		assertTrue(verdict.startsWith("Exact times 0.5: miscalibrated: magnitude of pixels: coverage 0."), verdict);
		assertTrue(verdict.matches(".*magnitude of pixels: .*standard deviation (4[5-9]|5[0-5]) % too small for the errors.*"), verdict);
	}

	@Test
	void aWrongNoiseLevelIsNamed() {
		final CalibrationFindings findings = run(1, 2);
		assertTrue(findings.verdict().matches("Exact times 1.0: miscalibrated: .*data misfit: 1\\.[5-9]\\d* times that of the truth"), findings.verdict());
		assertTrue(findings.provenance().warnings().contains("The sampler was told 2.0 times the true noise."));
	}

	@Test
	void oneScanIsNotEnough() {
		final String verdict = new CalibrationReport(settings(1, 1), () -> new Exact(0.2)).run(List.of(), Monitor.NONE).verdict();
		assertTrue(verdict.contains("undecided"), verdict);
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
		final CalibrationFindings findings = new CalibrationReport(settings(3, 1), () -> new Exact(1)).run(List.of(volume), (done, total, message) -> done < 0.9 * total);
		assertEquals(2, findings.provenance().facts().get("scans"));
		assertTrue(findings.provenance().warnings().toString().contains("stopped by the user after 2 of 3 scans"), findings.provenance().warnings().toString());
	}
}
