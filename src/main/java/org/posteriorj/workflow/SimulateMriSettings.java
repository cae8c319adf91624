package org.posteriorj.workflow;

import java.util.List;

/**
 * Options of {@link SimulateMri}; the names are the option keys.
 *
 * @param coils receive coils
 * @param mask Equispaced, Random, Variable density (lines along ky), Poisson disk (points) or Full
 * @param acceleration acceleration outside the ACS; that of the whole pattern is lower and is reported
 * @param acs fully sampled central lines (Poisson disk: central square)
 * @param noise standard deviation of the noise per real component, as a fraction of the image's 99th percentile
 * @param phase whether a smooth object phase is added
 * @param seed seed of mask, coils, phase and noise
 */
public record SimulateMriSettings(int coils, String mask, double acceleration, int acs, double noise, boolean phase, long seed) {

	/** Values of {@code mask}. */
	public static final List<String> MASKS = List.of("Equispaced", "Random", "Variable density", "Poisson disk", "Full");

	public SimulateMriSettings {
		Options.range("coils", coils, 1, 128);
		Options.choice("mask", mask, MASKS);
		Options.range("acceleration", acceleration, 1, 64);
		Options.range("acs", acs, 0, 4096);
		Options.range("noise", noise, 0, 1);
	}
}
