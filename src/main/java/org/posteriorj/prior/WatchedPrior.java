package org.posteriorj.prior;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A prior whose denoised images can be looked at while a sampler works: the first of a batch, every few seconds. It computes what the prior
 * does and leaves it open.
 */
public final class WatchedPrior extends PriorDecorator {

	/** Time between two looks. */
	private static final long INTERVAL = 3_000_000_000L;

	private final Consumer<float[]> viewer;
	private final long interval;
	private long last = System.nanoTime();

	/** @param viewer gets an image [C, H, W], prior units */
	public WatchedPrior(final DiffusionPrior prior, final Consumer<float[]> viewer) {
		this(prior, viewer, INTERVAL);
	}

	/** @param interval between two looks in nanoseconds */
	WatchedPrior(final DiffusionPrior prior, final Consumer<float[]> viewer, final long interval) {
		super(prior);
		this.viewer = viewer;
		this.interval = interval;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		final Tensor denoised = prior.denoise(noisy, sigma);
		look(denoised);
		return denoised;
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		final Tensor[] pair = prior.denoiseWithGradient(noisy, sigma, cotangent);
		look(pair[0]);
		return pair;
	}

	private void look(final Tensor denoised) {
		if (System.nanoTime() - last < interval) return;
		viewer.accept(Scopes.compute(() -> Tensors.toFloats(Tensors.items(denoised, 0, 1))));
		last = System.nanoTime();
	}

	@Override
	public boolean supportsGradient() {
		return prior.supportsGradient();
	}

	@Override
	public int conditioning() {
		return prior.conditioning();
	}

	@Override
	public DiffusionPrior given(final Tensor condition) {
		return new WatchedPrior(prior.given(condition), viewer, interval);
	}
}
