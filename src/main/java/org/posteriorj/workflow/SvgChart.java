package org.posteriorj.workflow;

import java.util.Locale;

import org.posteriorj.data.Chart;

/** Charts as pictures inside an HTML page. */
final class SvgChart {

	private static final String[] COLOURS = { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9" };
	private static final int WIDTH = 640, HEIGHT = 300, LEFT = 60, BOTTOM = 40, LEGEND = 110;

	private SvgChart() {}

	/** Lines with axes; a logarithmic y axis suits a loss. */
	static String of(final Chart chart, final boolean logarithmic) {
		double maxX = 0, low = Double.POSITIVE_INFINITY, high = Double.NEGATIVE_INFINITY;
		for (final Chart.Line line : chart.lines()) {
			for (final double x : line.x()) maxX = Math.max(maxX, x);
			for (final double y : line.y()) {
				low = Math.min(low, axis(y, logarithmic));
				high = Math.max(high, axis(y, logarithmic));
			}
		}
		if (!(maxX > 0 && low <= high)) return "";
		final double span = Math.max(high - low, 1e-6);
		final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-size=\"11\">" +
			"<path d=\"M%d 10V%dH%d\" fill=\"none\" stroke=\"#444\"/>", WIDTH + LEGEND, HEIGHT, LEFT, HEIGHT - BOTTOM, WIDTH));
		for (int i = 0; i <= 4; i++) {
			final double v = low + span * i / 4;
			svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%.4g</text>", LEFT - 5, y(i / 4.0) + 4, logarithmic ? Math.exp(v) : v));
			svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(i / 4.0), HEIGHT - BOTTOM + 15, number(maxX * i / 4)));
		}
		svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", WIDTH / 2, HEIGHT - 8, Html.escape(chart.xLabel())));
		svg.append(String.format(Locale.ROOT, "<text transform=\"translate(12,%d) rotate(-90)\" text-anchor=\"middle\">%s</text>", HEIGHT / 2, Html.escape(chart.yLabel())));
		int n = 0;
		for (final Chart.Line line : chart.lines()) {
			final String colour = COLOURS[n % COLOURS.length];
			svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour).append("\" points=\"");
			for (int i = 0; i < line.x().length; i++) svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(line.x()[i] / maxX), y((axis(line.y()[i], logarithmic) -
				low) / span)));
			svg.append(String.format(Locale.ROOT, "\"/><text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", WIDTH + 8, 20 + 15 * n++, colour, Html.escape(line.name())));
		}
		return svg.append("</svg>\n").toString();
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value);
	}

	private static double axis(final double value, final boolean logarithmic) {
		return logarithmic ? Math.log(Math.max(value, 1e-12)) : value;
	}

	private static double x(final double share) {
		return LEFT + share * (WIDTH - LEFT);
	}

	private static double y(final double share) {
		return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 10);
	}
}
