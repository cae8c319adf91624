package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often samples are in each mode of a posterior, against its exact weights.
 *
 * @param exact weights of the modes, adding up to 1
 * @param found shares of the samples
 * @param samples how many
 */
public record ModeWeights(double[] exact, double[] found, int samples) {

	private static final double TOLERANCE = 0.06, CHANCE = 3;
	/** A mode with less than this is excluded by the data, and a share above it there is none by chance. */
	private static final double EXCLUDED = 1e-3;

	/** The largest error of a weight. */
	public double error() {
		return Math.abs(found[worst()] - exact[worst()]);
	}

	/** The share of the samples in modes that the data exclude. */
	public double excluded() {
		double sum = 0;
		for (int k = 0; k < exact.length; k++) if (exact[k] < EXCLUDED) sum += found[k];
		return sum;
	}

	/** Whether samples are in modes that the data exclude. */
	public boolean intrudes() {
		return excluded() > EXCLUDED;
	}

	/** The error that is accepted: 0.06, or three standard errors of so many samples. */
	public double limit() {
		final double p = exact[worst()];
		return Math.max(TOLERANCE, CHANCE * Math.sqrt(p * (1 - p) / samples));
	}

	/** What is wrong, in words; empty if nothing is. */
	public List<String> faults() {
		final List<String> faults = new ArrayList<>();
		if (error() > limit()) faults.add(String.format(Locale.ROOT, "weights of modes wrong by %.2f", error()));
		if (intrudes()) faults.add(String.format(Locale.ROOT, "%.1f %% of the samples in modes that the data exclude", 100 * excluded()));
		return faults;
	}

	private int worst() {
		int worst = 0;
		for (int k = 1; k < exact.length; k++) if (Math.abs(found[k] - exact[k]) > Math.abs(found[worst] - exact[worst])) worst = k;
		return worst;
	}
}
