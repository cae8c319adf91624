package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * {@link AnnealedPotential} with the fully adapted step: of the
 * kernel {@code N(x'; q x + (1 - q) D, C)}, {@code q = t^2 / s^2}, {@code C = t^2 (1 - q)}, times the potential at t, the integral is the weight, and the
 * particle is drawn from the product exactly. The kernel is the ancestral step: of the kernels in x' alone it is the one that carries the law of noisy
 * images from level to level, and with another one the weights lead elsewhere, however many particles there are.
 */
final class AnnealedGuide implements ParticleGuide {

	private final DataConsistency data;
	private final AnnealedPotential potential;

	AnnealedGuide(final DataConsistency data) {
		this.data = data;
		potential = new AnnealedPotential(data);
	}

	/** {@code a m(x) - min_u [a' m(u) + |u - M|^2 / (2 C)]}, M the mean of the kernel. */
	@Override
	public double[] weights(final Tensor x, final Tensor denoised, final double s, final double t) {
		if (t == 0) return potential.last(x, denoised, s);
		final double[] before = data.misfit(x), weights = new double[before.length];
		final double[] after = Scopes.compute(() -> integral(mean(x, denoised, s, t), potential.power(t), variance(s, t)));
		for (int i = 0; i < weights.length; i++) weights[i] = potential.power(s) * before[i] - after[i];
		return weights;
	}

	private double[] integral(final Tensor mean, final double power, final double variance) {
		final Tensor u = data.prox(mean, Math.sqrt(power * variance));
		final double[] misfit = data.misfit(u), distance = Tensors.squaredNorm(u.sub(mean));
		for (int i = 0; i < misfit.length; i++) misfit[i] = power * misfit[i] + distance[i] / (2 * variance);
		return misfit;
	}

	@Override
	public Tensor move(final Tensor x, final Tensor denoised, final double s, final double t, final SampleRandom random) {
		return t == 0 ? denoised : Scopes.keep(() -> data.draw(mean(x, denoised, s, t), Math.sqrt(variance(s, t)), potential.power(t), random));
	}

	private static Tensor mean(final Tensor x, final Tensor denoised, final double s, final double t) {
		return Tensors.add(denoised, t * t / (s * s), x.sub(denoised));
	}

	private static double variance(final double s, final double t) {
		return t * t * (1 - t * t / (s * s));
	}
}
