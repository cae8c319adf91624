package org.posteriorj.host;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;
import org.posteriorj.workflow.CtGeometryReport;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;

/**
 * A CT geometry as a drawing of its first view, x to the right and y up, beside the sinogram of the middle slice.
 * <p>
 * Grey: image and field of view. Yellow: source and outermost rays. Blue: detector, its first pixel marked by a square. Red: the
 * test point, the ray through it, and the curve that it must follow in the sinogram. The green arrow is the sense of rotation.
 */
public final class GeometryPicture {

	private static final int SIDE = 600, GAP = 10;
	private static final float THIN = 1.2f, THICK = 3;

	private final Sinogram scan;
	private final CtGeometryReport report;
	private final double scale;
	private Graphics2D pen;

	private GeometryPicture(final Sinogram scan, final CtGeometryReport report) {
		this.scan = scan;
		this.report = report;
		final Geometry g = scan.geometry();
		final double half = scan.detectors() * g.detectorPitch() / 2 + Math.abs(g.detectorOffset());
		final double detector = g.beam() == Geometry.Beam.PARALLEL ? 1.5 * report.radius() : g.sourceToDetector() - g.sourceToOrigin();
		scale = SIDE / 2.1 / Math.max(1.2 * report.radius(), Math.max(g.sourceToOrigin(), Math.hypot(detector, half)));
	}

	/**
	 * @param x position of the test point of the report in mm
	 * @param y position of the test point of the report in mm
	 */
	public static ImagePlus image(final Sinogram scan, final CtGeometryReport report, final double x, final double y) {
		final BufferedImage canvas = new BufferedImage(2 * SIDE + GAP, SIDE, BufferedImage.TYPE_INT_RGB);
		final GeometryPicture picture = new GeometryPicture(scan, report);
		picture.pen = canvas.createGraphics();
		picture.pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		picture.drawView(x, y);
		picture.drawSinogram();
		picture.pen.dispose();
		return new ImagePlus("Geometry of " + scan.title(), new ColorProcessor(canvas));
	}

	private void drawView(final double x, final double y) {
		final Geometry g = scan.geometry();
		final double field = report.radius(), side = Math.rint(2 * field / g.imagePixel()) * g.imagePixel() / 2;
		final double cos = Math.cos(Math.toRadians(g.angles()[0])), sin = Math.sin(Math.toRadians(g.angles()[0]));
		pen.setStroke(new BasicStroke(THIN));
		pen.setColor(Color.DARK_GRAY);
		pen.draw(new Rectangle2D.Double(px(-side), py(side), 2 * side * scale, 2 * side * scale));
		pen.setColor(Color.GRAY);
		circle(0, 0, field, false);
		line(-field, 0, field, 0);
		line(0, -field, 0, field);
		final double[] first = detector(-0.5, cos, sin), last = detector(scan.detectors() - 0.5, cos, sin);
		pen.setColor(Color.YELLOW);
		ray(first, cos, sin);
		ray(last, cos, sin);
		if (g.beam() != Geometry.Beam.PARALLEL) circle(g.sourceToOrigin() * sin, -g.sourceToOrigin() * cos, 5 / scale, true);
		pen.setColor(Color.RED);
		ray(detector(report.trace()[0], cos, sin), cos, sin);
		circle(x, y, 4 / scale, true);
		pen.setColor(Color.CYAN);
		pen.setStroke(new BasicStroke(THICK));
		for (int j = 0; j < scan.detectors(); j++) {
			final double[] a = detector(j - 0.5, cos, sin), b = detector(j + 0.5, cos, sin);
			line(a[0], a[1], b[0], b[1]);
		}
		pen.fill(new Rectangle2D.Double(px(first[0]) - 5, py(first[1]) - 5, 10, 10));
		drawRotation();
	}

