package org.posteriorj.data;

import java.util.List;

/**
 * Every choice of an acquisition, enough to repeat it without the particles that made it.
 *
 * @param first lines that were there before the first choice, counted from 0
 * @param costs what measuring each line costs, relative to others; empty if all cost the same
 * @param decisions the choices, in order
 */
public record DecisionLog(List<Integer> first, List<Double> costs, List<Decision> decisions) {

	public DecisionLog {
		first = List.copyOf(first);
		costs = List.copyOf(costs);
		decisions = List.copyOf(decisions);
	}

	/** Lines that were chosen, in order. */
	public List<Integer> chosen() {
		return decisions.stream().flatMap(d -> d.lines().stream()).toList();
	}
}
