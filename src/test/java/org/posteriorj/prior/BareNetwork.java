package org.posteriorj.prior;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Script;

/** The TorchScript of a prior, for benchmarks that compare with it. */
public final class BareNetwork {

	private final Script script;

	/** Of a prior file or a built-in name. */
	public BareNetwork(final NetworkPrior prior) {
		script = prior.network();
	}

	/** The whole batch in one call. */
	public Tensor forward(final Tensor images, final Tensor sigmas) {
		return script.forward(images, sigmas);
	}
}
