package org.posteriorj.prior;

import org.bytedeco.pytorch.Tensor;

/** {@code D(x; sigma)} of a batch [B, C, H, W] as tensor operations that can be differentiated; the layers around a network. */
@FunctionalInterface
interface Denoiser {

	Tensor at(Tensor noisy, double sigma);
}
