package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Monitor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class SelfTestTest {

	/** Small fields of one coil; {@link CalibrationTest} has the size and the coils of the command. */
	@Test
	void everyPosteriorSamplerPasses() {
		final SelfTestResult test = new SelfTest(new SelfTestSettings("Short", "All", 16, "Standard", 1, "cpu")).run(Monitor.NONE);
		assertTrue(test.passed(), test.samplers().toString());
		assertTrue(test.samplers().stream().anyMatch(r -> r.sampler().equals("PnP-DM") && r.verdict().equals("passed")));
	}

	/** The judge itself: exact draws pass, and draws that are wrong in one way are called so. */
	@Test
	void calibrationTellsWhatIsWrong() {
		Scopes.run(() -> {
			final int n = 32, count = 32;
			final GaussianFieldPrior prior = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 4.0 / n, 2));
			final boolean[] mask = new SamplingMask(n, n, 4, 8).equispaced();
			final float[] m = new float[n * n], one = new float[2 * n * n];
			for (int i = 0; i < m.length; i++) {
				m[i] = mask[i] ? 1 : 0;
				one[2 * i] = 1;
			}
			final SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(one, 1, n, n, 2)), Tensors.of(m, n, n));
			final SampleRandom random = SampleRandom.single(1, 0);
			final Tensor truth = prior.colour(random.normal(2, n, n));
			final Tensor y = Tensors.add(operator.forward(truth), 0.1, random.normal(1, n, n, 2)).mul(Tensors.of(m, 1, 1, n, n, 1));
			final DataConsistency data = new DataConsistency(operator, y, 0.1);
			final GaussianPosterior exact = new GaussianPosterior(prior, data);
			final long[] streams = java.util.stream.LongStream.range(0, count).toArray();
			final Tensor mean = exact.mean(), known = exact.draw(new SampleRandom(2, streams, 0)), draws = exact.draw(new SampleRandom(3, streams, 0));
			assertEquals(java.util.List.of(), Calibration.of(draws, known, mean, truth, data).faults());
			final Tensor narrow = Tensors.add(Tensors.scale(draws, 0.9), 0.1, mean.expand_as(draws)), wide = Tensors.add(Tensors.scale(draws, 1.1), -0.1, mean.expand_as(draws));
			assertTrue(Calibration.of(narrow, known, mean, truth, data).faults().toString().contains("too small"));
			assertTrue(Calibration.of(wide, known, mean, truth, data).faults().toString().contains("too large"));
			final Tensor shifted = Tensors.add(draws, 0.1, mean.expand_as(draws));
			assertTrue(Calibration.of(shifted, known, mean, truth, data).faults().toString().contains("mean off"), Calibration.of(shifted, known, mean, truth, data)
				.toString());
		});
	}
}
