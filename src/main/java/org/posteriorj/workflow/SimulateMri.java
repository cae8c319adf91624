package org.posteriorj.workflow;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;

/** Image or volume to a noisy, undersampled multi-coil scan. */
public final class SimulateMri {

	private final SimulateMriSettings settings;

	public SimulateMri(final SimulateMriSettings settings) {
		this.settings = settings;
	}

	/** Simulates every slice with the same coils and mask. */
	public SimulatedScan run(final Volume image, final Monitor monitor) {
		throw new UnsupportedOperationException("arrives with " + settings + " " + image + monitor);
	}
}
