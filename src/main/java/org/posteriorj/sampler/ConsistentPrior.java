package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.Scopes;

/**
 * A conditional prior whose denoised images are brought towards the data; r is {@code trust} times what a denoiser leaves open that knows an image with
 * the standard deviation {@code error} already, {@code s error / sqrt(s^2 + error^2)}.
 */
record ConsistentPrior(DiffusionPrior prior, DataConsistency data, Fidelity fidelity, double trust, double error) implements DiffusionPrior {

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return Scopes.keep(() -> fidelity.apply(data, prior.denoise(noisy, sigma), trust * sigma * error / Math.hypot(sigma, error)));
	}

	@Override
	public String name() {
		return prior.name();
	}

	@Override
	public int channels() {
		return prior.channels();
	}

	@Override
	public double sigmaMin() {
		return prior.sigmaMin();
	}

	@Override
	public double sigmaMax() {
		return prior.sigmaMax();
	}

	@Override
	public double sigmaData() {
		return prior.sigmaData();
	}

	@Override
	public double supportedSigma(final double sigma) {
		return prior.supportedSigma(sigma);
	}
}
