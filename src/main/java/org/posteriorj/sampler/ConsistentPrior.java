package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.Scopes;

/** A prior whose denoised images are brought towards the data; r is {@code trust} times what a denoiser leaves open at the level. */
record ConsistentPrior(DiffusionPrior prior, DataConsistency data, Fidelity fidelity, double trust) implements DiffusionPrior {

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return Scopes.keep(() -> fidelity.apply(data, prior.denoise(noisy, sigma), trust * NoiseSchedule.uncertainty(prior, sigma)));
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
