package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;

/**
 * The likelihood of a particle flattened by its noise, {@code exp(-a(s) m(x))} with m the misfit and {@code a(s) = 1 / (1 + s^2 |A|_W^2)}: where
 * {@code A A^H} is one, the change of a makes up for the square of the gradient, and weights stay near each other.
 */
record AnnealedPotential(DataConsistency data) {

	/** a(s): the power of the likelihood at a level. */
	double power(final double s) {
		final double r = data.noiseRadius();
		return r * r / (r * r + s * s);
	}

	/** {@code -da/ds}: what the power gains as the noise falls. */
	double growth(final double s) {
		return 2 * s * Math.pow(power(s) / data.noiseRadius(), 2);
	}

	/** {@code a(s) m(x) - m(D)}: what the last step, to the denoised image, adds to the logarithm of the weight. */
	double[] last(final Tensor x, final Tensor denoised, final double s) {
		final double[] change = data.misfit(x), clean = data.misfit(denoised);
		for (int i = 0; i < change.length; i++) change[i] = power(s) * change[i] - clean[i];
		return change;
	}
}
