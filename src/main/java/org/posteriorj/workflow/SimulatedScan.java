package org.posteriorj.workflow;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Volume;

/**
 * A simulated scan.
 *
 * @param scan the measurement
 * @param reference the complex image that it was made from, in the units of the reconstruction
 */
public record SimulatedScan(MriScan scan, Volume reference) {

	/** The measurement of a Cartesian scan. */
	public KSpace kspace() {
		if (scan instanceof KSpace kspace) return kspace;
		throw new IllegalStateException("simulation: '" + scan.title() + "' is a scan along a trajectory, expected a Cartesian one.");
	}
}
