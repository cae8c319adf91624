package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Monitor;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;

/** The claim of the project: every posterior sampler at its defaults against exact posteriors, 4-fold, one coil and eight. */
@Tag("slow")
class CalibrationTest {

	@Test
	void posteriorSamplersAreCalibrated() {
		final SelfTestResult result = new SelfTest(new SelfTestSettings("Full", "All", "default", 0, "Standard", 1, "cpu")).run(Monitor.NONE);
		int checked = 0;
		for (final SelfTestResult.Row row : result.samplers()) {
			if (!row.kind().equals(PosteriorSampler.Kind.POSTERIOR.text())) continue;
			final String what = row.sampler() + ", " + row.problem() + ": " + row.calibration();
			assertEquals(List.of(), row.calibration().faults(), what);
			assertTrue(row.evaluations() <= 200, what + ", " + row.evaluations() + " evaluations");
			checked++;
		}
		assertEquals(3 * Samplers.names().stream().filter(n -> Samplers.create(n, new Samplers.Request(100, 0.5)).kind() == PosteriorSampler.Kind.POSTERIOR).count(),
			checked);
	}
}
