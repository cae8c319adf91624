package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.posteriorj.data.AntitheticPairs;
import org.posteriorj.tensor.SampleRandom;

class MomentsTest {

	@Test
	void independentImagesGiveTheUsualMeanAndUnbiasedDeviation() {
		final Moments moments = Moments.ofIndependent(1, 2);
		for (final float[] image : new float[][] { { 1, -2 }, { 4, -2 }, { 7, -8 } }) moments.add(image);
		assertEquals(4, moments.mean()[0], 1e-6);
		assertEquals(3, moments.std()[0], 1e-6); // ((-3)^2 + 0 + 3^2) / 2 = 9
		assertEquals(-4, moments.mean()[1], 1e-6);
		assertEquals(Math.sqrt(12), moments.std()[1], 1e-6);
	}

	@Test
	void complexImagesHaveTheDeviationOfTheMagnitude() {
		final Moments moments = Moments.ofIndependent(2, 1);
		moments.add(new float[] { 3, 4 });
		moments.add(new float[] { -3, 4 });
		assertEquals(0, moments.mean()[0], 1e-6);
		assertEquals(4, moments.mean()[1], 1e-6);
		assertEquals(0, moments.std()[0], 1e-6);
	}

	@Test
	void mirroredImagesAreNotComparedWithEachOther() {
		final Moments moments = Moments.ofPairs(1, 1);
		for (final float value : new float[] { 1, 2, 9, 5 }) moments.add(new float[] { value });
		assertEquals(4.25, moments.mean()[0], 1e-6);
		// couples (1, 2), (1, 5), (2, 9), (9, 5): half the mean of 1, 16, 49, 16
		assertEquals(Math.sqrt(82 / 8.0), moments.std()[0], 1e-6);
	}

	/** Any number of samples, mirrored ones of any correlation, gives the variance on average. */
	@Test
	void theVarianceOfPairsIsUnbiased() {
		final RandomGenerator random = SampleRandom.generator(5, 0);
		final int runs = 40_000;
		for (final double correlation : new double[] { -1, -0.6, 0.3 }) {
			for (final int count : new int[] { 2, 3, 4, 7 }) {
				final Moments moments = Moments.ofPairs(1, runs);
				final float[][] samples = new float[count][runs];
				for (int i = 0; i < runs; i++) {
					for (int k = 0; k < count; k++) {
						final double own = random.nextGaussian();
						samples[k][i] = (float) (10 + (AntitheticPairs.mirrored(k) ? correlation * (samples[AntitheticPairs.partner(k)][i] - 10) + Math.sqrt(1 - correlation *
							correlation) * own : own));
					}
				}
				for (final float[] sample : samples) moments.add(sample);
				double variance = 0;
				for (final float std : moments.std()) variance += (double) std * std / runs;
				// five standard errors: a variance of two numbers has variance 2
				assertEquals(1, variance, 5 * Math.sqrt(2.0 / runs), count + " samples of correlation " + correlation);
			}
		}
	}

	@Test
	void oneImageHasNoDeviation() {
		final Moments moments = Moments.ofPairs(1, 1);
		moments.add(new float[] { 1 });
		assertTrue(Float.isNaN(moments.std()[0]));
	}
}
