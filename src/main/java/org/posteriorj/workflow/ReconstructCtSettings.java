package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.sampler.Samplers;

/**
 * Options of {@link ReconstructCt}; the names are the option keys.
 *
 * @param sampler key of a sampler or of a classical method
 * @param variant way of running the sampler, default or one of {@link org.posteriorj.sampler.Samplers#variants(String)}
 * @param prior name of a built-in prior or path of a prior file; ignored by classical methods
 * @param samples posterior samples, 1 to 1000; point estimators make one image
 * @param steps steps of the sampler or iterations of the solver, 0 = by quality
 * @param quality Preview, Standard or Best
 * @param noise standard deviation of the line integrals, the same for all; 0 = from the photons of the geometry, or estimated
 * @param trust 0 trusts the prior, 1 the data, 0.5 is the measured default; point estimators only
 * @param weight weight of the total variation in units of the automatic one
 * @param filter window of filtered backprojection
 * @param size rows and columns of the image, 0 = all that the detector sees
 * @param centre whether the centre of rotation is found from the data
 * @param rings whether stripes of single detector pixels are removed
 * @param outliers whether single values far from their neighbours are replaced
 * @param hounsfield whether the result is in HU instead of 1/mm
 * @param water attenuation of water in 1/mm, for HU and for priors that are scaled by it
 * @param fourier whether methods that fit the data compute with Fourier transforms: the same noise for all rays, fans rebinned
 * @param seed seed of the random numbers
 * @param device auto, cpu or cuda
 */
public record ReconstructCtSettings(String sampler, String variant, String prior, int samples, int steps, String quality, double noise, double trust,
	double weight, String filter, int size, boolean centre, boolean rings, boolean outliers, boolean hounsfield, double water, boolean fourier,
	long seed, String device)
{

	/** Values of {@code filter}. */
	public static final List<String> FILTERS = List.of("Ram-Lak", "Shepp-Logan", "Cosine", "Hamming", "Hann");

	public ReconstructCtSettings {
		Options.choice("variant", variant, ReconstructCt.variants(sampler));
		Options.range("samples", samples, 1, 1000);
		Options.range("steps", steps, 0, 10000);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.range("noise", noise, 0, Double.MAX_VALUE);
		Options.range("trust", trust, 0, 1);
		Options.range("weight", weight, 0.001, 1000);
		Options.choice("filter", filter, FILTERS);
		Options.range("size", size, 0, 8192);
		Options.range("water", water, 1e-4, 1);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
	}

	/** With the default variant. */
	public ReconstructCtSettings(final String sampler, final String prior, final int samples, final int steps, final String quality, final double noise,
		final double trust, final double weight, final String filter, final int size, final boolean centre, final boolean rings, final boolean outliers,
		final boolean hounsfield, final double water, final boolean fourier, final long seed, final String device)
	{
		this(sampler, Samplers.DEFAULT, prior, samples, steps, quality, noise, trust, weight, filter, size, centre, rings, outliers, hounsfield, water, fourier, seed, device);
	}

	/** The steps asked for, or those of the quality. */
	int stepsOr(final int preview, final int standard, final int best) {
		if (steps > 0) return steps;
		return switch (quality) {
			case "Preview" -> preview;
			case "Best" -> best;
			default -> standard;
		};
	}
}
