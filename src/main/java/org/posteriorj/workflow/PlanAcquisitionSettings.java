package org.posteriorj.workflow;

import java.util.List;
import java.util.stream.Stream;

import org.posteriorj.sampler.AcquisitionScore;
import org.posteriorj.sampler.ActiveDps;
import org.posteriorj.sampler.ActiveSampler;
import org.posteriorj.sampler.ActiveSubsampling;
import org.posteriorj.sampler.Dps;
import org.posteriorj.sampler.LinePolicy;
import org.posteriorj.sampler.PnpDm;
import org.posteriorj.sampler.Samplers;

/**
 * Options of {@link PlanAcquisition}; the names are the option keys. Lines are the readout lines of an MRI scan, or the views of a
 * CT scan.
 *
 * @param mode Retrospective: choose lines of a scan that has them all, and go on with what they hold; Prospective: choose what
 *          to measure after what the scan has
 * @param lines lines of the plan, those measured first included
 * @param acs lines measured first, the central ones, or evenly spaced views; Retrospective only
 * @param slice slice to plan, counted from 1; 0 = the middle one
 * @param samples particles that choose, and posterior samples in the end
 * @param score auto (variance for readout lines, information for views), variance, information, kl, bhattacharyya or ads-plus
 * @param batch lines per decision; Retrospective only
 * @param costs what measuring each line costs, one for each that there is; empty = all the same
 * @param guidance prox: particles that start again after every decision; DPS: as published; Retrospective only
 * @param prior name of a built-in prior or path of a prior file
 * @param steps network evaluations of a posterior sample in the end, 0 = by quality
 * @param quality Preview, Standard or Best; how carefully each line is chosen, too
 * @param noise standard deviation of the noise in data units, MRI: per real component; 0 = estimate
 * @param coils virtual coils to compress to, 0 = keep all; MRI only
 * @param candidates angles to choose from, evenly spaced; prospective CT only
 * @param size rows and columns of the image, 0 = all that the detector sees; CT only
 * @param water attenuation of water in 1/mm, for priors that are scaled by it; CT only
 * @param seed seed of the random numbers
 * @param device auto, cpu or cuda
 */
public record PlanAcquisitionSettings(String mode, int lines, int acs, int slice, int samples, String score, int batch, List<Double> costs, String guidance,
	String prior, int steps, String quality, double noise, int coils, int candidates, int size, double water, long seed, String device)
{

	private static final String AUTO = "auto";

	/** Values of {@code mode}. */
	public static final List<String> MODES = List.of("Retrospective", "Prospective");
	/** Values of {@code guidance}. */
	public static final List<String> GUIDANCES = List.of("prox", "DPS");

	/** Values of {@code score}. */
	public static final List<String> SCORES = Stream.concat(Stream.of(AUTO), AcquisitionScore.keys().stream()).toList();

	public PlanAcquisitionSettings {
		Options.choice("mode", mode, MODES);
		Options.range("lines", lines, 2, 4096);
		Options.range("acs", acs, 1, 4096);
		Options.range("slice", slice, 0, 100000);
		Options.range("samples", samples, 2, 256);
		Options.choice("score", score, SCORES);
		Options.range("batch", batch, 1, 4096);
		costs = List.copyOf(costs);
		for (final double cost : costs) Options.range("costs", cost, Double.MIN_NORMAL, Double.MAX_VALUE);
		Options.choice("guidance", guidance, GUIDANCES);
		Options.range("steps", steps, 0, 10000);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.range("noise", noise, 0, Double.MAX_VALUE);
		Options.range("coils", coils, 0, 1024);
		Options.range("candidates", candidates, 2, 3600);
		Options.range("size", size, 0, 8192);
		Options.range("water", water, 1e-4, 1);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
		if (mode.equals("Retrospective") && acs >= lines) {
			throw new IllegalArgumentException("lines: expected more than the " + acs + " that are measured first (acs), got " + lines + ".");
		}
	}

	/** The defaults of the command. */
	public static PlanAcquisitionSettings of(final String mode, final int lines, final int acs, final int samples, final int batch, final String prior,
		final String quality, final double noise, final long seed)
	{
		return new PlanAcquisitionSettings(mode, lines, acs, 0, samples, AUTO, batch, List.of(), "prox", prior, 0, quality, noise, 0, 180, 0, 0.0193, seed,
			"cpu");
	}

	boolean prospective() {
		return mode.equals("Prospective");
	}

	/** How particles choose. */
	LinePolicy policy(final PlannedScan scan) {
		return new LinePolicy(score(scan), batch, costs);
	}

	/** The score asked for, or that which fits the scan. */
	AcquisitionScore score(final PlannedScan scan) {
		return score.equals(AUTO) ? scan.usualScore() : AcquisitionScore.of(score);
	}

	/** Who chooses. */
	ActiveSampler sampler(final PlannedScan scan) {
		if (guidance.equals("DPS")) return new ActiveDps(ActiveDps.Options.of(lines, policy(scan), Samplers.evaluations(Dps.NAME, quality)));
		return new ActiveSubsampling(ActiveSubsampling.Options.of(lines, policy(scan), scan.mixing() * (quality.equals("Preview") ? 3 : quality.equals("Best") ? 7 : 5)));
	}

	/** Network evaluations of a sample in the end. */
	long sampling() {
		return steps > 0 ? steps : Samplers.evaluations(PnpDm.NAME, quality);
	}
}
