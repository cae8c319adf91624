package org.posteriorj.prior;

import java.util.Optional;

import org.posteriorj.tensor.ComputeDevice;

/**
 * A prior that changes something about another one, and says the same of its name, noise levels, training and weights. What the change may break, gradients and
 * conditions, each decorator passes on by itself. It leaves the other one open.
 */
public abstract class PriorDecorator implements DiffusionPrior {

	/** The prior that is decorated. */
	protected final DiffusionPrior prior;

	/** @param prior stays owned by the caller */
	protected PriorDecorator(final DiffusionPrior prior) {
		this.prior = prior;
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
	public double denoisingError(final double sigma) {
		return prior.denoisingError(sigma);
	}

	@Override
	public double supportedSigma(final double sigma) {
		return prior.supportedSigma(sigma);
	}

	@Override
	public Optional<String> scaling() {
		return prior.scaling();
	}

	@Override
	public Optional<ConditionRange> trainedOn() {
		return prior.trainedOn();
	}

	@Override
	public Optional<String> identity() {
		return prior.identity();
	}

	@Override
	public void to(final ComputeDevice device) {
		prior.to(device);
	}
}
