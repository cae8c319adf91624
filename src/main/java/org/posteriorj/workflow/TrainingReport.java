package org.posteriorj.workflow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import javax.imageio.ImageIO;

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
			html.append("<p>sigma ").append(Validation.LEVELS.get(l)).append("<br><img alt=\"noisy, denoised and clean\" src=\"data:image/png;base64,").append(png(pictures, l))
				.append("\"></p>\n");
		}
		html.append("<h2>Description in the prior file</h2>\n<pre>").append(Html.escape(meta.toJson())).append("</pre>\n<p>For research only.</p>\n</body></html>\n");
		WholeFile.write(file, draft -> Files.writeString(draft, html));
	}

	/** An 8-bit picture, black at 0 and white at the brightest pixel of the clean third. */
	private static String png(final Volume pictures, final int index) throws IOException {
		final int columns = pictures.width(), rows = pictures.height();
		final float[] slice = pictures.slices().get(index);
		float white = 0;
		for (int r = 0; r < rows; r++) for (int c = 2 * columns / 3; c < columns; c++) white = Math.max(white, slice[r * columns + c]);
		final BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			final double grey = 255 * slice[r * columns + c] / Math.max(white, 1e-6f);
			image.getRaster().setSample(c, r, 0, (int) Math.max(0, Math.min(255, grey)));
		}
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ImageIO.write(image, "png", bytes);
		return Base64.getEncoder().encodeToString(bytes.toByteArray());
	}
}
