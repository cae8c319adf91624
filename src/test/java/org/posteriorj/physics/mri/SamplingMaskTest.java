package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class SamplingMaskTest {

	@Test
	void patternsOfEqualOptionsMeasureEquallyMuch() {
		for (final int[] size : new int[][] { { 128, 96 }, { 127, 65 } }) {
			final SamplingMask mask = new SamplingMask(size[0], size[1], 4, 16);
			final double lines = size[0] / (16 + (size[0] - 16) / 4.0);
			for (final boolean[] m : List.of(mask.equispaced(), mask.random(1), mask.variableDensity(1))) {
				assertEquals(lines, SamplingMask.acceleration(m), 0.08 * lines);
				for (int i = 0; i < m.length; i++) assertEquals(m[i / size[1] * size[1]], m[i], "whole readout lines");
				for (int r = size[0] / 2 - 8; r < size[0] / 2 + 8; r++) assertTrue(m[r * size[1]], "ACS line " + r);
			}
			final double points = size[0] * size[1] / (256 + (size[0] * size[1] - 256) / 4.0);
			assertEquals(points, SamplingMask.acceleration(mask.poissonDisk(1)), 0.01 * points);
		}
		assertEquals(1, SamplingMask.acceleration(new SamplingMask(9, 7, 4, 0).full()));
	}

	@Test
	void randomPatternsAreRepeatableAndFollowTheirDensity() {
		final SamplingMask mask = new SamplingMask(256, 8, 4, 0);
		assertArrayEquals(mask.random(3), mask.random(3));
		assertFalse(Arrays.equals(mask.random(3), mask.random(4)));
		int inner = 0, innerUniform = 0;
		for (int seed = 0; seed < 50; seed++) {
			for (int r = 64; r < 192; r++) {
				if (mask.variableDensity(seed)[r * 8]) inner++;
				if (mask.random(seed)[r * 8]) innerUniform++;
			}
		}
		assertEquals(0.5, innerUniform / (50 * 64.0), 0.05);
		assertTrue(inner / (50 * 64.0) > 0.7, inner + " of " + 50 * 64 + " lines in the inner half");
	}

	/** No two points of a Poisson disk stand side by side outside of the centre. */
	@Test
	void poissonDisksKeepTheirDistance() {
		final boolean[] mask = new SamplingMask(128, 128, 8, 0).poissonDisk(1);
		int touching = 0, points = 0;
		for (int r = 0; r < 128; r++) for (int c = 1; c < 128; c++) {
			if (Math.hypot(r - 64, c - 64) < 40 || !mask[r * 128 + c]) continue;
			points++;
			if (mask[r * 128 + c - 1]) touching++;
		}
		assertTrue(touching < 0.04 * points, touching + " of " + points + " points touch their neighbour");
	}

	@Test
	void wrongOptionsAreNamed() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new SamplingMask(64, 64, 4, 65)).getMessage().contains("0 to 64"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new SamplingMask(64, 64, 0.5, 8)).getMessage().contains("at least 1, got 0.5"));
	}
}
