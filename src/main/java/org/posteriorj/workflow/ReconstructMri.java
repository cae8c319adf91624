package org.posteriorj.workflow;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;

/** Raw multi-coil data to a posterior: noise, coil maps, scale, sampler, mean, standard deviation, residual. */
public final class ReconstructMri {

	private final ReconstructMriSettings settings;

	public ReconstructMri(final ReconstructMriSettings settings) {
		this.settings = settings;
	}

	/** Reconstructs every slice. */
	public Posterior run(final KSpace kspace, final Monitor monitor) {
		throw new UnsupportedOperationException("arrives with " + settings + " " + kspace + monitor);
	}
}
