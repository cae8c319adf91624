package org.posteriorj.workflow;

import java.util.Locale;

import org.posteriorj.data.DotChart;

/** Dot charts as pictures inside an HTML page: a grey bar is what is accepted, a dot the value; those outside are red. */
final class SvgDots {

	private static final int LEFT = 130, WIDTH = 480, ROW = 22, TOP = 24, BOTTOM = 40, TICKS = 4;
	private static final double ROOM = 0.06;

	private final DotChart chart;
	private final double low;
	private final double span;

	private SvgDots(final DotChart chart) {
		this.chart = chart;
		double least = Double.POSITIVE_INFINITY, most = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < chart.values().length; i++) {
			if (!Double.isFinite(chart.values()[i])) continue;
			least = Math.min(least, Math.min(chart.values()[i], chart.low()[i]));
			most = Math.max(most, Math.max(chart.values()[i], chart.high()[i]));
		}
		final double room = ROOM * Math.max(most - least, 1e-6);
		low = least - room;
		span = most - least + 2 * room;
	}

	/** The picture; empty if there is no value. */
	static String of(final DotChart chart) {
		final SvgDots svg = new SvgDots(chart);
		return Double.isFinite(svg.low) ? svg.text() : "";
	}

	private String text() {
		final int height = TOP + ROW * chart.rows().size(), right = LEFT + WIDTH;
		final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-size=\"12\">" +
			"<text x=\"%d\" y=\"14\" font-weight=\"bold\">%s</text>", right + 30, height + BOTTOM, LEFT, Html.escape(chart.title())));
		final double step = step();
		for (double value = Math.ceil(low / step) * step; value <= low + span; value += step) {
			svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.3g</text>", x(value), TOP, height, x(
				value), height + 16, Math.abs(value) < step / 2 ? 0 : value));
		}
		svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", LEFT + WIDTH / 2, height + 34, Html.escape(chart.label())));
		for (int i = 0; i < chart.rows().size(); i++) row(svg, i);
		return svg.append("</svg>\n").toString();
	}

	/** 1, 2 or 5 times a power of ten: four to nine ticks. */
	private double step() {
		final double power = Math.pow(10, Math.floor(Math.log10(span / TICKS))), rest = span / TICKS / power;
		return power * (rest < 2 ? 1 : rest < 5 ? 2 : 5);
	}

	private void row(final StringBuilder svg, final int i) {
		final double value = chart.values()[i], y = TOP + ROW * (i + 0.5);
		svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, Html.escape(chart.rows().get(i))));
		if (!Double.isFinite(value)) {
			svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" fill=\"#888\">none</text>", LEFT + 4, y + 4));
			return;
		}
		final boolean accepted = value >= chart.low()[i] && value <= chart.high()[i];
		svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"#ccd\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>\n", x(
			chart.low()[i]), y - 7, x(chart.high()[i]) - x(chart.low()[i]), 14, x(value), y, accepted ? "#0072B2" : "#b00020"));
	}

	private double x(final double value) {
		return LEFT + WIDTH * (value - low) / span;
	}
}
