package org.posteriorj.host;

import java.awt.Color;

import org.posteriorj.data.Chart;

import ij.ImagePlus;
import ij.gui.Plot;

/** Charts as ImageJ plots. */
public final class Charts {

	private static final Color[] COLOURS = { new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00), new Color(
		0x56B4E9), Color.BLACK };

	private static final double MARGIN = 0.03;

	private Charts() {}

	/** A picture of a plot with a legend. */
	public static ImagePlus image(final Chart chart) {
		return plot(chart).getImagePlus();
	}

	/** A plot with a legend. */
	static Plot plot(final Chart chart) {
		final Plot plot = new Plot(chart.title(), chart.xLabel(), chart.yLabel());
		final StringBuilder legend = new StringBuilder();
		int n = 0;
		for (final Chart.Line line : chart.lines()) {
			plot.setColor(COLOURS[n++ % COLOURS.length]);
			plot.add("line", line.x(), line.y());
			legend.append(line.name()).append('\n');
		}
		plot.setColor(Color.BLACK);
		plot.setLimitsToFit(true);
		final double[] fit = plot.getLimits();
		// NB: without room the extremes lie on the frame and are not seen
		final double room = fit[3] > fit[2] ? MARGIN * (fit[3] - fit[2]) : 1;
		plot.setLimits(fit[0], fit[1], fit[2] - room, fit[3] + room);
		plot.addLegend(legend.toString(), "auto");
		return plot;
	}
}
