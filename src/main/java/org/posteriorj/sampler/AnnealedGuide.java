package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The potential {@code a m(x)}, m the misfit of the particle itself and {@code a(s) = 1 / (1 + s^2 |A|_W^2)}, with the fully adapted step: of the
 * kernel {@code N(x'; q x + (1 - q) D, C)}, {@code q = t^2 / s^2}, {@code C = t^2 (1 - q)}, times the potential at t, the integral is the weight, and the
 * particle is drawn from the product exactly.
 * <p>
 * The denoiser looks at {@code x + s n}, so that the kernel has the spread that an ancestral step lacks; n is part of the particle, and the
 * weights stay exact.
 */
final class AnnealedGuide implements ParticleGuide {

	private final DataConsistency data;
	private final double spread;

	AnnealedGuide(final DataConsistency data) {
		this(data, 1);
	}

	/** @param spread how far the denoiser looks ahead in units of s; 0 is the ancestral step */
	AnnealedGuide(final DataConsistency data, final double spread) {
		this.data = data;
		this.spread = spread;
	}

	/** The power of the likelihood at a level. */
	double power(final double s) {
		final double r = data.noiseRadius();
		return r * r / (r * r + s * s);
	}

	@Override
	public Tensor ahead(final Tensor x, final double s, final SampleRandom random) {
		return spread == 0 ? x : Tensors.add(x, spread * s, random.normal(data.operator().imageShape()));
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
