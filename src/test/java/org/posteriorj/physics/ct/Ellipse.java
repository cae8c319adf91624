package org.posteriorj.physics.ct;

/**
 * A uniform ellipse of density 1 whose line integrals are known.
 *
 * @param x centre in mm, to the right
 * @param y centre in mm, up
 * @param a half axis in mm along {@code phi}
 * @param b half axis in mm across
 * @param phi direction of the first axis in radians
 */
record Ellipse(double x, double y, double a, double b, double phi) {

	private static final int SUB = 16;

	static Ellipse disk(final double radius) {
		return new Ellipse(0, 0, radius, radius, 0);
	}

	/** Length of a ray inside. */
	double chord(final Ray ray) {
		final double[] p = unit(ray.x() - x, ray.y() - y), d = unit(ray.dx(), ray.dy());
		final double dd = d[0] * d[0] + d[1] * d[1], pd = p[0] * d[0] + p[1] * d[1], pp = p[0] * p[0] + p[1] * p[1] - 1;
		final double root = pd * pd - dd * pp;
		return root <= 0 ? 0 : 2 * Math.sqrt(root) / dd * Math.hypot(ray.dx(), ray.dy());
	}

	private double[] unit(final double px, final double py) {
		final double c = Math.cos(phi), s = Math.sin(phi);
		return new double[] { (c * px + s * py) / a, (c * py - s * px) / b };
	}

	/** The part of every pixel that is inside, [row][column]. */
	float[] image(final int rows, final int columns, final double pixel) {
		final float[] image = new float[rows * columns];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			int inside = 0;
			for (int i = 0; i < SUB; i++) for (int j = 0; j < SUB; j++) {
				final double[] p = unit((c - (columns - 1) / 2.0 + (j + 0.5) / SUB - 0.5) * pixel - x,
					((rows - 1) / 2.0 - r + (i + 0.5) / SUB - 0.5) * pixel - y);
				if (p[0] * p[0] + p[1] * p[1] <= 1) inside++;
			}
			image[r * columns + c] = (float) inside / (SUB * SUB);
		}
		return image;
	}
}
