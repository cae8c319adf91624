package org.posteriorj.prior;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;

/** A Gaussian field that takes its time, and counts. */
public final class SlowPrior implements DiffusionPrior {

	private final GaussianFieldPrior field;
	private final long milliseconds;
	private final Runnable before;
	private int evaluations;

	/**
	 * @param channels 2 complex, 1 real
	 * @param milliseconds of one evaluation
	 * @param before called when an evaluation begins
	 */
	public SlowPrior(final int channels, final long milliseconds, final Runnable before) {
		field = new GaussianFieldPrior("slow", channels, Spectrum.powerLaw(8, 0.06, 2));
		this.milliseconds = milliseconds;
		this.before = before;
	}

	/** Evaluations begun so far. */
	public int evaluations() {
		return evaluations;
	}

	private void pass() {
		evaluations++;
		before.run();
		try {
			Thread.sleep(milliseconds);
		}
		catch (final InterruptedException exc) {
			throw new IllegalStateException(exc);
		}
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		pass();
		return field.denoise(noisy, sigma);
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		pass();
		return field.denoiseWithGradient(noisy, sigma, cotangent);
	}

	@Override
	public boolean supportsGradient() {
		return true;
	}

	@Override
	public String name() {
		return field.name();
	}

	@Override
	public int channels() {
		return field.channels();
	}

	@Override
	public double sigmaMin() {
		return field.sigmaMin();
	}

	@Override
	public double sigmaMax() {
		return field.sigmaMax();
	}

	@Override
	public double sigmaData() {
		return field.sigmaData();
	}

	@Override
	public int conditioning() {
		return 1;
	}

	/** The same field, whatever the condition, so that conditional samplers run with it too. */
	@Override
	public DiffusionPrior given(final Tensor condition) {
		return this;
	}
}
