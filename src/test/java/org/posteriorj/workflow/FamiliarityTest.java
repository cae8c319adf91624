package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.ConditionRange;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.PriorDecorator;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.TestImage;
import org.posteriorj.sampler.Conditional;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** What the shipped conditional prior calls unlike its training. */
class FamiliarityTest {

	private static final int SIZE = 96;

	/** Counts what the network is asked. */
	private static final class Counted extends PriorDecorator {

		private final int[] calls;

		Counted(final DiffusionPrior prior, final int[] calls) {
			super(prior);
			this.calls = calls;
		}

		@Override
		public Tensor denoise(final Tensor noisy, final double sigma) {
			calls[0]++;
			return prior.denoise(noisy, sigma);
		}

		@Override
		public int conditioning() {
			return prior.conditioning();
		}

		@Override
		public DiffusionPrior given(final Tensor condition) {
			return new Counted(prior.given(condition), calls);
		}
	}

	/** Warnings of two samples of one slice, one evaluation each. */
	private static List<List<String>> warnings(final int coils, final double acceleration, final double noise, final int[] calls) {
		LibTorch.start();
		final float[] mask = KSpace.ones(new SamplingMask(SIZE, SIZE, acceleration, 8).variableDensity(1)), maps = CoilSimulation.maps(coils, SIZE, SIZE, 1);
		return Scopes.compute(() -> {
			try (DiffusionPrior prior = Priors.open("brain-mri-conditional");
					SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, SIZE, SIZE, 2)), Tensors.of(mask, SIZE, SIZE)))
			{
				final float[] image = new float[2 * SIZE * SIZE];
				System.arraycopy(TestImage.of(SIZE, 1).slices().get(0), 0, image, 0, SIZE * SIZE);
				final Tensor noisy = Tensors.add(operator.forward(Tensors.of(image, 1, 2, SIZE, SIZE)), noise, SampleRandom.single(2, 0).normal(coils, SIZE, SIZE, 2));
				final DataConsistency data = new DataConsistency(operator, noisy.mul(operator.mask().reshape(1, 1, SIZE, SIZE, 1)), noise);
				final Conditional sampler = new Conditional(Conditional.Options.evaluations(1));
				final DiffusionPrior counted = new Counted(prior, calls);
				final List<List<String>> all = new ArrayList<>();
				for (int k = 0; k < 2; k++) all.add(sampler.sample(counted, data, SampleRandom.single(1, k), Progress.NONE).warnings());
				return all;
			}
		});
	}

	@Test
	void scansLikeThoseOfTheTrainingAreNotFlaggedAndLookedAtOnce() {
		final int[] calls = new int[1];
		final List<List<String>> found = warnings(4, 4, 0.02, calls);
		assertEquals(List.of(List.of(), List.of()), found);
		assertEquals(3, calls[0], "one look for the slice, one evaluation for each sample");
	}

	@Test
	void unknownNoiseAndMasksAreFlaggedWithTheirEvidence() {
		final String noise = warnings(4, 4, 0.5, new int[1]).get(1).get(0);
		assertTrue(noise.contains("the noise is 0.5") && noise.contains("was trained on 0.00300 to 0.100"), noise);
		final String mask = warnings(1, 30, 0.02, new int[1]).get(1).get(0);
		assertTrue(mask.contains("mask and coils leave open is 0.") && mask.contains("to 0.839"), mask);
	}
}
