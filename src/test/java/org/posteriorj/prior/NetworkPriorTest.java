package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

class NetworkPriorTest {

	private static final PriorMeta META = new PriorMeta("test", "1", "none", List.of(), 2, 0, "edm", "", 0.005, 40, 0.32, 1, Map.of(), "");

	/** Small, and with every weight away from its initial zero, so that all branches matter. */
	private static NetworkPrior network() {
		final Script script = UNet.build(new UNet.Design(2, 0, new int[] { 8, 8, 16 }, new int[] { 1, 1, 1 }, 0.32), 3);
		Scopes.run(() -> {
			int k = 0;
			for (final Tensor p : script.parameters().values()) {
				p.copy_(Tensors.add(p, 0.05, SampleRandom.single(9, k++).normal(p.numel()).reshape(p.sizes())));
			}
		});
		return new NetworkPrior(script, META);
	}

	@ParameterizedTest
	@CsvSource({ "32,32", "33,47", "64,40", "101,96" })
	void takesAnySizeAndEveryItemOfABatchAsIfAlone(final int rows, final int columns) {
		try (NetworkPrior prior = network()) {
			Scopes.run(() -> {
				final Tensor x = new SampleRandom(1, new long[] { 0, 1, 2 }, 0).normal(2, rows, columns);
				final float[] batch = Tensors.toFloats(prior.denoise(x, 0.3));
				final float[] alone = Tensors.toFloats(prior.denoise(Tensors.items(x, 1, 2), 0.3));
				assertArrayEquals(alone, java.util.Arrays.copyOfRange(batch, alone.length, 2 * alone.length));
			});
		}
	}

	@Test
	void smallNoiseLeavesTheImageAsItIs() {
		try (NetworkPrior prior = network()) {
			Scopes.run(() -> {
				final Tensor x = SampleRandom.single(1, 0).normal(2, 48, 48);
				final double change = Tensors.squaredNorm(prior.denoise(x, 1e-4).sub(x))[0] / Tensors.squaredNorm(x)[0];
				assertTrue(change < 1e-5, "relative change " + change);
			});
		}
	}

	@Test
	void gradientAgreesWithFiniteDifferences() {
		try (NetworkPrior prior = network()) {
			Scopes.run(() -> {
				final SampleRandom random = SampleRandom.single(4, 0);
				final Tensor x = random.normal(2, 32, 32), g = random.normal(2, 32, 32), v = random.normal(2, 32, 32);
				final Tensor[] result = prior.denoiseWithGradient(x, 0.5, d -> g);
				assertArrayEquals(Tensors.toFloats(prior.denoise(x, 0.5)), Tensors.toFloats(result[0]), 1e-6f);
				final double h = 1e-2;
				final Tensor difference = prior.denoise(Tensors.add(x, h, v), 0.5).sub(prior.denoise(Tensors.add(x, -h, v), 0.5));
				final double numeric = Tensors.dot(difference, g)[0] / (2 * h);
				final double exact = Tensors.dot(result[1], v)[0];
				assertEquals(numeric, exact, 2e-3 * Math.sqrt(Tensors.squaredNorm(result[1])[0]) * Math.sqrt(Tensors.squaredNorm(v)[0]) * 0.1);
			});
		}
	}

	@Test
	void savedFileGivesTheSameBytes(@TempDir final Path folder) {
		final Path file = folder.resolve("net.pt");
		try (NetworkPrior prior = network(); Script again = UNet.build(new UNet.Design(2, 0, new int[] { 8, 8 }, new int[] { 1, 1 }, 0.3), 1)) {
			again.save(file, Map.of(PriorMeta.FILE, META.toJson()));
			try (NetworkPrior loaded = PriorFile.open(file)) {
				assertEquals(META, loaded.meta());
				Scopes.run(() -> {
					final Tensor x = SampleRandom.single(1, 0).normal(2, 40, 40);
					assertArrayEquals(Tensors.toFloats(again.forward(x, Tensors.of(new float[] { 0.7f }, 1))),
						Tensors.toFloats(loaded.denoise(x, 0.7)));
				});
			}
		}
	}

	@Test
	void foreignAndDamagedFilesAreRefusedInOneLine(@TempDir final Path folder) throws IOException {
		final Path good = folder.resolve("good.pt");
		try (Script script = UNet.build(new UNet.Design(2, 0, new int[] { 8, 8 }, new int[] { 1, 1 }, 0.3), 1)) {
			script.save(good, Map.of(PriorMeta.FILE, META.toJson()));
			script.save(folder.resolve("no-meta.pt"), Map.of());
			script.save(folder.resolve("bad-meta.pt"), Map.of(PriorMeta.FILE, "{\"name\": 3"));
			script.save(folder.resolve("wrong-meta.pt"), Map.of(PriorMeta.FILE, META.toJson().replace("\"channels\": 2", "\"channels\": 7")));
		}
		final byte[] bytes = Files.readAllBytes(good);
		Files.write(folder.resolve("truncated.pt"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
		Files.writeString(folder.resolve("text.pt"), "this is not a network");
		Files.write(folder.resolve("empty.pt"), new byte[0]);
		final byte[] flipped = bytes.clone();
		for (int i = 0; i < 64; i++) flipped[i] = 0;
		Files.write(folder.resolve("head.pt"), flipped);
		for (final String name : new String[] { "no-meta", "bad-meta", "wrong-meta", "truncated", "text", "empty", "absent" }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> PriorFile.open(folder.resolve(name + ".pt")), name).getMessage();
			assertTrue(message.startsWith("prior ") && !message.contains("\n"), message);
		}
		assertThrows(IllegalArgumentException.class, () -> Priors.open("brian-mri"));
	}
}
