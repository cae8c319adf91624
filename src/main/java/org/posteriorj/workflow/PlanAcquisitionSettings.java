package org.posteriorj.workflow;

import java.util.List;

import org.posteriorj.sampler.AcquisitionScore;

/**
 * Options of {@link PlanAcquisition}; the names are the option keys.
 *
 * @param mode Retrospective: choose lines of a scan that has them all, and go on with what they hold; Prospective: choose what
 *          to measure after what the scan has
 * @param lines lines of the plan, those measured first included
 * @param acs central lines measured first; Retrospective only
 * @param slice slice to plan, counted from 1; 0 = the middle one
 * @param samples particles that choose, and posterior samples in the end
 * @param score variance, kl, bhattacharyya or ads-plus
 * @param batch lines per decision; Retrospective only
 * @param prior name of a built-in prior or path of a prior file
 * @param steps network evaluations of a posterior sample in the end, 0 = by quality
 * @param quality Preview, Standard or Best; how carefully each line is chosen, too
 * @param noise standard deviation of the noise per real component in data units, 0 = estimate
 * @param coils virtual coils to compress to, 0 = keep all
 * @param seed seed of the random numbers
 * @param device auto, cpu or cuda
 */
public record PlanAcquisitionSettings(String mode, int lines, int acs, int slice, int samples, String score, int batch, String prior, int steps, String quality,
	double noise, int coils, long seed, String device)
{

	/** Values of {@code mode}. */
	public static final List<String> MODES = List.of("Retrospective", "Prospective");

	public PlanAcquisitionSettings {
		Options.choice("mode", mode, MODES);
		Options.range("lines", lines, 2, 4096);
		Options.range("acs", acs, 1, 4096);
		Options.range("slice", slice, 0, 100000);
		Options.range("samples", samples, 2, 256);
		Options.choice("score", score, AcquisitionScore.keys());
		Options.range("batch", batch, 1, 4096);
		Options.range("steps", steps, 0, 10000);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.range("noise", noise, 0, Double.MAX_VALUE);
		Options.range("coils", coils, 0, 1024);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
		if (mode.equals("Retrospective") && acs >= lines) {
			throw new IllegalArgumentException("lines: expected more than the " + acs + " ACS lines, which are measured first, got " + lines + ".");
		}
	}

	boolean prospective() {
		return mode.equals("Prospective");
	}

	/** Rounds of the particles per decision. */
	int rounds() {
		return quality.equals("Preview") ? 3 : quality.equals("Best") ? 7 : 5;
	}

	/** The reconstruction of what was measured. */
	ReconstructMriSettings reconstruction() {
		return new ReconstructMriSettings("PnP-DM", prior, samples, steps, quality, noise, 0.5, coils, seed, device);
	}
}
