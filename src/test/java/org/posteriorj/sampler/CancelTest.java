package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.SlowPrior;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Whoever stops a sampler waits for the evaluation that is going on, and for no other. */
class CancelTest {

	private static final int SIZE = 16;

	/** Every sampler, stopped early, in the middle and late. */
	static Stream<Object[]> stops() {
		return Samplers.names().stream().flatMap(name -> Stream.of(1, 7, 18).map(at -> new Object[] { name, at }));
	}

	@ParameterizedTest
	@MethodSource("stops")
	void theEvaluationThatIsGoingOnIsTheLast(final String name, final int at) {
		final AtomicBoolean stop = new AtomicBoolean();
		final int[] begun = { 0 };
		final SlowPrior prior = new SlowPrior(2, 0, () -> stop.set(++begun[0] >= at));
		final PosteriorSampler sampler = Samplers.create(name, new Samplers.Request(24, 0.5));
		Scopes.run(() -> {
			final float[] mask = KSpace.ones(new SamplingMask(SIZE, SIZE, 2, 4).equispaced()), maps = new float[2 * SIZE * SIZE];
			for (int i = 0; i < maps.length; i += 2) maps[i] = 1;
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, 1, SIZE, SIZE, 2)), Tensors.of(mask, SIZE, SIZE))) {
				final Tensor y = operator.forward(SampleRandom.single(1, 0).normal(2, SIZE, SIZE));
				final DataConsistency data = new DataConsistency(operator, y, 0.1);
				assertThrows(CancellationException.class, () -> sampler.sample(prior, data, SampleRandom.single(1, 1), (done, total, message) -> !stop.get()));
			}
		});
		assertEquals(at, prior.evaluations(), name + " went on after it was stopped in evaluation " + at);
	}
}
