package org.posteriorj.data;

import java.util.List;

/**
 * One choice of the next lines of a measurement.
 *
 * @param step network evaluations per particle that came before
 * @param sigma noise level of the diffusion, prior units
 * @param lines the chosen lines, best first, counted from 0
 * @param scores score of every line, NaN for lines that could not be chosen
 * @param uncertainty root mean square over the image of the particles' standard deviation before the choice, prior units
 * @param expected what it should be at most once the lines are measured, prior units
 * @param surprise squared difference of what the lines then gave and the particles' mean, in units of what particles and
 *          noise let expect: about 1; NaN where nothing was measured
 */
public record Decision(long step, double sigma, List<Integer> lines, List<Double> scores, double uncertainty, double expected, double surprise) {

	public Decision {
		lines = List.copyOf(lines);
		scores = List.copyOf(scores);
	}

	/** The same choice after its lines were measured. */
	public Decision measured(final double found) {
		return new Decision(step, sigma, lines, scores, uncertainty, expected, found);
	}
}
