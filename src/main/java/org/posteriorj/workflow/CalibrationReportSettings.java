package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.sampler.Samplers;

/**
 * Options of {@link CalibrationReport}; the names are the option keys.
 *
 * @param sampler key of a sampler
 * @param variant way of running the sampler, default or one of {@link Samplers#variants(String)}
 * @param prior name of a built-in prior or path of a prior file
 * @param scans truths that are measured and sampled, 1 to 200
 * @param samples posterior samples per scan, 4 to 256
 * @param size rows and columns of a draw from the prior, or of the middle of a slice that is used; 0 = 64, or the whole slice
 * @param coils receive coils
 * @param mask one of {@link SimulateMriSettings#MASKS}
 * @param acceleration acceleration outside the ACS
 * @param acs fully sampled central lines
 * @param noise standard deviation of the noise per real component in prior units, where bright tissue is 1
 * @param assumed the noise that the sampler is told over the true one
 * @param steps steps of the sampler, 0 = by quality
 * @param quality Preview, Standard or Best
 * @param seed seed of draws, mask, coils, phases, noise and samples
 * @param device auto, cpu or cuda
 */
public record CalibrationReportSettings(String sampler, String variant, String prior, int scans, int samples, int size, int coils, String mask, double acceleration,
	int acs, double noise, double assumed, int steps, String quality, long seed, String device)
{

	/** Values of {@code sampler}. */
	public static final List<String> SAMPLERS = Samplers.names();

	/** Smallest image: two regions of 8 pixels along each side. */
	static final int SMALLEST = 16;

	public CalibrationReportSettings {
		Options.choice("sampler", sampler, SAMPLERS);
		Options.choice("variant", variant, Samplers.variants(sampler));
		Options.range("scans", scans, 1, 200);
		Options.range("samples", samples, 4, 256);
		if (size != 0) Options.range("size", size, SMALLEST, 1024);
		Options.range("coils", coils, 1, 128);
		Options.choice("mask", mask, SimulateMriSettings.MASKS);
		Options.range("acceleration", acceleration, 1, 64);
		Options.range("acs", acs, 0, 4096);
		Options.range("noise", noise, 1e-4, 10);
		Options.range("assumed", assumed, 0.01, 100);
		Options.range("steps", steps, 0, 10000);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
	}
}
