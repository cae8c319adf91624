package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class WatchedPriorTest {

	private final GaussianFieldPrior field = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 0.06, 2));
	private final List<float[]> seen = new ArrayList<>();

	@Test
	void theFirstDenoisedImageOfABatchIsShownAndNothingChanges() {
		final DiffusionPrior watched = new WatchedPrior(field, seen::add, 0);
		Scopes.run(() -> {
			final Tensor noisy = new SampleRandom(1, new long[] { 0, 1, 2 }, 0).normal(2, 16, 12);
			final float[] expected = Tensors.toFloats(field.denoise(noisy, 0.3));
			assertArrayEquals(expected, Tensors.toFloats(watched.denoise(noisy, 0.3)));
			assertArrayEquals(Arrays.copyOf(expected, 2 * 16 * 12), seen.get(0));
			final Tensor[] pair = watched.denoiseWithGradient(noisy, 0.3, d -> d), known = field.denoiseWithGradient(noisy, 0.3, d -> d);
			assertArrayEquals(Tensors.toFloats(known[1]), Tensors.toFloats(pair[1]));
			assertEquals(2, seen.size());
		});
		assertEquals(field.name(), watched.name());
		assertEquals(field.sigmaMax(), watched.sigmaMax());
		assertEquals(Optional.empty(), watched.identity());
		assertTrue(watched.supportsGradient());
	}

	@Test
	void nothingIsShownBeforeTheIntervalIsOver() {
		final DiffusionPrior watched = new WatchedPrior(field, seen::add, Long.MAX_VALUE);
		Scopes.run(() -> watched.denoise(SampleRandom.single(1, 0).normal(2, 16, 12), 0.3));
		assertEquals(0, seen.size());
	}
}
