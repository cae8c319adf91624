package org.posteriorj.physics;

/**
 * Kaiser-Bessel interpolation between a periodic grid and scattered points, and its exact transpose.
 * <p>
 * Grids are [row][column][real, imaginary], index 0 the zero frequency; samples [point][real, imaginary].
 */
final class Gridding {

	private final int rows;
	private final int columns;
	private final int width;
	private final int points;
	/** First grid row and column under the kernel at a point, and the weights from there. */
	private final int[] firstRow;
	private final int[] firstColumn;
	private final float[] rowWeights;
	private final float[] columnWeights;

	/**
	 * @param rows grid rows
	 * @param columns grid columns
	 * @param y positions of the points in grid rows, any real number
	 * @param x positions in grid columns
	 * @param byRow kernel along the rows axis
	 * @param byColumn kernel along the columns axis
	 * @param width grid points under either kernel
	 */
	Gridding(final int rows, final int columns, final double[] y, final double[] x, final KaiserBessel byRow, final KaiserBessel byColumn,
		final int width)
	{
		if (rows < width || columns < width) {
			throw new IllegalArgumentException("gridding: a grid of " + rows + " x " + columns + " is smaller than the kernel of " + width + " points.");
		}
		this.rows = rows;
		this.columns = columns;
		this.width = width;
		points = y.length;
		firstRow = new int[points];
		firstColumn = new int[points];
		rowWeights = new float[points * width];
		columnWeights = new float[points * width];
		for (int p = 0; p < points; p++) {
			firstRow[p] = place(y[p], rows, byRow, rowWeights, p);
			firstColumn[p] = place(x[p], columns, byColumn, columnWeights, p);
		}
	}

	private int place(final double position, final int size, final KaiserBessel kernel, final float[] weights, final int p) {
		final double first = Math.ceil(position - width / 2.0);
		for (int i = 0; i < width; i++) weights[p * width + i] = (float) kernel.value(position - first - i);
		return (int) Math.floorMod((long) first, (long) size);
	}

	/** Samples of a grid. */
	float[] interpolate(final float[] grid) {
		final float[] samples = new float[2 * points];
		for (int p = 0; p < points; p++) {
			double real = 0, imaginary = 0;
			for (int a = 0, row = firstRow[p]; a < width; a++, row = row + 1 == rows ? 0 : row + 1) {
				double lineReal = 0, lineImaginary = 0;
				for (int b = 0, column = firstColumn[p]; b < width; b++, column = column + 1 == columns ? 0 : column + 1) {
					final float w = columnWeights[p * width + b];
					final int i = 2 * (row * columns + column);
					lineReal += w * grid[i];
					lineImaginary += w * grid[i + 1];
				}
				real += rowWeights[p * width + a] * lineReal;
				imaginary += rowWeights[p * width + a] * lineImaginary;
			}
			samples[2 * p] = (float) real;
			samples[2 * p + 1] = (float) imaginary;
		}
		return samples;
	}

	/** The transpose: a grid to which every sample has added itself, times the kernel. */
	float[] spread(final float[] samples) {
		final float[] grid = new float[2 * rows * columns];
		for (int p = 0; p < points; p++) {
			for (int a = 0, row = firstRow[p]; a < width; a++, row = row + 1 == rows ? 0 : row + 1) {
				final float real = rowWeights[p * width + a] * samples[2 * p], imaginary = rowWeights[p * width + a] * samples[2 * p + 1];
				for (int b = 0, column = firstColumn[p]; b < width; b++, column = column + 1 == columns ? 0 : column + 1) {
					final float w = columnWeights[p * width + b];
					final int i = 2 * (row * columns + column);
					grid[i] += w * real;
					grid[i + 1] += w * imaginary;
				}
			}
		}
		return grid;
	}
}
