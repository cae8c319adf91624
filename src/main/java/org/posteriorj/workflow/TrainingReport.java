package org.posteriorj.workflow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

import javax.imageio.ImageIO;

import org.posteriorj.data.Chart;
import org.posteriorj.data.Volume;
import org.posteriorj.io.WholeFile;
import org.posteriorj.prior.PriorMeta;
import org.posteriorj.prior.train.Validation;

/** A training in one HTML file that needs nothing else: what was done, the curves, denoised examples, the description of the prior. */
final class TrainingReport {

	private static final String[] COLOURS = { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9" };
	private static final int WIDTH = 640, HEIGHT = 300, LEFT = 60, BOTTOM = 40, LEGEND = 110;

	private TrainingReport() {}

	static void write(final Path file, final PriorMeta meta, final Map<String, Object> facts, final TrainingCurve curve, final Volume pictures)
		throws IOException
	{
		final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Training of ").append(escape(meta
			.name())).append("</title>\n<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}td{padding:.1em 1em .1em 0;vertical-align:top}" +
				"img{max-width:100%}pre{white-space:pre-wrap}</style></head><body>\n<h1>Training of ").append(escape(meta.name())).append("</h1>\n<table>\n");
		facts.forEach((key, value) -> html.append("<tr><td>").append(escape(key)).append("</td><td>").append(escape(String.valueOf(value))).append("</td></tr>\n"));
		html.append("</table>\n<h2>Curves</h2>\n").append(svg(curve.loss(), true)).append(svg(curve.validation(), false));
		html.append("<h2>Held-out volume: noisy, denoised, clean</h2>\n");
		for (int l = 0; l < pictures.depth(); l++) {
			html.append("<p>sigma ").append(Validation.LEVELS.get(l)).append("<br><img alt=\"noisy, denoised and clean\" src=\"data:image/png;base64,").append(png(pictures, l))
				.append("\"></p>\n");
		}
		html.append("<h2>Description in the prior file</h2>\n<pre>").append(escape(meta.toJson())).append("</pre>\n<p>For research only.</p>\n</body></html>\n");
		WholeFile.write(file, draft -> Files.writeString(draft, html));
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/** Lines with axes; a logarithmic y axis suits a loss. */
	private static String svg(final Chart chart, final boolean logarithmic) {
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
			svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>", x(i / 4.0), HEIGHT - BOTTOM + 15, maxX * i / 4));
		}
		svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", WIDTH / 2, HEIGHT - 8, escape(chart.xLabel())));
		svg.append(String.format(Locale.ROOT, "<text transform=\"translate(12,%d) rotate(-90)\" text-anchor=\"middle\">%s</text>", HEIGHT / 2, escape(chart.yLabel())));
		int n = 0;
		for (final Chart.Line line : chart.lines()) {
			final String colour = COLOURS[n % COLOURS.length];
			svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour).append("\" points=\"");
			for (int i = 0; i < line.x().length; i++) svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(line.x()[i] / maxX), y((axis(line.y()[i], logarithmic) -
				low) / span)));
			svg.append(String.format(Locale.ROOT, "\"/><text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", WIDTH + 8, 20 + 15 * n++, colour, escape(line.name())));
		}
		return svg.append("</svg>\n").toString();
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
