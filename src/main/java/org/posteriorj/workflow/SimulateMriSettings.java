package org.posteriorj.workflow;

import java.util.List;

/**
 * Options of {@link SimulateMri}; the names are the option keys.
 *
 * @param coils receive coils
 * @param mask Equispaced, Random, Variable density (lines along ky), Poisson disk (points) or Full
 * @param acceleration acceleration outside the ACS; that of the whole pattern is lower and is reported
 * @param acs fully sampled central lines (Poisson disk: central square; spiral: diameter)
 * @param trajectory Cartesian (by the mask), radial, golden-angle or spiral
 * @param spokes spokes, or interleaves of a spiral; 0 = rows over acceleration, spiral: 8
 * @param noise standard deviation of the noise per real component, as a fraction of the image's 99th percentile
 * @param phase whether a smooth object phase is added
 * @param seed seed of mask, coils, phase and noise
 */
public record SimulateMriSettings(int coils, String mask, double acceleration, int acs, String trajectory, int spokes, double noise, boolean phase,
	long seed)
{

	/** Values of {@code mask}. */
	public static final List<String> MASKS = List.of("Equispaced", "Random", "Variable density", "Poisson disk", "Full");

	/** Values of {@code trajectory}. */
	public static final List<String> TRAJECTORIES = List.of("Cartesian", "radial", "golden-angle", "spiral");

	public SimulateMriSettings {
		Options.range("coils", coils, 1, 128);
		Options.choice("mask", mask, MASKS);
		Options.range("acceleration", acceleration, 1, 64);
		Options.range("acs", acs, 0, 4096);
		Options.choice("trajectory", trajectory, TRAJECTORIES);
		Options.range("spokes", spokes, 0, 4096);
		Options.range("noise", noise, 0, 1);
	}

	/** A Cartesian scan. */
	public SimulateMriSettings(final int coils, final String mask, final double acceleration, final int acs, final double noise, final boolean phase,
		final long seed)
	{
		this(coils, mask, acceleration, acs, "Cartesian", 0, noise, phase, seed);
	}

	/** Whether the samples are points of a grid. */
	boolean cartesian() {
		return trajectory.equals("Cartesian");
	}
}
