package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Decision;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/**
 * Which lines to measure, why, and the image that the measured ones give.
 *
 * @param first lines that were there before the first choice, counted from 0
 * @param chosen lines that were chosen, in order
 * @param decisions the choices, in order
 * @param posterior posterior for the data of the plan, in a prospective plan for what has been measured before; its mask is 1 for
 *          every line of the plan
 */
public record AcquisitionPlan(List<Integer> first, List<Integer> chosen, List<Decision> decisions, Posterior posterior) {

	public AcquisitionPlan {
		first = List.copyOf(first);
		chosen = List.copyOf(chosen);
		decisions = List.copyOf(decisions);
	}

	/** 1 for every line of the plan, [row][column]. */
	public Volume mask() {
		return posterior.mask();
	}

	/** The growing mask: row d says which lines are measured after d decisions, 1 for yes. */
	public Volume growth() {
		final int lines = mask().height();
		final float[] values = new float[(decisions.size() + 1) * lines];
		for (int d = 0; d <= decisions.size(); d++) {
			for (final int line : first) values[d * lines + line] = 1;
			for (int e = 0; e < d; e++) for (final int line : decisions.get(e).lines()) values[d * lines + line] = 1;
		}
		return new Volume("Lines measured after each decision", lines, decisions.size() + 1, 1, List.of(values), VoxelSize.UNKNOWN, "");
	}

	/** Every line with its place in the order; the first row names the columns. */
	public List<List<String>> lineTable() {
		final List<List<String>> rows = new ArrayList<>(List.of(List.of("order", "line", "ky", "decision")));
		for (final int line : first) rows.add(row(rows.size(), line, 0));
		for (int d = 0; d < decisions.size(); d++) for (final int line : decisions.get(d).lines()) rows.add(row(rows.size(), line, d + 1));
		return rows;
	}

	private List<String> row(final int order, final int line, final int decision) {
		return List.of(Integer.toString(order), Integer.toString(line), Integer.toString(line - mask().height() / 2), Integer.toString(decision));
	}

	/** The decision log with the score of every line; the first row names the columns. */
	public List<List<String>> decisionTable() {
		final List<String> header = new ArrayList<>(List.of("decision", "step", "sigma", "lines measured", "chosen", "uncertainty", "surprise"));
		IntStream.range(0, mask().height()).forEach(line -> header.add("score of " + line));
		final List<List<String>> rows = new ArrayList<>(List.of(header));
		int measured = first.size();
		for (final Decision d : decisions) {
			final List<String> row = new ArrayList<>(List.of(Integer.toString(rows.size()), Long.toString(d.step()), Double.toString(d.sigma()), Integer.toString(
				measured), String.join(" ", d.lines().stream().map(String::valueOf).toList()), Double.toString(d.uncertainty()), Double.toString(d.surprise())));
			d.scores().forEach(score -> row.add(score.isNaN() ? "" : Double.toString(score)));
			rows.add(row);
			measured += d.lines().size();
		}
		return rows;
	}

	/** Uncertainty before each decision against the lines measured by then. */
	static Chart chart(final int first, final List<Decision> decisions) {
		final double[] lines = new double[decisions.size()];
		int measured = first;
		for (int i = 0; i < lines.length; i++) {
			lines[i] = measured;
			measured += decisions.get(i).lines().size();
		}
		return new Chart("Plan", "lines measured", "standard deviation (rms, prior units)", List.of(new Chart.Line("particles", lines, decisions.stream()
			.mapToDouble(Decision::uncertainty).toArray())));
	}
}
