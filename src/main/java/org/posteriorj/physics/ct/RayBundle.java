package org.posteriorj.physics.ct;

/**
 * Line integrals along rays that cross every line (row or column) of an image once, by linear interpolation between the two
 * nearest pixels of the line, and the exact transpose.
 * <p>
 * Images are passed padded: lines of {@code width + 2} values with a zero at either end.
 *
 * @see "P. M. Joseph, IEEE Trans. Med. Imaging 1 (1982) 192-196"
 */
final class RayBundle {

	private static final int RAYS_PER_TASK = 512;
	private static final int LINES_PER_TASK = 16;
	private static final int LINES_PER_BLOCK = 256;

	private final int lines;
	private final int width;
	private final int[] datum;
	/** Positions in the padded line 0 and their change per line, in units of 2^-32 pixel: integers add exactly and fast. */
	private final long[] start;
	private final long[] slope;
	private final float[] length;
	private final int[] first;
	private final int[] last;
	private int rays;

	/**
	 * @param lines lines of the image
	 * @param width pixels of a line
	 * @param capacity at most this many rays
	 */
	RayBundle(final int lines, final int width, final int capacity) {
		this.lines = lines;
		this.width = width;
		datum = new int[capacity];
		start = new long[capacity];
		slope = new long[capacity];
		length = new float[capacity];
		first = new int[capacity];
		last = new int[capacity];
	}

	/**
	 * Adds the ray whose position in line l is pixel {@code at + slope l}, if it meets the image.
	 *
	 * @param index where its line integral stands in the data
	 * @param pixel distance of neighbouring pixels and lines in mm
	 */
	void add(final int index, final double at, final double tilt, final double pixel) {
		final double q = at + 1;
		start[rays] = Math.round(q * 0x1p32);
		slope[rays] = Math.round(tilt * 0x1p32);
		int from = 0, to = lines;
		if (tilt != 0) {
			final double a = -q / tilt, b = (width + 1 - q) / tilt;
			from = (int) Math.max(0, Math.min(lines, Math.floor(Math.min(a, b)) - 1));
			to = (int) Math.max(from, Math.min(lines, Math.ceil(Math.max(a, b)) + 2));
		}
		while (from < to && !inside(from)) from++;
		while (from < to && !inside(to - 1)) to--;
		if (from == to) return;
		datum[rays] = index;
		length[rays] = (float) (pixel * Math.sqrt(1 + tilt * tilt));
		first[rays] = from;
		last[rays] = to;
		rays++;
	}

	/** Whether the newest ray crosses a line between its first and last padded pixel. */
	private boolean inside(final int line) {
		final long q = start[rays] + slope[rays] * line;
		return q >= 0 && q < (long) (width + 1) << 32;
	}

	/** Adds the line integrals of a padded image to {@code data}. */
	void project(final float[] image, final float[] data) {
		Workers.each((rays + RAYS_PER_TASK - 1) / RAYS_PER_TASK, task -> {
			final int end = Math.min(rays, (task + 1) * RAYS_PER_TASK);
			// neighbouring rays share pixels: lines few enough to stay in the processor's cache from one ray to the next
			for (int from = 0; from < lines; from += LINES_PER_BLOCK) for (int k = task * RAYS_PER_TASK; k < end; k++) {
				data[datum[k]] += length[k] * sum(image, k, Math.max(from, first[k]), Math.min(from + LINES_PER_BLOCK, last[k]));
			}
		});
	}

	private float sum(final float[] image, final int k, final int from, final int to) {
		final long tilt = slope[k];
		final int stride = width + 2;
		long q = start[k] + tilt * from;
		float sum = 0;
		for (int l = from, row = l * stride; l < to; l++, row += stride, q += tilt) {
			final int i = row + (int) (q >> 32);
			sum += image[i] + fraction(q) * (image[i + 1] - image[i]);
		}
		return sum;
	}

	/** The fraction of a fixed-point position. */
	private static float fraction(final long q) {
		return ((int) (q >>> 8) & 0xFFFFFF) * 0x1p-24f;
	}

	/** Adds the transpose applied to {@code data} to a padded image. */
	void backproject(final float[] data, final float[] image) {
		// NB: a task owns its lines and takes the rays in order, so the sums do not depend on the threads
		Workers.each((lines + LINES_PER_TASK - 1) / LINES_PER_TASK, task -> {
			final int from = task * LINES_PER_TASK, to = Math.min(lines, from + LINES_PER_TASK);
			for (int k = 0; k < rays; k++) spread(data[datum[k]] * length[k], image, k, Math.max(from, first[k]), Math.min(to, last[k]));
		});
	}

	private void spread(final float value, final float[] image, final int k, final int from, final int to) {
		final long tilt = slope[k];
		final int stride = width + 2;
		long q = start[k] + tilt * from;
		for (int l = from, row = l * stride; l < to; l++, row += stride, q += tilt) {
			final int i = row + (int) (q >> 32);
			final float right = value * fraction(q);
			image[i] += value - right;
			image[i + 1] += right;
		}
	}
}
