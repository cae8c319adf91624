package org.posteriorj.prior;

import java.util.Arrays;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/** What a denoising through {@link NetworkPrior} costs beside the bare TorchScript call, 256 x 256, in turns: prints the ratio of the medians. */
public final class NetworkCallBenchmark {

	private static final int CALLS = 41, WARM_UP = 6;

	private NetworkCallBenchmark() {}

	/** No arguments. */
	public static void main(final String[] args) {
		final double[][] ms = new double[2][CALLS];
		try (NetworkPrior prior = Priors.load("brain-mri")) {
			final Script network = prior.network();
			Scopes.run(() -> {
				final Tensor x = SampleRandom.single(1, 1).normal(2, 256, 256), sigma = Tensors.of(new float[] { 0.3f }, 1);
				for (int i = -WARM_UP; i < CALLS; i++) for (int kind = 0; kind < 2; kind++) {
					final long start = System.nanoTime();
					if (kind == 0) Scopes.run(() -> network.forward(x, sigma));
					else Scopes.run(() -> prior.denoise(x, 0.3));
					if (i >= 0) ms[kind][i] = (System.nanoTime() - start) / 1e6;
				}
			});
		}
		for (final double[] times : ms) Arrays.sort(times);
		final double bare = ms[0][CALLS / 2], ours = ms[1][CALLS / 2];
		System.out.printf(Locale.ROOT, "bare TorchScript %.1f ms, prior %.1f ms, ratio %.3f%n", bare, ours, ours / bare);
	}
}
