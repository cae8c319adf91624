package org.posteriorj.prior.train;

import org.bytedeco.pytorch.Tensor;

/** What a simulated scan of one training crop measured: the condition of a network, and the data for the loss. */
public interface Measurement {

	/** The condition, [K, H, W] row by row, see {@link Measurements#channels}. */
	float[] condition();

	/** Part of the image that the data leave open, 0 to 1. */
	double open();

	/** Noise per real component, prior units. */
	double noise();

	/** {@code A^H A x}, [1, C, H, W]. */
	Tensor normal(Tensor image);

	/** {@code A^H y}, [1, C, H, W]. */
	Tensor backprojection();
}
