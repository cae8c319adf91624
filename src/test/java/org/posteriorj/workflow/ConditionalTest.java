package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.NonCartesianSense;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.physics.mri.Trajectories;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.SlowPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.prior.TestImage;
import org.posteriorj.sampler.Condition;
import org.posteriorj.sampler.Conditional;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.Fidelity;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/** The conditional sampler with a perfect conditional network, against the exact posterior. */
class ConditionalTest {

	private static final int SIZE = 32, SAMPLES = 32;
	private static final double DEVIATION = 0.5;
	private static final GaussianFieldPrior WHITE = new GaussianFieldPrior("white", 2, Spectrum.table(new double[] { DEVIATION * DEVIATION, DEVIATION * DEVIATION }));

	/** White noise images together with data: {@code D(x; s, c) = E[x0 | x0 + s n = x, y]} exactly, a proximal step. */
	private record Perfect(DataConsistency data) implements DiffusionPrior {

		@Override
		public String name() {
			return "perfect";
		}

		@Override
		public int channels() {
			return 2;
		}

		@Override
		public int conditioning() {
			return 2 + Condition.FURTHER;
		}

		@Override
		public DiffusionPrior given(final Tensor condition) {
			return this;
		}

		@Override
		public Tensor denoise(final Tensor noisy, final double sigma) {
			final double r = sigma * DEVIATION / Math.hypot(sigma, DEVIATION);
			return Tensors.eachItem(noisy, x -> data.prox(Tensors.scale(x, r * r / (sigma * sigma)), r));
		}

		@Override
		public double sigmaMin() {
			return 1e-3;
		}

		@Override
		public double sigmaMax() {
			return 100;
		}

		@Override
		public double sigmaData() {
			return DEVIATION;
		}
	}

	private record Problem(DataConsistency data, Tensor truth) {

		Tensor draw(final Conditional.Options options, final long... streams) {
			return new Conditional(options).sample(new Perfect(data), data, new SampleRandom(3, streams, 0), Progress.NONE).images();
		}

		Calibration calibration(final Conditional.Options options) {
			final long[] streams = LongStream.range(0, SAMPLES).toArray();
			final Tensor zero = Tensors.zeros(SAMPLES, 2, SIZE, SIZE);
			return Calibration.of(draw(options, streams), data.draw(zero, DEVIATION, new SampleRandom(2, streams, 0)), data.prox(Tensors.items(zero, 0, 1), DEVIATION), truth,
				data);
		}
	}

