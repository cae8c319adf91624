package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best lines by their scores. Several at a time keep a distance: neighbours tell much the same, so that after each pick
 * the scores of the lines at distance u up to 2 are multiplied with {@code 1 - exp(-u^2 / 2)}.
 */
final class LineChoice {

	private static final int REACH = 2;

	private LineChoice() {}

	/**
	 * At most {@code count} lines, best first; of equal ones the nearest to the middle.
	 *
	 * @param scores one per line
	 * @param open which lines may be taken
	 * @param costs one per line; a score is divided by it
	 */
	static List<Integer> best(final double[] scores, final boolean[] open, final double[] costs, final int count) {
		final int n = scores.length;
		final double[] value = new double[n];
		for (int i = 0; i < n; i++) value[i] = scores[i] / costs[i];
		final List<Integer> left = new ArrayList<>(IntStream.range(0, n).filter(i -> open[i]).boxed().sorted(Comparator.comparingInt(i -> Math.abs(i - n / 2)))
			.toList());
		final List<Integer> chosen = new ArrayList<>();
		while (chosen.size() < count && !left.isEmpty()) {
			int best = left.get(0);
			for (final int i : left) if (value[i] > value[best]) best = i;
			chosen.add(best);
			left.remove((Integer) best);
			for (int i = Math.max(0, best - REACH); i <= Math.min(n - 1, best + REACH); i++) {
				final double u = i - best;
				// a negative score says that nothing is to be learnt there, which a neighbour cannot better
				if (value[i] > 0) value[i] *= 1 - Math.exp(-u * u / 2);
			}
		}
		return chosen;
	}
}
