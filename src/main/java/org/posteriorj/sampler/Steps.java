package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The ways from a noise level s to a lower one t that samplers share; D is the denoised image, n fresh noise of unit variance.
 * <p>
 * The two conventions of the part eta of fresh noise are not the same at equal eta.
 */
final class Steps {

	/** One step of a sampler from level s to t, which is 0 in the last step. */
	interface Step {

		Tensor apply(Tensor x, double s, double t);
	}

	private Steps() {}

	/** {@code D + t (sqrt(1 - eta^2) e + eta n)}, e the unit noise found in x: eta = 0 is the probability flow. */
	static Tensor implicit(final Tensor denoised, final Tensor found, final double t, final double eta, final Tensor noise) {
		return Scopes.keep(() -> Tensors.add(Tensors.add(denoised, t * Math.sqrt(1 - eta * eta), found), t * eta, noise));
	}

	/** {@code (x - D) / s}. */
	static Tensor noiseIn(final Tensor x, final Tensor denoised, final double s) {
		return Scopes.keep(() -> Tensors.scale(x.sub(denoised), 1 / s));
	}

	/**
	 * {@code D + sqrt(t^2 - u^2) (x - D) / s + u n} with {@code u = eta t sqrt(1 - t^2 / s^2)}: eta = 1 is the ancestral step.
	 *
	 * @see "J. Song et al., Denoising diffusion implicit models, ICLR 2021, equation 16"
	 */
	static Tensor original(final Tensor x, final Tensor denoised, final double s, final double t, final double eta, final Tensor noise) {
		final double u = eta * t * Math.sqrt(1 - t * t / (s * s));
		return Scopes.keep(() -> Tensors.add(Tensors.add(denoised, Math.sqrt(t * t - u * u) / s, x.sub(denoised)), u, noise));
	}

	/**
	 * {@code x + (1 - t^2 / s^2)(D - x) + sqrt(s^2 - t^2) n}.
	 *
	 * @see "Y. Song et al., Score-based generative modeling through SDEs, ICLR 2021, appendix E"
	 */
	static Tensor predictor(final Tensor x, final Tensor denoised, final double s, final double t, final Tensor noise) {
		return Scopes.keep(() -> Tensors.add(Tensors.add(x, 1 - t * t / (s * s), denoised.sub(x)), Math.sqrt(s * s - t * t), noise));
	}

	/** Starts from noise of the first level and takes a step from each to the next, from the last to 0. */
	static Tensor descend(final double[] levels, final DataConsistency data, final SampleRandom random, final Progress progress, final String name,
		final Step step)
	{
		return Scopes.keep(() -> descend(Tensors.scale(random.normal(data.operator().imageShape()), levels[0]), levels, progress, name, step));
	}

	/** Starts from the regularised least squares plus noise of the first level: comes closer before it begins. */
	static Tensor descendFromData(final double[] levels, final double sigmaData, final DataConsistency data, final SampleRandom random, final Progress progress,
		final String name, final Step step)
	{
		return Scopes.keep(() -> {
			final Tensor near = data.prox(Tensors.scale(data.backprojection(), 0), sigmaData);
			return descend(Tensors.add(near, levels[0], random.normal(data.operator().imageShape())), levels, progress, name, step);
		});
	}

	/** A step from each level to the next, from the last to 0. */
	static Tensor descend(final Tensor start, final double[] levels, final Progress progress, final String name, final Step step) {
		return Scopes.keep(() -> {
			Tensor x = start.clone();
			for (int i = 0; i < levels.length; i++) {
				final double s = levels[i], t = i + 1 < levels.length ? levels[i + 1] : 0;
				x = Scopes.update(x, now -> step.apply(now, s, t));
				progress.advance(i + 1, levels.length, name);
			}
			return x;
		});
	}
}
