package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The potential {@code P(x) = int N(y; A u, W^-1) N(u; D(x), r^2) du}, the likelihood of the clean image behind the particle, with r what the
 * denoiser leaves open if images are white noise.
 * <p>
 * The kernel draws a clean image u from {@code N(D, r^2)} and then x' given u and x; with the data, u is drawn exactly
 * ({@link DataConsistency#draw}). Given x' too, u is known to {@code N(v, r'^2)}, r' that of level t; the weight of x' is P with D(x') over P with
 * v in its place: near 1 as long as the denoiser changes as the model says.
 *
 * @see "L. Wu et al., Practical and asymptotically exact conditional sampling in diffusion models, NeurIPS 2023, for the potential"
 */
final class LookAheadGuide implements ParticleGuide {

	private final DiffusionPrior prior;
	private final DataConsistency data;
	/** Logarithm of what the guide took for P of each particle when it moved; null before the first move. */
	private double[] promised;

	LookAheadGuide(final DiffusionPrior prior, final DataConsistency data) {
		this.prior = prior;
		this.data = data;
	}

	@Override
	public double[] weights(final Tensor x, final Tensor denoised, final double s, final double t) {
		final double[] weights = potential(denoised, NoiseSchedule.uncertainty(prior, s));
		for (int i = 0; promised != null && i < weights.length; i++) weights[i] -= promised[i];
		return weights;
	}

	@Override
	public Tensor move(final Tensor x, final Tensor denoised, final double s, final double t, final SampleRandom random) {
		final double r = NoiseSchedule.uncertainty(prior, s), q = t * t / (s * s);
		final Tensor clean = data.draw(denoised, r, random);
		if (t == 0) return clean;
		final Tensor next = Scopes.keep(() -> Tensors.add(Tensors.add(clean, q, x.sub(clean)), t * Math.sqrt(1 - q), random.normal(data.operator().imageShape())));
		final double r2 = NoiseSchedule.uncertainty(prior, t) * NoiseSchedule.uncertainty(prior, t);
		// the precisions of D and of (x' - q x) / (1 - q), which has the variance t^2 / (1 - q)
		promised = Scopes.compute(() -> potential(Tensors.add(Tensors.scale(denoised, r2 / (r * r)), r2 / (t * t), Tensors.add(next, -q, x)), Math.sqrt(r2)));
		return next;
	}

	/** {@code -min_u [m(u) + |u - v|^2 / (2 r^2)]}: log P, but for what all particles share. */
	private double[] potential(final Tensor v, final double r) {
		return Scopes.compute(() -> {
			final Tensor u = data.prox(v, r);
			final double[] log = data.misfit(u), distance = Tensors.squaredNorm(u.sub(v));
			for (int i = 0; i < log.length; i++) log[i] = -log[i] - distance[i] / (2 * r * r);
			return log;
		});
	}
}
