package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;

/** The decisions of an earlier run, checked: that they fit the scan and the options, and that their scores choose the lines that they name. */
final class LoggedDecisions {

	private final DecisionLog log;

	LoggedDecisions(final DecisionLog log) {
		this.log = log;
	}

	/** All decisions. */
	List<Decision> decisions(final PlanAcquisitionSettings settings, final PlannedScan scan, final List<Integer> first) {
		if (!log.first().equals(first)) {
			throw new IllegalArgumentException("replay: the log began with the " + scan.noun() + " " + text(log.first()) + ", this run with " + text(first) +
				" - use the acs of the log.");
		}
		if (!log.costs().equals(settings.costs())) throw new IllegalArgumentException("replay: the log was made with other costs - use the same.");
		if (first.size() + log.chosen().size() > settings.lines()) {
			throw new IllegalArgumentException("lines: the log has " + (first.size() + log.chosen().size()) + " " + scan.noun() + " already, got " + settings.lines() + ".");
		}
		final List<Integer> left = new ArrayList<>(scan.present());
		left.removeAll(first);
		for (final Decision decision : log.decisions()) {
			final boolean fits = decision.scores().size() == scan.positions().size() && left.containsAll(decision.lines());
			if (!fits || !settings.policy(scan).choice(decision.scores(), decision.lines().size()).equals(decision.lines())) {
				throw new IllegalArgumentException("replay: decision " + (log.decisions().indexOf(decision) + 1) + " chose " + scan.noun() + " " + text(decision.lines()) +
					(fits ? ", which its scores do not choose - was the log changed?" : ", which this scan does not offer - is it the log of another scan?"));
			}
			left.removeAll(decision.lines());
		}
		return log.decisions();
	}

	private static String text(final List<Integer> lines) {
		return String.join(" ", lines.stream().map(String::valueOf).toList());
	}
}
