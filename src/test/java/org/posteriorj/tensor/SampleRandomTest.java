package org.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class SampleRandomTest {

	@Test
	void sampleDoesNotDependOnItsBatch() {
		final SampleRandom batch = new SampleRandom(7, new long[] { 0, 1, 2, 5 }, 0);
		final SampleRandom alone = SampleRandom.single(7, 5);
		for (int draw = 0; draw < 3; draw++) {
			final float[] all = Tensors.toFloats(batch.normal(3, 5));
			assertArrayEquals(Tensors.toFloats(alone.normal(3, 5)), Arrays.copyOfRange(all, 45, 60));
		}
	}

	@Test
	void resumesFromTheNumberOfDraws() {
		final SampleRandom whole = SampleRandom.single(11, 3);
		whole.normal(4);
		whole.normal(9);
		final float[] third = Tensors.toFloats(whole.normal(6));
		assertArrayEquals(third, Tensors.toFloats(new SampleRandom(11, new long[] { 3 }, 2).normal(6)));
	}

	@Test
	void isStandardNormalAndUncorrelatedBetweenDrawsSamplesAndSeeds() {
		final int n = 200_000;
		final float[] a = Tensors.toFloats(SampleRandom.single(1, 0).normal(n));
		final float[][] others = { Tensors.toFloats(SampleRandom.single(1, 1).normal(n)), Tensors.toFloats(SampleRandom.single(2, 0).normal(n)),
			Tensors.toFloats(new SampleRandom(1, new long[] { 0 }, 1).normal(n)) };
		double mean = 0, square = 0, fourth = 0;
		for (final float v : a) {
			mean += v;
			square += v * v;
			fourth += (double) v * v * v * v;
		}
		// five standard errors of the mean, variance and fourth moment of n normal numbers
		assertEquals(0, mean / n, 5 / Math.sqrt(n));
		assertEquals(1, square / n, 5 * Math.sqrt(2.0 / n));
		assertEquals(3, fourth / n, 5 * Math.sqrt(96.0 / n));
		for (final float[] b : others) {
			double product = 0;
			for (int i = 0; i < n; i++) product += a[i] * b[i];
			assertEquals(0, product / n, 5 / Math.sqrt(n));
		}
	}

	@Test
	void oppositeIsTheLastDrawWithTheOtherSignAndNoDraw() {
		Scopes.run(() -> {
			final SampleRandom random = SampleRandom.antithetic(4, new long[] { 0, 1, 2, 3 }, null);
			random.normal(3);
			final float[] last = Tensors.toFloats(random.normal(2, 5));
			assertArrayEquals(last, Tensors.toFloats(random.opposite(2, 5).neg()));
			assertEquals(2, random.draws());
		});
	}

	@Test
	void neighbouringSeedsAndSamplesDiffer() {
		assertFalse(Arrays.equals(Tensors.toFloats(SampleRandom.single(1, 2).normal(8)), Tensors.toFloats(SampleRandom.single(2, 1).normal(8))));
	}

	/** Of samples 0 to 3 the last two mirror the first two, also the particles of their ensembles; in another batch each is the same. */
	@Test
	void antitheticSamplesHaveTheOppositeNoiseOfTheirPartners() {
		final long slice = 3L << 32;
		final SampleRandom four = SampleRandom.antithetic(7, new long[] { slice, slice + 1, slice + 2, slice + 3 }, null), last = SampleRandom.antithetic(7, new long[] {
			slice + 3 }, null);
		final float[] particles = Tensors.toFloats(four.particles(0, 3).normal(2)), mirrored = Tensors.toFloats(four.particles(2, 3).normal(2));
		for (int i = 0; i < 6; i++) assertEquals(particles[i], -mirrored[i]);
		for (int draw = 0; draw < 3; draw++) {
			final float[] values = Tensors.toFloats(four.normal(5)), alone = Tensors.toFloats(last.normal(5));
			for (int i = 0; i < 10; i++) assertEquals(values[i], -values[10 + i]);
			for (int i = 0; i < 5; i++) {
				assertNotEquals(values[i], values[5 + i]);
				assertEquals(values[15 + i], alone[i]);
			}
			final double[] uniform = four.uniform();
			last.uniform();
			assertEquals(uniform[0], uniform[2]);
			assertNotEquals(uniform[0], uniform[1]);
		}
	}
}
