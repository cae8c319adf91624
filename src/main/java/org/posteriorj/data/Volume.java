package org.posteriorj.data;

import java.util.List;

/**
 * Images of one or more slices.
 *
 * @param title short name, for windows and reports
 * @param width columns
 * @param height rows; row 0 is the top
 * @param channels 1 real, 2 complex (real, imaginary)
 * @param slices one array [channel][row][column] per slice
 * @param voxel voxel size
 * @param unit unit of the values, empty if arbitrary
 */
public record Volume(String title, int width, int height, int channels, List<float[]> slices, VoxelSize voxel, String unit) {

	public Volume {
		if (width < 1 || height < 1 || channels < 1 || slices.isEmpty()) {
			throw new IllegalArgumentException("volume: needs at least one pixel, channel and slice, got " + width + " x " + height + ", " + channels +
				" channels, " + slices.size() + " slices.");
		}
		for (final float[] slice : slices) {
			if (slice.length != channels * width * height) {
				throw new IllegalArgumentException("volume: a slice has " + slice.length + " values, expected " + channels * width * height + " (" +
					channels + " channels of " + height + " x " + width + ").");
			}
		}
		slices = List.copyOf(slices);
	}

	/** Number of slices. */
	public int depth() {
		return slices.size();
	}

	/** Absolute value of a complex volume, the volume itself if it is real. */
	public Volume magnitude() {
		if (channels != 2) return this;
		final int n = width * height;
		final List<float[]> planes = slices.stream().map(slice -> {
			final float[] plane = new float[n];
			for (int i = 0; i < n; i++) plane[i] = (float) Math.hypot(slice[i], slice[n + i]);
			return plane;
		}).toList();
		return new Volume(title, width, height, 1, planes, voxel, unit);
	}

	/** Phase in radians of a complex volume, -pi to pi. */
	public Volume phase() {
		if (channels != 2) throw new IllegalArgumentException("volume '" + title + "' is real and has no phase.");
		final int n = width * height;
		final List<float[]> planes = slices.stream().map(slice -> {
			final float[] plane = new float[n];
			for (int i = 0; i < n; i++) plane[i] = (float) Math.atan2(slice[n + i], slice[i]);
			return plane;
		}).toList();
		return new Volume(title, width, height, 1, planes, voxel, "radian");
	}

	/** The same images under another title. */
	public Volume titled(final String newTitle) {
		return new Volume(newTitle, width, height, channels, slices, voxel, unit);
	}
}
