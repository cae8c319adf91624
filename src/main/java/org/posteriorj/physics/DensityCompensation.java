package org.posteriorj.physics;

import org.posteriorj.data.Trajectory;

/**
 * The area of k-space that each sample stands for, so that {@code F^H w y} is a first image; for start images and
 * preconditioners only, since as weights of the data it would claim a wrong noise level.
 * <p>
 * Fixed point of {@code w = w / (C w)}, C the gridding kernel convolved with itself. On a Cartesian grid every weight is 1.
 *
 * @see "J. G. Pipe, P. Menon, Magn. Reson. Med. 41 (1999) 179-186"
 */
public final class DensityCompensation {

	private static final int ITERATIONS = 30;
	private static final int WIDTH = 6;

	private DensityCompensation() {}

	/** One weight per sample, for images of the given size. */
	public static float[] weights(final Trajectory trajectory, final int rows, final int columns) {
		final int gridRows = FastSize.atLeast(Math.max(2 * rows, WIDTH)), gridColumns = FastSize.atLeast(Math.max(2 * columns, WIDTH));
		final double tall = (double) gridRows / rows, wide = (double) gridColumns / columns;
		final KaiserBessel byRow = new KaiserBessel(WIDTH, tall), byColumn = new KaiserBessel(WIDTH, wide);
		final double[] y = trajectory.ky(), x = trajectory.kx();
		for (int p = 0; p < y.length; p++) {
			y[p] *= tall;
			x[p] *= wide;
		}
		final Gridding gridding = new Gridding(gridRows, gridColumns, y, x, byRow, byColumn, WIDTH);
		// C of a constant density, so that the fixed point has units of area
		final double constant = Math.pow(byRow.transform(0) * byColumn.transform(0), 2) / (tall * wide);
		final float[] weights = new float[2 * y.length];
		for (int p = 0; p < y.length; p++) weights[2 * p] = 1;
		for (int k = 0; k < ITERATIONS; k++) {
			final float[] density = gridding.interpolate(gridding.spread(weights));
			for (int p = 0; p < y.length; p++) weights[2 * p] *= (float) (constant / density[2 * p]);
		}
		final float[] result = new float[y.length];
		for (int p = 0; p < y.length; p++) result[p] = weights[2 * p];
		return result;
	}
}
