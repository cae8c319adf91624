package org.posteriorj.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Whether a network keeps the contract of a prior: it reduces noise at eight levels of a built-in image, gives finite numbers,
 * the same for equal inputs, independent of the batch, for the sizes that it claims. What a wrong description in
 * {@code meta.json} breaks first is the noise.
 *
 * @param levels noise levels tried, prior units
 * @param errors root mean square error that was left at each level
 * @param refusals what is broken, one sentence each; empty if it may be used
 */
public record PriorContract(double[] levels, double[] errors, List<String> refusals) {

	private static final int LEVELS = 8;
	private static final int SIZE = 64;
	private static final double BATCH_TOLERANCE = 1e-3;
	/** Squared error allowed against that of the best linear denoiser for white images of the same strength. */
	private static final double ALLOWED = 4;

	/** Tries a prior; a few evaluations of 64 x 64 pixels. */
	public static PriorContract of(final NetworkPrior prior) {
		return new Trial(prior).run();
	}

	/** Whether it may be used. */
	public boolean accepted() {
		return refusals.isEmpty();
	}

	/** @throws IllegalArgumentException with everything that is broken */
	public void require(final String where) {
		if (!accepted()) throw new IllegalArgumentException(where + " is refused: " + String.join("; ", refusals) + ".");
	}

	private static final class Trial {

		private final NetworkPrior prior;
		private final double sigmaData;
		private final List<String> refusals = new ArrayList<>();
		private final double[] levels = new double[LEVELS];
		private final double[] errors = new double[LEVELS];

		Trial(final NetworkPrior prior) {
			this.prior = prior;
			sigmaData = prior.sigmaData();
			final double low = Math.max(prior.sigmaMin(), sigmaData / 10), high = Math.min(prior.sigmaMax(), sigmaData * 20);
			for (int i = 0; i < LEVELS; i++) levels[i] = prior.supportedSigma(low * Math.pow(Math.max(high, low) / low, i / (LEVELS - 1.0)));
			Arrays.fill(errors, Double.NaN);
		}

		PriorContract run() {
			try {
				Scopes.run(this::noise);
				if (refusals.isEmpty()) Scopes.run(this::sameAgain);
				if (refusals.isEmpty()) Scopes.run(this::sizes);
			}
			catch (final IllegalArgumentException exc) {
				refusals.add(exc.getMessage());
			}
			catch (final RuntimeException exc) {
				refusals.add("it fails on an image of " + SIZE + " x " + SIZE + " pixels: " + String.valueOf(exc.getMessage()).split("\n")[0] +
					" - check the signature forward(image, noise level) and channels, multipleOf, rows and columns in " + PriorMeta.FILE);
			}
			return new PriorContract(levels, errors, List.copyOf(refusals));
		}

		private Tensor clean() {
			final float[] image = TestImage.of(SIZE, prior.channels()).slices().get(0);
			double square = 0;
			for (final float v : image) square += v * v;
			return Tensors.scale(Tensors.of(image, 1, prior.channels(), SIZE, SIZE), sigmaData / Math.sqrt(square / image.length));
		}

		private Tensor noisy(final double sigma) {
			return Tensors.add(clean(), sigma, SampleRandom.single(17, 0).normal(prior.channels(), SIZE, SIZE));
		}

		private void noise() {
			final Tensor clean = clean();
			for (int i = 0; i < LEVELS; i++) {
				final double s = levels[i];
				final Tensor noisy = noisy(s), denoised = prior.denoise(noisy, s);
				if (!Tensors.isFinite(denoised)) {
					refusals.add(String.format(Locale.ROOT, "at noise level %.3g it gives values that are not finite", s));
					return;
				}
				final double square = Tensors.squaredNorm(denoised.sub(clean))[0] / clean.numel();
				errors[i] = Math.sqrt(square);
				// NB: the noise that is there, which differs from sigma^2 by more than a weak denoiser removes
				final double noise = Tensors.squaredNorm(noisy.sub(clean))[0] / clean.numel();
				final double allowed = Math.min(0.9999 * noise, ALLOWED * noise * sigmaData * sigmaData / (s * s + sigmaData * sigmaData));
				if (square < allowed) continue;
				refusals.add(String.format(Locale.ROOT, "at noise level %.3g it leaves an error of %.3g, expected less than %.3g - is the parameterisation '%s' with its " +
					"label and pixel range what the network was trained with?", s, errors[i], Math.sqrt(allowed), prior.meta()
						.parameterisation()));
				return;
			}
		}

		/** NB: the whole batch in one call, whatever {@link NetworkPrior#denoise} does. */
		private void sameAgain() {
			final double s = levels[LEVELS / 2];
			final Tensor noisy = noisy(s);
			final Tensor first = prior.denoiseTogether(noisy, s);
			if (!Arrays.equals(Tensors.toFloats(first), Tensors.toFloats(prior.denoiseTogether(noisy, s)))) {
				refusals.add("it gives different results for equal inputs - is dropout still on? Call eval() before the export");
				return;
			}
			final Tensor other = Tensors.scale(SampleRandom.single(18, 0).normal(prior.channels(), SIZE, SIZE), 3 * (s + sigmaData));
			final Tensor both = prior.denoiseTogether(Tensors.concatenate(List.of(noisy, other)), s);
			final double change = Math.sqrt(Tensors.squaredNorm(Tensors.items(both, 0, 1).sub(first))[0] / Tensors.squaredNorm(first)[0]);
			if (!(change < BATCH_TOLERANCE)) {
				refusals.add(String.format(Locale.ROOT, "an image changes by %.2g of its norm with its neighbour in the batch - is batch normalisation still " +
					"learning? Call eval() before the export", change));
			}
		}

		private void sizes() {
			for (final int[] size : new int[][] { { 50, 71 }, { 96, 32 } }) {
				try {
					prior.denoise(Tensors.zeros(1, prior.channels(), size[0], size[1]), levels[LEVELS / 2]);
				}
				catch (final RuntimeException exc) {
					refusals.add("it fails on an image of " + size[0] + " x " + size[1] + " pixels - state multipleOf, or rows and columns, in " + PriorMeta.FILE);
					return;
				}
			}
		}
	}
}
