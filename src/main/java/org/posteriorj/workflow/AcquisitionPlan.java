package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/**
 * Which lines to measure, why, and the image that the measured ones give.
 *
 * @param axis what the positions are: ky, or an angle in degrees
 * @param positions of every line, in order
 * @param log the choices
 * @param course mean of the particles at each decision, one slice each; null if there were none
 * @param posterior posterior for the data of the plan, in a prospective plan for what has been measured before; its mask is 1 for
 *          every line of the plan
 */
public record AcquisitionPlan(String axis, List<Double> positions, DecisionLog log, Volume course, Posterior posterior) {

	public AcquisitionPlan {
		positions = List.copyOf(positions);
	}

	/** Lines that were there before the first choice, counted from 0. */
	public List<Integer> first() {
		return log.first();
	}

	/** Lines that were chosen, in order. */
	public List<Integer> chosen() {
		return log.chosen();
	}

	/** 1 for everything that the lines of the plan measure. */
	public Volume mask() {
		return posterior.mask();
	}

	/** The growing mask: row d says which lines are measured after d decisions, 1 for yes. */
	public Volume growth() {
		final int lines = positions.size(), decisions = log.decisions().size();
		final float[] values = new float[(decisions + 1) * lines];
		for (int d = 0; d <= decisions; d++) {
			for (final int line : first()) values[d * lines + line] = 1;
			for (int e = 0; e < d; e++) for (final int line : log.decisions().get(e).lines()) values[d * lines + line] = 1;
		}
		return new Volume("Lines measured after each decision", lines, decisions + 1, 1, List.of(values), VoxelSize.UNKNOWN, "");
	}

	/** Every line with its place in the order; the first row names the columns. */
	public List<List<String>> lineTable() {
		final List<List<String>> rows = new ArrayList<>(List.of(List.of("order", "line", axis, "decision")));
		for (final int line : first()) rows.add(row(rows.size(), line, 0));
		for (int d = 0; d < log.decisions().size(); d++) for (final int line : log.decisions().get(d).lines()) rows.add(row(rows.size(), line, d + 1));
		return rows;
	}

	private List<String> row(final int order, final int line, final int decision) {
		return List.of(Integer.toString(order), Integer.toString(line), position(line), Integer.toString(decision));
	}

	/** Where a line lies: a whole number for ky. */
	private String position(final int line) {
		final double at = positions.get(line);
		return at == Math.rint(at) ? Long.toString((long) at) : Double.toString(at);
	}

	/** Positions of the lines that were chosen, in order. */
	public List<String> chosenPositions() {
		return chosen().stream().map(this::position).toList();
	}

	/** The decision log with the score of every line; the first row names the columns. */
	public List<List<String>> decisionTable() {
		final List<String> header = new ArrayList<>(List.of("decision", "step", "sigma", "lines measured", "chosen", "uncertainty", "expected uncertainty after",
			"surprise"));
		IntStream.range(0, positions.size()).forEach(line -> header.add("score of " + line));
		final List<List<String>> rows = new ArrayList<>(List.of(header));
		int measured = first().size();
		for (final Decision d : log.decisions()) {
			final List<String> row = new ArrayList<>(List.of(Integer.toString(rows.size()), Long.toString(d.step()), Double.toString(d.sigma()), Integer.toString(
				measured), String.join(" ", d.lines().stream().map(String::valueOf).toList()), Double.toString(d.uncertainty()), Double.toString(d.expected()), Double
					.toString(d.surprise())));
			d.scores().forEach(score -> row.add(score.isNaN() ? "" : Double.toString(score)));
			rows.add(row);
			measured += d.lines().size();
		}
		return rows;
	}

	/** Uncertainty against the lines measured by then: of the particles before each decision, and what the decision before let expect. */
	public Chart chart() {
		return chart(first().size(), log.decisions());
	}

	static Chart chart(final int first, final List<Decision> decisions) {
		final int n = decisions.size();
		final double[] before = new double[n], after = new double[n], realised = new double[n], expected = new double[n];
		int measured = first;
		for (int i = 0; i < n; i++) {
			before[i] = measured;
			measured += decisions.get(i).lines().size();
			after[i] = measured;
			realised[i] = decisions.get(i).uncertainty();
			expected[i] = decisions.get(i).expected();
		}
		return new Chart("Uncertainty", "lines measured", "standard deviation (rms, prior units)", List.of(new Chart.Line("of the particles", before, realised),
			new Chart.Line("expected of the decision", after, expected)));
	}
}
