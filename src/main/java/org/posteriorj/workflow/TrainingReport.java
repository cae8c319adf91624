package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.posteriorj.data.Volume;
import org.posteriorj.io.WholeFile;
import org.posteriorj.prior.PriorMeta;
import org.posteriorj.prior.train.Validation;

/** A training in one HTML file that needs nothing else: what was done, the curves, denoised examples, the description of the prior. */
final class TrainingReport {

	private TrainingReport() {}

	static void write(final Path file, final PriorMeta meta, final Map<String, Object> facts, final TrainingCurve curve, final Volume pictures)
		throws IOException
	{
		final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Training of ").append(Html.escape(meta
			.name())).append("</title>\n<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}td{padding:.1em 1em .1em 0;vertical-align:top}" +
				"img{max-width:100%}pre{white-space:pre-wrap}</style></head><body>\n<h1>Training of ").append(Html.escape(meta.name())).append("</h1>\n").append(Html.table(facts));
		html.append("<h2>Curves</h2>\n").append(SvgChart.of(curve.loss(), true)).append(SvgChart.of(curve.validation(), false));
		html.append("<h2>Held-out volume: noisy, denoised, clean</h2>\n");
		for (int l = 0; l < pictures.depth(); l++) {
			html.append("<p>sigma ").append(Validation.LEVELS.get(l)).append("<br>").append(picture(pictures, l).html("noisy, denoised and clean")).append(
				"</p>\n");
		}
		html.append("<h2>Description in the prior file</h2>\n<pre>").append(Html.escape(meta.toJson())).append("</pre>\n<p>For research only.</p>\n</body></html>\n");
		WholeFile.write(file, draft -> Files.writeString(draft, html));
	}

	/** White is the brightest pixel of the clean third. */
	private static HtmlPicture picture(final Volume pictures, final int index) {
		final int columns = pictures.width(), rows = pictures.height();
		final float[] slice = pictures.slices().get(index);
		float white = 0;
		for (int r = 0; r < rows; r++) for (int c = 2 * columns / 3; c < columns; c++) white = Math.max(white, slice[r * columns + c]);
		return new HtmlPicture(pictures, index, 0, Math.max(white, 1e-6f));
	}
}
