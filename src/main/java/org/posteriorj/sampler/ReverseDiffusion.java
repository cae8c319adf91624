package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A draw of the clean image behind a noisy one, {@code x ~ p(x0 | x0 + rho n = z)}, by a reverse diffusion of few steps.
 * <p>
 * From level s to t, with {@code q = t^2 / s^2}, the exact step of a Gaussian image whose denoiser has the Jacobian J is
 * {@code x' = x + (1 - q)(D(x) - x) + s sqrt(1 - q) (q + (1 - q) J)^(1/2) n}. The root is taken as {@code sqrt(q) + (1 - sqrt(q)) J},
 * which is exact where noise is removed entirely (J = 0) and where nothing is known (J = 1); and {@code J n} costs nothing,
 * for it comes with the denoised image when the noise is added before:
 * <pre>
 * x' = q x + (1 - q) D(x + c n; s) + s sqrt(q (1 - q)) n,  c = s (1 - sqrt(q)) / sqrt(1 - q)
 * </pre>
 * Ancestral steps lack the spread in J, and lose up to a tenth of the standard deviation in as many steps.
 */
final class ReverseDiffusion {

	private final DiffusionPrior prior;
	private final double ratio;
	private final int steps;

	/**
	 * @param steps evaluations; the last one goes to zero noise
	 * @param ratio t / s of every step but the last
	 */
	ReverseDiffusion(final DiffusionPrior prior, final int steps, final double ratio) {
		this.prior = prior;
		this.steps = steps;
		this.ratio = ratio;
	}

	/** One draw for each image of the batch; {@code done} is called after each evaluation. */
	Tensor draw(final Tensor noisy, final double rho, final SampleRandom random, final Runnable done) {
		return Scopes.keep(() -> {
			Tensor x = noisy;
			double s = rho;
			for (int i = 0; i < steps; i++) {
				final double t = i == steps - 1 ? 0 : Math.min(s, Math.max(prior.sigmaMin(), ratio * s)), level = s;
				final Tensor from = x;
				x = Scopes.keep(() -> step(from, level, t, random));
				if (from != noisy) from.close();
				s = t > 0 ? t : s;
				done.run();
			}
			return x;
		});
	}

	private Tensor step(final Tensor x, final double s, final double t, final SampleRandom random) {
		final double q = t * t / (s * s);
		final Tensor noise = random.normal(x.size(1), x.size(2), x.size(3));
		if (q >= 1) return x.clone();
		final double ahead = s * (1 - Math.sqrt(q)) / Math.sqrt(1 - q), left = s * Math.sqrt(q * (1 - q));
		final Tensor denoised = prior.denoise(Tensors.add(x, ahead, noise), prior.supportedSigma(s));
		return Tensors.add(Tensors.add(Tensors.scale(x, q), 1 - q, denoised), left, noise);
	}

	/** Never stops. */
	static Runnable counted(final Progress progress, final long[] done, final long total, final String message) {
		return () -> progress.advance(++done[0], total, message);
	}
}
