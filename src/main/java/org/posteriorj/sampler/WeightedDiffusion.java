package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The published ensemble: particles follow the reverse diffusion of the prior with a drift towards the data, and their weights the reaction term of the partial
 * differential equation for the law of images times the potential. With g the gradient of the misfit m, {@code H = 2 (D - x) / s} and a(s) of {@link AnnealedPotential}:
 * <pre>
 * dx = (H - 2 s a g) dtau + sqrt(2 s dtau) n,   d log w = [s a^2 |g|^2 - a H g - a' m] dtau,   dtau = s - t
 * </pre>
 * The Laplacian of m is the same for all particles and left out. Exact for many particles and steps; Euler steps of this are not.
 *
 * @see "H. Chen et al., Solving inverse problems via diffusion-based priors: an approximation-free ensemble sampling approach, 2025"
 */
final class WeightedDiffusion implements ParticleGuide {

	private final DataConsistency data;
	private final AnnealedPotential potential;

	WeightedDiffusion(final DataConsistency data) {
		this.data = data;
		potential = new AnnealedPotential(data);
	}

	@Override
	public double[] weights(final Tensor x, final Tensor denoised, final double s, final double t) {
		if (t == 0) return potential.last(x, denoised, s);
		final double[] rate = rate(x, denoised, s);
		for (int i = 0; i < rate.length; i++) rate[i] *= s - t;
		return rate;
	}

	/** {@code d log w / dtau}. */
	double[] rate(final Tensor x, final Tensor denoised, final double s) {
		final double a = potential.power(s), growth = potential.growth(s);
		return Scopes.compute(() -> {
			final Tensor gradient = data.gradient(x);
			final double[] square = Tensors.squaredNorm(gradient), along = Tensors.dot(denoised.sub(x), gradient), misfit = data.misfit(x);
			for (int i = 0; i < square.length; i++) square[i] = s * a * a * square[i] - a * 2 / s * along[i] - growth * misfit[i];
			return square;
		});
	}

	/** {@code H - 2 s a g}. */
	Tensor drift(final Tensor x, final Tensor denoised, final double s) {
		return Scopes.keep(() -> Tensors.add(Tensors.scale(denoised.sub(x), 2 / s), -2 * s * potential.power(s), data.gradient(x)));
	}

	@Override
	public Tensor move(final Tensor x, final Tensor denoised, final double s, final double t, final SampleRandom random) {
		if (t == 0) return denoised;
		return Scopes.keep(() -> Tensors.add(Tensors.add(x, s - t, drift(x, denoised, s)), Math.sqrt(2 * s * (s - t)), random.normal(data.operator().imageShape())));
	}
}
