package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.posteriorj.data.DotChart;

/** A self-test as an HTML page: verdict, a table and charts for each problem, and how it was made. */
final class SelfTestPage {

	private static final String HEAD = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Self-test</title>\n" +
		"<style>body{font-family:sans-serif;max-width:64em;margin:2em auto}td,th{padding:.1em 1em .1em 0;vertical-align:top;text-align:left}svg{max-width:42em;display:block}" +
		".failed{color:#b00020;font-weight:bold}.biased{color:#8a5a00}</style></head><body>\n<h1>Self-test of PosteriorJ</h1>\n";
	private static final String METHOD = "<h2>How to read it</h2>\n<p>The posterior of a Gaussian field, and of a mixture of fields, is known exactly for every measurement. The samples" +
		" of each sampler, at its defaults, are compared with as many exact draws. <b>Spread</b> is the standard deviation over the exact one, <b>coverage</b> how often the truth" +
		" lies in the 5-95 % interval of the samples (the exact draws of finitely many samples cover less than 90 %), <b>bias</b> the error of the mean in standard deviations, what" +
		" chance adds taken off, <b>chi-square</b> the data residual over that of exact draws. With several modes these are taken within the mode of a sample, and <b>weights</b> is" +
		" the largest error of the share of a mode, <b>excluded</b> the share of the samples in modes that the data exclude. Grey bars are what is accepted: what does no harm, or" +
		" three standard errors of so few samples and pixels where that is more.</p>\n<p>A posterior sampler that is outside fails the test; only weights of modes that the data leave" +
		" open are no promise of PnP-DM and DAPS, and wrong ones are called a bias. An approximate sampler is known to be" +
		" biased, and the test says how much; a point estimator makes no claim of uncertainty.</p>\n";

	private SelfTestPage() {}

	static String html(final SelfTestResult test) {
		final StringBuilder html = new StringBuilder(HEAD).append(test.passed() ? "<p><b>Passed.</b></p>\n" : "<p class=\"failed\">Failed.</p>\n");
		for (final String warning : test.provenance().warnings()) html.append("<p>").append(Html.escape(warning)).append("</p>\n");
		for (final String problem : test.samplers().stream().map(SelfTestResult.Row::problem).distinct().toList()) {
			final List<SelfTestResult.Row> rows = test.samplers().stream().filter(r -> r.problem().equals(problem)).toList();
			html.append("<h2>").append(Html.escape(problem)).append("</h2>\n<p>").append(Html.escape(String.valueOf(test.provenance().facts().get(problem)))).append(".</p>\n");
			table(html, rows);
			for (final DotChart chart : charts(rows)) html.append(SvgDots.of(chart));
		}
		html.append(METHOD).append("<h2>How it was made</h2>\n<p><code>").append(Html.escape(test.provenance().command())).append("</code></p>\n");
		html.append(Html.table(test.provenance().options())).append(Html.table(test.provenance().facts()));
		return html.append("<p>For research only.</p>\n</body></html>\n").toString();
	}

	private static void table(final StringBuilder html, final List<SelfTestResult.Row> rows) {
		html.append("<table><tr><th>sampler</th><th>kind</th><th>verdict</th><th>spread</th><th>coverage</th><th>exact</th><th>bias</th><th>chi-square</th><th>weights</th>" +
			"<th>excluded</th><th>error of mean</th><th>evaluations</th><th>seconds</th></tr>\n");
		for (final SelfTestResult.Row r : rows) {
			final Calibration c = r.calibration();
			final ModeWeights m = r.modes();
			html.append("<tr><td>").append(Html.escape(r.sampler())).append("</td><td>").append(r.kind()).append("</td><td class=\"").append(r.verdict().replaceAll("\\W.*",
				"")).append("\">").append(Html.escape(r.verdict())).append("</td>");
			if (c == null) html.append("<td></td><td></td><td></td><td></td><td></td>");
			else html.append(cells(c.spread(), c.coverage(), c.expectedCoverage(), c.bias(), c.chiSquare()));
			html.append(m == null ? "<td></td><td></td>" : cells(m.error(), m.excluded())).append(cells(r.error())).append(String.format(Locale.ROOT,
				"<td>%d</td><td>%.1f</td></tr>\n", r.evaluations(), r.seconds()));
		}
		html.append("</table>\n");
	}

	private static String cells(final double... values) {
		final StringBuilder cells = new StringBuilder();
		for (final double v : values) cells.append(String.format(Locale.ROOT, "<td>%.3f</td>", v));
		return cells.toString();
	}

	/** Spread and coverage, and weights where there are modes. */
	static List<DotChart> charts(final List<SelfTestResult.Row> rows) {
		final List<DotChart> charts = new ArrayList<>();
		charts.add(chart("Spread", "standard deviation over the exact one", rows, r -> of(r, Calibration::spread), r -> of(r, c -> 1 - c.limits().spread()), r -> of(r,
			c -> 1 + c.limits().spread())));
		charts.add(chart("Coverage", "share of pixels whose truth is in the 5-95 % interval", rows, r -> of(r, Calibration::coverage), r -> of(r, c -> c.expectedCoverage() -
			c.limits().coverage()), r -> of(r, c -> c.expectedCoverage() + c.limits().coverage())));
		if (rows.stream().anyMatch(r -> r.modes() != null)) {
			charts.add(chart("Weights of modes", "largest error of a weight", rows, r -> r.modes() == null ? Double.NaN : r.modes().error(), r -> 0, r -> r.modes() == null
				? Double.NaN : r.modes().limit()));
		}
		return charts;
	}

	private static double of(final SelfTestResult.Row row, final ToDoubleFunction<Calibration> figure) {
		return row.calibration() == null ? Double.NaN : figure.applyAsDouble(row.calibration());
	}

	private static DotChart chart(final String title, final String label, final List<SelfTestResult.Row> rows, final ToDoubleFunction<SelfTestResult.Row> value,
		final ToDoubleFunction<SelfTestResult.Row> low, final ToDoubleFunction<SelfTestResult.Row> high)
	{
		return new DotChart(title, label, rows.stream().map(SelfTestResult.Row::sampler).toList(), rows.stream().mapToDouble(value).toArray(), rows.stream().mapToDouble(low)
			.toArray(), rows.stream().mapToDouble(high).toArray());
	}
}
