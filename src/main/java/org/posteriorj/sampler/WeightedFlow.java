package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The published ensemble without noise: particles follow the probability flow of the prior, {@code dx = (D - x) / s dtau}, their weights
 * {@code d log w = [-a (D - x) g / s - a' m] dtau}, and at every new level Langevin steps {@code x += h (score - a g) + sqrt(2 h) n} bring them towards the data:
 * {@code h = 0.3 / (1 / t^2 + a |A|_W^2)}, as its publication gives no length.
 *
 * @see WeightedDiffusion
 */
final class WeightedFlow implements ParticleGuide {

	/** Langevin steps at a level, one evaluation each. */
	static final int CORRECTIONS = 2;
	private static final double LENGTH = 0.3;

	/** Denoises all particles. */
	interface Denoiser {

		Tensor apply(Tensor particles, double s);
	}

	private final DataConsistency data;
	private final AnnealedPotential potential;
	private final Denoiser denoiser;

	WeightedFlow(final DataConsistency data, final Denoiser denoiser) {
		this.data = data;
		this.denoiser = denoiser;
		potential = new AnnealedPotential(data);
	}

	@Override
	public double[] weights(final Tensor x, final Tensor denoised, final double s, final double t) {
		if (t == 0) return potential.last(x, denoised, s);
		final double a = potential.power(s), growth = potential.growth(s);
		return Scopes.compute(() -> {
			final double[] change = Tensors.dot(denoised.sub(x), data.gradient(x)), misfit = data.misfit(x);
			for (int i = 0; i < change.length; i++) change[i] = (s - t) * (-a / s * change[i] - growth * misfit[i]);
			return change;
		});
	}

	@Override
	public Tensor move(final Tensor x, final Tensor denoised, final double s, final double t, final SampleRandom random) {
		if (t == 0) return denoised;
		return Scopes.keep(() -> {
			final double a = potential.power(t), r = data.noiseRadius(), h = LENGTH / (1 / (t * t) + a / (r * r));
			Tensor next = Tensors.add(x, (s - t) / s, denoised.sub(x));
			for (int i = 0; i < CORRECTIONS; i++) {
				next = Scopes.update(next, now -> {
					final Tensor towards = Tensors.add(Tensors.scale(denoiser.apply(now, t).sub(now), 1 / (t * t)), -a, data.gradient(now));
					return Tensors.add(Tensors.add(now, h, towards), Math.sqrt(2 * h), random.normal(data.operator().imageShape()));
				});
			}
			return next;
		});
	}
}
