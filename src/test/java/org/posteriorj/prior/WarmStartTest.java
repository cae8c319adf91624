package org.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

class WarmStartTest {

	private static final int SIZE = 64;

	private static Script network(final int... widths) {
		return UNet.build(new UNet.Design(2, 0, widths, new int[] { 1, 2, 2, 2 }, 0.32), 1);
	}

	/** Squared error of the test image, both channels. */
	private static double error(final Script network, final double sigma) {
		return Scopes.compute(() -> {
			final Tensor clean = Tensors.of(TestImage.of(SIZE, 2).slices().get(0), 1, 2, SIZE, SIZE);
			final Tensor noisy = Tensors.add(clean, sigma, SampleRandom.single(1, 1).normal(2, SIZE, SIZE));
			return Tensors.squaredNorm(network.forward(noisy, Tensors.of(new float[] { (float) sigma }, 1)).sub(clean))[0];
		});
	}

	/** The further channels take part in the normalisation, so it is not quite the same. */
	@Test
	void aWiderNetworkBeginsAsNearlyTheSameDenoiser() {
		try (NetworkPrior narrow = Priors.load("brain-mri"); Script wider = network(64, 80, 96, 96); Script random = network(64, 80, 96, 96)) {
			WarmStart.copy(narrow, wider);
			for (final double sigma : new double[] { 0.05, 0.2, 1 }) {
				final double before = error(narrow.network(), sigma), after = error(wider, sigma), anew = error(random, sigma);
				System.out.printf("sigma %.2f: error %.2f, widened %.2f, random weights %.2f%n", sigma, before, after, anew);
				assertTrue(after < 2 * before && after < 0.5 * anew, "sigma " + sigma + ": " + after + " was " + before + ", random " + anew);
			}
		}
	}

	@Test
	void aNarrowerNetworkIsRefused() {
		try (NetworkPrior prior = Priors.load("brain-mri"); Script narrower = network(48, 64, 96, 96)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> WarmStart.copy(prior, narrower)).getMessage();
			assertTrue(message.startsWith("start: the network of prior brain-mri does not fit the one to train: ") && message.contains("expected ["), message);
		}
	}
}
