package org.posteriorj.workflow;

import java.util.Locale;

import org.posteriorj.quality.RankFigure;

/** A calibration report as an HTML page: verdict, figures, rank histograms, coverage curves, and how it was made. */
final class CalibrationPage {

	private static final String HEAD = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Calibration report</title>\n" +
		"<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}td,th{padding:.1em 1em .1em 0;vertical-align:top;text-align:left}svg{max-width:48em}" +
		".fault{color:#b00020;font-weight:bold}.small{color:#8a5a00}</style></head><body>\n<h1>Calibration report</h1>\n";
	private static final String METHOD = "<h2>How to read it</h2>\n<p>Known images were scanned and the posterior of each scan was sampled. If the samples come from the" +
		" posterior, the truth of a scan is like one of them: its rank is uniform, and an interval between two samples holds it as often as their ranks say." +
		" A histogram like a U means intervals that are too narrow, a hill ones that are too wide, a slope samples that are too bright or too dark.</p>\n" +
		"<p><b>By chance</b> is what exact samples do with so many scans and samples in 95 of 100 reports: every statistic was computed 9999 times for images chosen by lot" +
		" among truth and samples. A deviation is a fault if chance is that far off in less than 1 % of reports, all figures together, and if it is larger than the" +
		" tolerance. The 5-95 % interval of finitely many samples holds the truth less often than 90 %; <b>exact</b> is the right value for this many.</p>\n";

	private CalibrationPage() {}

	static String html(final CalibrationFindings findings) {
		final StringBuilder html = new StringBuilder(HEAD).append("<p><b>").append(Html.escape(findings.verdict())).append("</b></p>\n");
		for (final String warning : findings.provenance().warnings()) html.append("<p>").append(Html.escape(warning)).append("</p>\n");
		for (final CalibrationFindings.Quantity quantity : findings.quantities()) append(html, quantity, findings.level());
		html.append(METHOD).append("<h2>How it was made</h2>\n<p><code>").append(Html.escape(findings.provenance().command())).append("</code></p>\n");
		html.append(Html.table(findings.provenance().options())).append(Html.table(findings.provenance().facts()));
		return html.append("<p>For research only.</p>\n</body></html>\n").toString();
	}

	private static void append(final StringBuilder html, final CalibrationFindings.Quantity quantity, final double level) {
		html.append("<h2>").append(Html.escape(quantity.name())).append("</h2>\n<table><tr><th></th><th>value</th><th>exact</th><th>by chance</th><th>p</th>" +
			"<th>tolerance</th></tr>\n");
		for (final RankFigure f : quantity.figures()) {
			html.append(String.format(Locale.ROOT, "<tr class=\"%s\"><td>%s</td><td>%.3f</td><td>%.3f</td><td>%.3f to %.3f</td><td>%.4f</td><td>%.4g</td></tr>\n", f
				.finding(level).name().toLowerCase(Locale.ROOT), Html.escape(f.statistic().text()), f.value(), f.expected(), f.low(), f.high(), f.p(), f.statistic()
					.tolerance()));
		}
		html.append("</table>\n").append(SvgChart.of(quantity.ranks(), false)).append(SvgChart.of(quantity.coverage(), false)).append(SvgChart.of(quantity.difference(), false));
	}
}