	private static <T> T with(final int coils, final double sigma, final Function<Problem, T> work) {
		LibTorch.start();
		final float[] mask = KSpace.ones(new SamplingMask(SIZE, SIZE, 4, 8).equispaced()), maps = CoilSimulation.maps(coils, SIZE, SIZE, 1);
		return Scopes.compute(() -> {
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, SIZE, SIZE, 2)), Tensors.of(mask, SIZE, SIZE))) {
				final SampleRandom random = SampleRandom.single(1, 0);
				final Tensor truth = WHITE.colour(random.normal(2, SIZE, SIZE));
				final Tensor y = Tensors.add(operator.forward(truth), sigma, random.normal(coils, SIZE, SIZE, 2)).mul(operator.mask().reshape(1, 1, SIZE, SIZE, 1));
				return work.apply(new Problem(new DataConsistency(operator, y, sigma), truth));
			}
		});
	}

	@Test
	void withAPerfectNetworkItsDrawsAreTheExactPosterior() {
		for (final int coils : new int[] { 1, 8 }) {
			final Calibration c = with(coils, coils == 1 ? 0.1 : 0.03, p -> p.calibration(Conditional.Options.ancestral(25, Fidelity.NONE)));
			assertEquals(1, c.spread(), 0.05, coils + " coils: " + c);
			assertTrue(c.bias() < 0.18, coils + " coils: " + c);
			assertEquals(1, c.chiSquare(), 0.03, coils + " coils: " + c);
			assertEquals(c.expectedCoverage(), c.coverage(), 0.03, coils + " coils: " + c);
		}
	}

	/** Total variation takes seconds on a large scan: who stops does not wait for it. */
	@Test
	void itStopsBeforeTheFirstEvaluation() {
		final int[] asked = { 0 };
		with(1, 0.1, p -> {
			final SlowPrior prior = new SlowPrior(2, 0, () -> {});
			assertThrows(CancellationException.class, () -> new Conditional(Conditional.Options.evaluations(10)).sample(prior, p.data(), SampleRandom.single(1, 0), (done,
				total, message) -> ++asked[0] < 3));
			assertEquals(0, prior.evaluations());
			return null;
		});
		assertEquals(3, asked[0]);
	}

	/** What the bias of the sampler says: a perfect network knows the data already, and data consistency counts them once more. */
	@Test
	void dataConsistencyTakesSpread() {
		final Calibration ancestral = with(8, 0.03, p -> p.calibration(Conditional.Options.ancestral(25, Fidelity.PROX)));
		assertEquals(0.8, ancestral.spread(), 0.1, ancestral.toString());
		final Calibration few = with(8, 0.03, p -> p.calibration(Conditional.Options.evaluations(25)));
		assertTrue(few.spread() > 0.5 && few.spread() < ancestral.spread(), few.toString());
	}

	@Test
	void theProbabilityFlowHasTheRightMean() {
		final Calibration c = with(1, 0.1, p -> p.calibration(new Conditional.Options(25, Fidelity.NONE, 1, 3, false, 0, 0, 0)));
		assertTrue(c.bias() < 0.18, c.toString());
	}

	/** Twice the relaxation diverges. */
	@Test
	void fewStepsOfTheShippedPriorStayAtTheNoiseLevel() {
		LibTorch.start();
		final int size = 96, coils = 8;
		final float[] mask = KSpace.ones(new SamplingMask(size, size, 8, 10).variableDensity(1)), maps = CoilSimulation.maps(coils, size, size, 1);
		final double[] chi = Scopes.compute(() -> {
			try (DiffusionPrior prior = Priors.open("brain-mri-conditional");
					SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, size, size, 2)), Tensors.of(mask, size, size)))
			{
				final float[] image = new float[2 * size * size];
				System.arraycopy(TestImage.of(size, 1).slices().get(0), 0, image, 0, size * size);
				final Tensor y = Tensors.add(operator.forward(Tensors.of(image, 1, 2, size, size)), 0.01, SampleRandom.single(2, 0).normal(coils, size, size, 2));
				final DataConsistency data = new DataConsistency(operator, y.mul(operator.mask().reshape(1, 1, size, size, 1)), 0.01);
				return IntStream.of(6, 10, 25).mapToDouble(n -> data.chiSquare(new Conditional(Conditional.Options.evaluations(n)).sample(prior, data, SampleRandom.single(1,
					0), Progress.NONE).images())[0]).toArray();
			}
		});
		for (final double c : chi) assertEquals(0.95, c, 0.2, "6, 10 and 25 steps: " + Arrays.toString(chi));
	}

	@Test
	void theConditionOfARadialScanIsItsLeastSquaresImage() {
		LibTorch.start();
		final int size = 64, coils = 4;
		final float[] maps = CoilSimulation.maps(coils, size, size, 1);
		final double error = Scopes.compute(() -> {
			try (NonCartesianSense operator = new NonCartesianSense(Complex.fromPairs(Tensors.of(maps, coils, size, size, 2)), Trajectories.radial(12, 2 * size, size))) {
				final float[] image = new float[2 * size * size];
				System.arraycopy(TestImage.of(size, 1).slices().get(0), 0, image, 0, size * size);
				final Tensor clean = operator.forward(Tensors.of(image, 1, 2, size, size));
				final DataConsistency data = new DataConsistency(operator, Tensors.add(clean, 0.01, SampleRandom.single(2, 0).normal(Arrays.copyOfRange(Shapes.of(clean), 1,
					Shapes.of(clean).length))), 0.01);
				final Tensor exact = data.prox(Tensors.zeros(1, 2, size, size), 0.32);
				return Math.sqrt(Tensors.squaredNorm(Condition.of(data, 0.32).channels().narrow(1, 0, 2).sub(exact))[0] / Tensors.squaredNorm(exact)[0]);
			}
		});
		assertTrue(error < 0.05, "relative error " + error);
	}

	@Test
	void everyFidelityMovesTowardsTheData() {
		with(4, 0.05, p -> {
			final Tensor far = Tensors.add(p.truth(), 0.3, SampleRandom.single(9, 0).normal(2, SIZE, SIZE));
			final double before = p.data().chiSquare(far)[0];
			for (final Fidelity fidelity : new Fidelity[] { Fidelity.PROX, Fidelity.GRADIENT, Fidelity.PROJECTION }) {
				final Tensor image = p.draw(new Conditional.Options(6, fidelity, 1, 1, false, 6, 0.7, 0), 0);
				assertTrue(p.data().chiSquare(image)[0] < 0.2 * before, fidelity + ": " + p.data().chiSquare(image)[0] + " of " + before);
			}
			return null;
		});
	}

	@Test
	void aSampleDoesNotDependOnItsBatch() {
		with(4, 0.05, p -> {
			final Conditional.Options options = Conditional.Options.evaluations(6);
			final float[] alone = Tensors.toFloats(p.draw(options, 1)), among = Tensors.toFloats(Tensors.items(p.draw(options, 0, 1, 2), 1, 2));
			assertArrayEquals(alone, among);
			return null;
		});
	}

	/** White images, so that their posterior is that of {@link Perfect}: the mean of many samples is the exact one. */
	@Test
	void aPriorWithoutAConditionGoesTheSameWayAndSaysSo() {
		with(4, 0.05, p -> {
			final Draws drawn = new Conditional(Conditional.Options.evaluations(10)).sample(WHITE, p.data(), new SampleRandom(1, LongStream.range(0, 16).toArray(), 0), Progress.NONE);
			assertEquals(List.of("prior white takes no condition: Conditional goes its way without one."), drawn.warnings());
			final Tensor exact = p.data().prox(Tensors.zeros(1, 2, SIZE, SIZE), DEVIATION), off = drawn.images().mean(new long[] { 0 }, true, null).sub(exact);
			final double share = Math.sqrt(Tensors.squaredNorm(off)[0] / Tensors.squaredNorm(exact)[0]);
			assertTrue(share < 0.2, "mean off by " + share);
			return null;
		});
	}
}
