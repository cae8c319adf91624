package org.posteriorj.workflow;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.PriorDecorator;
import org.posteriorj.sampler.Condition;

/** A prior that is given a condition and does not look at it: what the sampler Conditional does without one. */
final class Unconditioned extends PriorDecorator {

	/** @param prior is closed with this one */
	Unconditioned(final DiffusionPrior prior) {
		super(prior);
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return prior.denoise(noisy, sigma);
	}

	@Override
	public int conditioning() {
		return channels() + Condition.FURTHER;
	}

	@Override
	public DiffusionPrior given(final Tensor condition) {
		return prior;
	}

	@Override
	public void close() {
		prior.close();
	}
}
