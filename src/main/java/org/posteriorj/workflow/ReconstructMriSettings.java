package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.sampler.Samplers;

/**
 * Options of {@link ReconstructMri}; the names are the option keys.
 *
 * @param sampler key of a sampler or of a classical method
 * @param variant way of running the sampler, default or one of {@link org.posteriorj.sampler.Samplers#variants(String)}
 * @param prior name of a built-in prior or path of a prior file; ignored by classical methods
 * @param samples posterior samples, 1 to 1000; point estimators make one image
 * @param steps steps of the sampler, 0 = by quality
 * @param quality Preview, Standard or Best
 * @param noise standard deviation of the noise per real component in data units, 0 = estimate
 * @param trust 0 trusts the prior, 1 the data, 0.5 is the measured default; point estimators only
 * @param coils virtual coils to compress to, 0 = keep all
 * @param seed seed of the random numbers
 * @param device auto, cpu or cuda
 */
public record ReconstructMriSettings(String sampler, String variant, String prior, int samples, int steps, String quality, double noise,
	double trust, int coils, long seed, String device)
{

	/** Values of {@code quality}. */
	public static final List<String> QUALITIES = List.of("Preview", "Standard", "Best");

	public ReconstructMriSettings {
		Options.choice("sampler", sampler, Method.names());
		Options.choice("variant", variant, ReconstructMri.variants(sampler));
		Options.range("samples", samples, 1, 1000);
		Options.range("steps", steps, 0, 10000);
		Options.choice("quality", quality, QUALITIES);
		Options.range("noise", noise, 0, Double.MAX_VALUE);
		Options.range("trust", trust, 0, 1);
		Options.range("coils", coils, 0, 1024);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
	}

	/** With the default variant. */
	public ReconstructMriSettings(final String sampler, final String prior, final int samples, final int steps, final String quality, final double noise,
		final double trust, final int coils, final long seed, final String device)
	{
		this(sampler, Samplers.DEFAULT, prior, samples, steps, quality, noise, trust, coils, seed, device);
	}
}
