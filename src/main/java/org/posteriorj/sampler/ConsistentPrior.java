package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.PriorDecorator;
import org.posteriorj.tensor.Scopes;

/** A prior whose denoised images are brought towards the data; r is {@code trust} times what a denoiser leaves open at the level. */
final class ConsistentPrior extends PriorDecorator {

	private final DataConsistency data;
	private final Fidelity fidelity;
	private final double trust;

	ConsistentPrior(final DiffusionPrior prior, final DataConsistency data, final Fidelity fidelity, final double trust) {
		super(prior);
		this.data = data;
		this.fidelity = fidelity;
		this.trust = trust;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return Scopes.keep(() -> fidelity.apply(data, prior.denoise(noisy, sigma), trust * NoiseSchedule.uncertainty(prior, sigma)));
	}
}