	/** An arc from the first angle to that of a few views later. */
	private void drawRotation() {
		final double[] angles = scan.geometry().angles();
		if (angles.length < 2) return;
		final double sense = Math.signum(angles[1] - angles[0]), r = 0.35 * report.radius();
		pen.setColor(Color.GREEN);
		pen.setStroke(new BasicStroke(THIN));
		for (int d = 0; d < 60; d++) arc(r, angles[0] - 90 + sense * d, sense);
		final double end = Math.toRadians(angles[0] - 90 + sense * 60), back = Math.toRadians(angles[0] - 90 + sense * 48);
		line(r * Math.cos(end), r * Math.sin(end), 1.15 * r * Math.cos(back), 1.15 * r * Math.sin(back));
		line(r * Math.cos(end), r * Math.sin(end), 0.85 * r * Math.cos(back), 0.85 * r * Math.sin(back));
	}

	private void arc(final double r, final double degrees, final double step) {
		final double a = Math.toRadians(degrees), b = Math.toRadians(degrees + step);
		line(r * Math.cos(a), r * Math.sin(a), r * Math.cos(b), r * Math.sin(b));
	}

	/** Where detector index {@code j} stands, in mm. */
	private double[] detector(final double j, final double cos, final double sin) {
		final Geometry g = scan.geometry();
		final double u = g.detectorPosition(j, scan.detectors());
		if (g.beam() == Geometry.Beam.FAN_CURVED) {
			final double gamma = u / g.sourceToDetector(), across = g.sourceToDetector() * Math.sin(gamma), along = g.sourceToDetector() * Math.cos(gamma) - g
				.sourceToOrigin();
			return new double[] { across * cos - along * sin, across * sin + along * cos };
		}
		final double along = g.beam() == Geometry.Beam.PARALLEL ? 1.5 * report.radius() : g.sourceToDetector() - g.sourceToOrigin();
		return new double[] { u * cos - along * sin, u * sin + along * cos };
	}

	/** The ray that ends at a point of the detector. */
	private void ray(final double[] end, final double cos, final double sin) {
		final Geometry g = scan.geometry();
		if (g.beam() == Geometry.Beam.PARALLEL) line(end[0] + 3 * report.radius() * sin, end[1] - 3 * report.radius() * cos, end[0], end[1]);
		else line(g.sourceToOrigin() * sin, -g.sourceToOrigin() * cos, end[0], end[1]);
	}

	private void drawSinogram() {
		final FloatProcessor values = new FloatProcessor(scan.detectors(), scan.views(), scan.slices().get(scan.depth() / 2).clone());
		values.resetMinAndMax();
		pen.drawImage(values.createImage(), SIDE + GAP, 0, SIDE, SIDE, null);
		pen.setColor(Color.RED);
		pen.setStroke(new BasicStroke(THIN));
		final double[] trace = report.trace();
		for (int v = 1; v < trace.length; v++) {
			if (!visible(trace[v - 1]) || !visible(trace[v])) continue;
			pen.draw(new Line2D.Double(column(trace[v - 1]), row(v - 1), column(trace[v]), row(v)));
		}
	}

	private boolean visible(final double index) {
		return index >= -0.5 && index <= scan.detectors() - 0.5;
	}

	private double column(final double index) {
		return SIDE + GAP + (index + 0.5) * SIDE / scan.detectors();
	}

	private double row(final int view) {
		return (view + 0.5) * SIDE / scan.views();
	}

	private double px(final double x) {
		return SIDE / 2.0 + scale * x;
	}

	private double py(final double y) {
		return SIDE / 2.0 - scale * y;
	}

	private void line(final double x1, final double y1, final double x2, final double y2) {
		pen.draw(new Line2D.Double(px(x1), py(y1), px(x2), py(y2)));
	}

	private void circle(final double x, final double y, final double r, final boolean filled) {
		final Ellipse2D shape = new Ellipse2D.Double(px(x - r), py(y + r), 2 * r * scale, 2 * r * scale);
		if (filled) pen.fill(shape);
		else pen.draw(shape);
	}
}
