package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Provenance;
import org.posteriorj.quality.RankFigure;
import org.posteriorj.quality.RankTest;

/**
 * What a calibration report found.
 *
 * @param quantities what was ranked
 * @param level probability of a false alarm that each figure is judged at; all together have 1 %
 * @param verdict calibrated or not, and why
 * @param provenance how it was made
 */
public record CalibrationFindings(List<Quantity> quantities, double level, String verdict, Provenance provenance) {

	private static final double FALSE_ALARMS = 0.01;

	/**
	 * Something that truths and samples were compared by.
	 *
	 * @param name what it is
	 * @param figures those that decide
	 * @param ranks rank histogram
	 * @param coverage coverage of central intervals against the nominal one
	 * @param difference the same, less the nominal one
	 */
	public record Quantity(String name, List<RankFigure> figures, Chart ranks, Chart coverage, Chart difference) {}

	static CalibrationFindings of(final String sampler, final List<Quantity> quantities, final int scans, final int samples, final Provenance run) {
		final double level = FALSE_ALARMS / quantities.stream().mapToInt(q -> q.figures().size()).sum();
		return new CalibrationFindings(List.copyOf(quantities), level, sampler + ": " + verdict(quantities, level, scans, samples), run);
	}

	private static String verdict(final List<Quantity> quantities, final double level, final int scans, final int samples) {
		final String faults = list(quantities, level, RankFigure.Finding.FAULT), small = list(quantities, level, RankFigure.Finding.SMALL);
		if (!faults.isEmpty()) return "miscalibrated: " + faults;
		if (RankTest.resolution(scans, samples) > level) return "undecided: so few scans and samples cannot tell a wrong sampler from chance - ask for more scans";
		if (!small.isEmpty()) return "calibrated but for small deviations: " + small;
		return "calibrated, as far as " + scans + " scans of " + samples + " samples can tell";
	}

	private static String list(final List<Quantity> quantities, final double level, final RankFigure.Finding finding) {
		final List<String> found = new ArrayList<>();
		for (final Quantity q : quantities) for (final RankFigure f : q.figures()) if (f.finding(level) == finding) found.add(q.name() + ": " + f.fault());
		return String.join("; ", found);
	}

	/** The figures of a quantity that decide, with what chance does, as a line. */
	public static String text(final Quantity quantity) {
		return String.join("; ", quantity.figures().stream().map(f -> String.format(Locale.ROOT, "%s %.3f (exact %.3f, by chance %.3f to %.3f)", f.statistic().text(), f
			.value(), f.expected(), f.low(), f.high())).toList());
	}

	/** Every figure, a header first. */
	public List<List<String>> figureTable() {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("quantity", "statistic", "value", "exact", "chance low", "chance high", "p", "tolerance", "finding"));
		for (final Quantity q : quantities) for (final RankFigure f : q.figures()) {
			lines.add(List.of(q.name(), f.statistic().text(), "" + f.value(), "" + f.expected(), "" + f.low(), "" + f.high(), "" + f.p(), "" + f.statistic().tolerance(),
				f.finding(level).name().toLowerCase(Locale.ROOT)));
		}
		return lines;
	}

	/** Every point of rank histograms and coverage curves, a header first. */
	public List<List<String>> curveTable() {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("chart", "x", "truth", "exact", "chance low", "chance high"));
		for (final Quantity q : quantities) for (final Chart chart : List.of(q.ranks(), q.coverage(), q.difference())) {
			final List<Chart.Line> curves = chart.lines();
			for (int i = 0; i < curves.get(0).x().length; i++) {
				final int at = i;
				final List<String> cells = new ArrayList<>(List.of(chart.title(), "" + curves.get(0).x()[i]));
				curves.forEach(curve -> cells.add("" + curve.y()[at]));
				lines.add(cells);
			}
		}
		return lines;
	}

	/** The record with the command line and the options that the host knows. */
	public CalibrationFindings signed(final Provenance signed) {
		return new CalibrationFindings(quantities, level, verdict, signed);
	}

	/** The report as one HTML page that needs nothing else. */
	public String html() {
		return CalibrationPage.html(this);
	}
}
