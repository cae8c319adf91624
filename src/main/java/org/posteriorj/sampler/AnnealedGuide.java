package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The potential {@code a m(x)}, m the misfit of the particle itself and {@code a(s) = 1 / (1 + s^2 |A|_W^2)}, with the fully adapted step: of the
 * kernel {@code N(x'; q x + (1 - q) D, C)}, {@code q = t^2 / s^2}, {@code C = t^2 (1 - q)}, times the potential at t, the integral is the weight, and the
 * particle is drawn from the product exactly. The kernel is the ancestral step: of the kernels in x' alone it is the one that carries the law of noisy
 * images from level to level, and with another one the weights lead elsewhere, however many particles there are.
 */
final class AnnealedGuide implements ParticleGuide {

	private final DataConsistency data;

	AnnealedGuide(final DataConsistency data) {
		this.data = data;
	}

	/** The power of the likelihood at a level. */
	double power(final double s) {
		final double r = data.noiseRadius();
		return r * r / (r * r + s * s);
	}

	/** {@code a m(x) - min_u [a' m(u) + |u - M|^2 / (2 C)]}, M the mean of the kernel. */
	@Override
	public double[] weights(final Tensor x, final Tensor denoised, final double s, final double t) {
		final double[] before = data.misfit(x), weights = new double[before.length];
		final double[] after = t == 0 ? data.misfit(denoised) : Scopes.compute(() -> integral(mean(x, denoised, s, t), power(t), variance(s, t)));
		for (int i = 0; i < weights.length; i++) weights[i] = power(s) * before[i] - after[i];
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
		return t == 0 ? denoised : Scopes.keep(() -> data.draw(mean(x, denoised, s, t), Math.sqrt(variance(s, t)), power(t), random));
	}

	private static Tensor mean(final Tensor x, final Tensor denoised, final double s, final double t) {
		return Tensors.add(denoised, t * t / (s * s), x.sub(denoised));
	}

	private static double variance(final double s, final double t) {
		return t * t * (1 - t * t / (s * s));
	}
}
