package org.posteriorj.data;

import java.util.List;

/**
 * Lines to plot.
 *
 * @param title what is shown
 * @param xLabel name and unit of x
 * @param yLabel name and unit of y
 * @param lines at least one
 */
public record Chart(String title, String xLabel, String yLabel, List<Line> lines) {

	/**
	 * A line.
	 *
	 * @param name for the legend
	 * @param x as many as y
	 * @param y values, finite
	 */
	public record Line(String name, double[] x, double[] y) {}

	public Chart {
		lines = List.copyOf(lines);
	}
}
