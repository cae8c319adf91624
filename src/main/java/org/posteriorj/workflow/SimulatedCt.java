package org.posteriorj.workflow;

import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;

/**
 * A simulated CT scan.
 *
 * @param sinogram the measurement
 * @param reference the attenuation in 1/mm that it was made from
 */
public record SimulatedCt(Sinogram sinogram, Volume reference) {}
