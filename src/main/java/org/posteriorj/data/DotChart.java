package org.posteriorj.data;

import java.util.List;

/**
 * Values of named things to plot beside each other, with what is accepted.
 *
 * @param title what is shown
 * @param label name and unit of the values
 * @param rows names of the things
 * @param values one per row; NaN where there is none
 * @param low least accepted value of each row
 * @param high largest accepted value of each row
 */
public record DotChart(String title, String label, List<String> rows, double[] values, double[] low, double[] high) {

	public DotChart {
		rows = List.copyOf(rows);
		if (values.length != rows.size() || low.length != rows.size() || high.length != rows.size()) {
			throw new IllegalArgumentException("chart '" + title + "': needs one value and interval for each of " + rows.size() + " rows, got " + values.length + ", " +
				low.length + " and " + high.length + ".");
		}
	}
}
