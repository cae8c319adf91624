package org.posteriorj.workflow;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Volume;

/**
 * A simulated scan.
 *
 * @param kspace the measurement
 * @param reference the complex image that it was made from, in the units of the reconstruction
 */
public record SimulatedScan(KSpace kspace, Volume reference) {}
