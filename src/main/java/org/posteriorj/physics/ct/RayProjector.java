package org.posteriorj.physics.ct;

import java.util.function.IntFunction;

/**
 * Line integrals of an image on square pixels along given rays, in mm times the unit of the image, and the exact transpose.
 * <p>
 * Rays nearer to vertical are followed row by row, the others column by column; the image is zero outside.
 */
final class RayProjector {

	private final int rows;
	private final int columns;
	private final int rays;
	private final RayBundle steep;
	private final RayBundle flat;

	/**
	 * @param rays the ray of every datum
	 * @param count number of data
	 * @param rows image rows, row 0 at the top
	 * @param columns image columns
	 * @param pixel pixel size in mm
	 */
	RayProjector(final IntFunction<Ray> rays, final int count, final int rows, final int columns, final double pixel) {
		this.rows = rows;
		this.columns = columns;
		this.rays = count;
		steep = new RayBundle(rows, columns, count);
		flat = new RayBundle(columns, rows, count);
		final double middleRow = (rows - 1) / 2.0, middleColumn = (columns - 1) / 2.0;
		for (int k = 0; k < count; k++) {
			final Ray ray = rays.apply(k);
			// the image's own coordinates: column to the right, row downwards
			final double column = ray.x() / pixel + middleColumn, row = middleRow - ray.y() / pixel;
			if (Math.abs(ray.dy()) >= Math.abs(ray.dx())) {
				final double tilt = -ray.dx() / ray.dy();
				steep.add(k, column - tilt * row, tilt, pixel);
			}
			else {
				final double tilt = -ray.dy() / ray.dx();
				flat.add(k, row - tilt * column, tilt, pixel);
			}
		}
	}

	/** Line integrals of an image [row][column]. */
	float[] project(final float[] image) {
		final float[] data = new float[rays];
		final float[] byRows = new float[rows * (columns + 2)], byColumns = new float[columns * (rows + 2)];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			final float value = image[r * columns + c];
			byRows[r * (columns + 2) + c + 1] = value;
			byColumns[c * (rows + 2) + r + 1] = value;
		}
		steep.project(byRows, data);
		flat.project(byColumns, data);
		return data;
	}

	/** The transpose: an image [row][column] from data. */
	float[] backproject(final float[] data) {
		final float[] byRows = new float[rows * (columns + 2)], byColumns = new float[columns * (rows + 2)];
		steep.backproject(data, byRows);
		flat.backproject(data, byColumns);
		final float[] image = new float[rows * columns];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			image[r * columns + c] = byRows[r * (columns + 2) + c + 1] + byColumns[c * (rows + 2) + r + 1];
		}
		return image;
	}
}
