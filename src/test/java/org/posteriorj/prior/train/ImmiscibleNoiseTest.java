package org.posteriorj.prior.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;

/** The noise stays what it was, and comes nearer. */
class ImmiscibleNoiseTest {

	@Test
	void theSameNoiseGoesToNearerImages() {
		final int count = 20, n = 50;
		final var random = SampleRandom.generator(1, 1);
		final float[] images = new float[count * n], noise = new float[count * n];
		for (int i = 0; i < images.length; i++) {
			images[i] = (float) random.nextGaussian();
			noise[i] = (float) random.nextGaussian();
		}
		final float[] before = noise.clone();
		ImmiscibleNoise.assign(images, noise, count);
		final float[] a = before.clone(), b = noise.clone();
		Arrays.sort(a);
		Arrays.sort(b);
		assertArrayEquals(a, b);
		assertTrue(distance(images, noise) < 0.9 * distance(images, before), distance(images, noise) + " of " + distance(images, before));
	}

	private static double distance(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
		return sum;
	}
}
