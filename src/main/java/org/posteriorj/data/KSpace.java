package org.posteriorj.data;

import java.util.List;

/**
 * Raw multi-coil Cartesian data of one or more slices, zero frequency at row floor(rows/2), column floor(columns/2).
 * <p>
 * A slice is [coil][row = ky][column = kx][real, imaginary], zero where not sampled.
 *
 * @param title short name, for windows and reports
 * @param coils number of receive coils
 * @param rows size along ky
 * @param columns size along kx (readout)
 * @param slices one array of 2 coils rows columns values per slice
 * @param sampled one array of rows columns values per slice: whether the sample was measured
 * @param voxel voxel size of the image
 * @param noise noise covariance of the coils, from a noise scan; null if unknown
 * @param reading how the file was understood: axes, oversampling, noise; one line each
 */
public record KSpace(String title, int coils, int rows, int columns, List<float[]> slices, List<boolean[]> sampled,
	VoxelSize voxel, NoiseCovariance noise, List<String> reading) implements MriScan
{

	public KSpace {
		if (coils < 1 || rows < 1 || columns < 1) {
			throw new IllegalArgumentException("k-space: needs at least one coil, row and column, got " + coils + " coils of " + rows + " x " +
				columns + " (rows x columns).");
		}
		if (slices.isEmpty() || slices.size() != sampled.size()) {
			throw new IllegalArgumentException("k-space: needs at least one slice and one mask per slice, got " + slices.size() + " slices and " +
				sampled.size() + " masks.");
		}
		for (int z = 0; z < slices.size(); z++) {
			if (slices.get(z).length != 2 * coils * rows * columns || sampled.get(z).length != rows * columns) {
				throw new IllegalArgumentException("k-space: slice " + z + " has " + slices.get(z).length + " values and " + sampled.get(z).length +
					" mask values, expected " + 2 * coils * rows * columns + " and " + rows * columns + ".");
			}
		}
		if (noise != null && noise.coils() != coils) {
			throw new IllegalArgumentException("k-space: the noise covariance is for " + noise.coils() + " coils, the data have " + coils + ".");
		}
		slices = List.copyOf(slices);
		sampled = List.copyOf(sampled);
		reading = List.copyOf(reading);
	}

	@Override
	public int readouts() {
		return rows;
	}

	@Override
	public int readoutSamples() {
		return columns;
	}

	/** A mask as numbers: 1 where sampled, else 0. */
	public static float[] ones(final boolean[] mask) {
		final float[] ones = new float[mask.length];
		for (int i = 0; i < ones.length; i++) ones[i] = mask[i] ? 1 : 0;
		return ones;
	}

	@Override
	public double acceleration() {
		long measured = 0;
		for (final boolean[] mask : sampled) for (final boolean s : mask) if (s) measured++;
		return (double) depth() * rows * columns / measured;
	}
}
