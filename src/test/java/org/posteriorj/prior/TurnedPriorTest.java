package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class TurnedPriorTest {

	private static double difference(final Tensor a, final Tensor b) {
		return Math.sqrt(Tensors.squaredNorm(a.sub(b))[0] / Tensors.squaredNorm(b)[0]);
	}

	/** Of an image that is itself every way round, all ways give the same; of any other one they differ, but not by more than the network errs. */
	@Test
	void itTurnsBackWhatItTurned() {
		Scopes.run(() -> {
			try (DiffusionPrior turned = Priors.open("brain-mri"); NetworkPrior plain = Priors.load("brain-mri")) {
				final float[] disc = new float[2 * 48 * 64];
				for (int i = 0; i < 48 * 64; i++) if (Math.hypot((i / 64 - 20) / 12.0, (i % 64 - 40) / 17.0) < 1) disc[i] = 0.6f;
				final Tensor clean = Tensors.of(disc, 1, 2, 48, 64);
				final Set<Integer> ways = new HashSet<>();
				for (int i = 0; i < 12; i++) {
					final double sigma = 0.05 * Math.pow(1.1, i);
					final Tensor noisy = Tensors.add(clean, sigma, SampleRandom.single(1, i).normal(2, 48, 64));
					final Tensor one = turned.denoise(noisy, sigma), other = plain.denoise(noisy, sigma);
					assertTrue(difference(one, other) < 0.1, "level " + i + ": " + difference(one, other));
					assertTrue(difference(one, clean) < 1.3 * difference(other, clean), "level " + i + ": " + difference(one, clean) + " beside " + difference(other, clean));
					if (difference(one, other) > 1e-6) ways.add(i);
				}
				assertTrue(ways.size() >= 10, "levels at which the image was turned: " + ways);
			}
		});
	}

	@Test
	void oneLevelIsAlwaysTheSameBytes() {
		Scopes.run(() -> {
			try (DiffusionPrior turned = Priors.open("brain-mri")) {
				final Tensor noisy = new SampleRandom(1, new long[] { 0, 1, 2 }, 0).normal(2, 33, 40), all = turned.denoise(noisy, 0.3);
				for (int i = 0; i < 3; i++) {
					assertArrayEquals(Tensors.toFloats(Tensors.items(all, i, i + 1)), Tensors.toFloats(turned.denoise(Tensors.items(noisy, i, i + 1), 0.3 * (1 + 1e-12))));
				}
			}
		});
	}

	/** {@code <J^T c, e> = <c, J e>}, the latter by a difference. */
	@Test
	void itsGradientIsThatOfTheTurnedNetwork() {
		Scopes.run(() -> {
			try (DiffusionPrior turned = Priors.open("brain-mri")) {
				for (final double sigma : new double[] { 0.2, 0.31, 0.47 }) {
					final Tensor x = SampleRandom.single(1, 0).normal(2, 32, 40), c = SampleRandom.single(2, 0).normal(2, 32, 40), e = SampleRandom.single(3, 0).normal(2, 32,
						40);
					final Tensor[] pair = turned.denoiseWithGradient(x, sigma, d -> c);
					assertEquals(0, difference(pair[0], turned.denoise(x, sigma)), 1e-6);
					final double step = 1e-2, want = Tensors.dot(c, turned.denoise(Tensors.add(x, step, e), sigma).sub(turned.denoise(Tensors.add(x, -step, e), sigma)))[0] /
						(2 * step);
					assertEquals(want, Tensors.dot(pair[1], e)[0], 0.02 * Math.abs(want) + 0.2, "sigma " + sigma);
				}
			}
		});
	}

	@Test
	void foreignNetworksAreLeftAsTheyAre() {
		final String meta = "{\"name\": \"n\", \"channels\": 2, \"parameterisation\": \"edm\", \"sigmaMin\": 0.01, \"sigmaMax\": 10, \"sigmaData\": 0.5, \"command\": \"%s\"}";
		assertTrue(PriorMeta.fromJson("own", meta.formatted("posteriorj train-prior volumes=v")).turnedInTraining());
		assertEquals(false, PriorMeta.fromJson("foreign", meta.formatted("python train.py")).turnedInTraining());
	}
}
