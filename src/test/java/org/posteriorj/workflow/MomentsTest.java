package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MomentsTest {

	@Test
	void equalWeightsGiveTheUsualMeanAndUnbiasedDeviation() {
		final Moments moments = new Moments(1, 2);
		for (final float[] image : new float[][] { { 1, -2 }, { 4, -2 }, { 7, -8 } }) moments.add(image, 1);
		assertEquals(4, moments.mean()[0], 1e-6);
		assertEquals(3, moments.std()[0], 1e-6); // ((-3)^2 + 0 + 3^2) / 2 = 9
		assertEquals(-4, moments.mean()[1], 1e-6);
		assertEquals(Math.sqrt(12), moments.std()[1], 1e-6);
	}

	@Test
	void complexImagesHaveTheDeviationOfTheMagnitude() {
		final Moments moments = new Moments(2, 1);
		moments.add(new float[] { 3, 4 }, 0.5);
		moments.add(new float[] { -3, 4 }, 0.5);
		assertEquals(0, moments.mean()[0], 1e-6);
		assertEquals(4, moments.mean()[1], 1e-6);
		assertEquals(0, moments.std()[0], 1e-6);
	}

	@Test
	void weightsCountAsRepetitionsInTheMean() {
		final Moments moments = new Moments(1, 1);
		moments.add(new float[] { 1 }, 0.75);
		moments.add(new float[] { 5 }, 0.25);
		assertEquals(2, moments.mean()[0], 1e-6);
		// sum w d^2 / (1 - sum w^2) = 3 / 0.375
		assertEquals(Math.sqrt(8), moments.std()[0], 1e-6);
	}

	@Test
	void oneImageHasNoDeviation() {
		final Moments moments = new Moments(1, 1);
		moments.add(new float[] { 1 }, 1);
		assertTrue(Float.isNaN(moments.std()[0]));
	}
}
