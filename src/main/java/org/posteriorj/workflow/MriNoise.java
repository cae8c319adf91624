package org.posteriorj.workflow;

import java.util.List;
import java.util.Locale;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.physics.mri.TrajectoryNoise;
import org.posteriorj.tensor.ComputeDevice;

/**
 * The noise that an MRI reconstruction assumes.
 *
 * @param covariance of the coils
 * @param source where it is from, in words
 * @param warnings how far it is to be trusted, if not fully
 */
record MriNoise(NoiseCovariance covariance, String source, List<String> warnings) {

	/** Noise below this part of the root mean square of the data is not told from what models leave unexplained. */
	private static final double NOISELESS = 0.005;
	/** An upper limit of the noise that is lowered by more than this says little. */
	private static final double UNSURE = 0.85;
	/** A given noise that differs from that of the data by more than this factor is questioned. */
	private static final double DOUBTFUL = 2;

	/**
	 * The covariance of the option, of the noise scan, or of the data, in this order.
	 *
	 * @param given per real component, 0 if it is not
	 * @param virtual coils to keep, 0 for all
	 */
	static MriNoise of(final MriScan scan, final double given, final int virtual, final ComputeDevice device) {
		if (given > 0) return new MriNoise(NoiseEstimate.white(scan.coils(), given), "given", doubts(given, estimate(scan)));
		if (scan.noiseCovariance().isPresent()) return new MriNoise(scan.noiseCovariance().get(), "noise scan", List.of());
		final NoiseEstimate estimate = estimate(scan);
		final NoiseRefinement.Refined refined = estimate.rough() ? NoiseRefinement.refine(scan, estimate.covariance(), virtual, device) : null;
		final NoiseCovariance noise = refined == null ? estimate.covariance() : refined.covariance();
		if (estimate.noiseless() || NoiseEstimate.sigma(noise) < NOISELESS * estimate.rms()) {
			return new MriNoise(noise, "the data show none", List.of(
				"The data are practically noiseless; the noise stated here is what the reconstruction leaves unexplained, and sets the uncertainty."));
		}
		if (!estimate.rough()) return new MriNoise(noise, "background", List.of());
		if (!refined.told()) return new MriNoise(noise, "edge of k-space, an upper limit", List.of(
			"The scan shows no samples of noise alone, and so few samples do not tell its level: what stands here is an upper limit, often twice the noise - give the option " +
				"noise, or scan noise."));
		if (NoiseEstimate.sigma(noise) >= UNSURE * NoiseEstimate.sigma(estimate.covariance())) return new MriNoise(noise, "edge of k-space", List.of());
		return new MriNoise(noise, "residual of a sparse reconstruction", List.of(
			"The scan shows no samples of noise alone, so that its level is uncertain - give the option noise, or scan noise."));
	}

	/** The edge of k-space holds signal too, so that it shows too high a level only. */
	private static List<String> doubts(final double given, final NoiseEstimate estimate) {
		final double shown = NoiseEstimate.sigma(estimate.covariance());
		final boolean high = given > DOUBTFUL * shown, low = given < shown / DOUBTFUL;
		if (estimate.noiseless() || !high && (!low || estimate.rough())) return List.of();
		return List.of(String.format(Locale.ROOT, "The noise given, %.4g, is %.1f times %s what the data show, %.4g: the uncertainty will be too %s - give noise=0 to estimate it.",
			given, high ? given / shown : shown / given, high ? "above" : "below", shown, high ? "large" : "small"));
	}

	private static NoiseEstimate estimate(final MriScan scan) {
		return scan instanceof KSpace kspace ? NoiseEstimate.of(kspace) : TrajectoryNoise.of((NonCartesianKSpace) scan);
	}
}
