package org.posteriorj.data;

import java.util.List;

/**
 * Raw multi-coil data measured along a trajectory, of one or more slices.
 * <p>
 * A slice is [coil][shot][sample][real, imaginary]; a sample is {@code (HW)^(-1/2) sum_r S(r) x(r) exp(-2 pi i k r)}, the scale of the
 * unitary transform on a grid.
 *
 * @param title short name, for windows and reports
 * @param coils number of receive coils
 * @param rows rows of the image
 * @param columns columns of the image
 * @param slices one array of 2 coils shots samples values per slice
 * @param trajectories one per slice, all with the same numbers of shots and samples
 * @param voxel voxel size of the image
 * @param noise noise covariance of the coils, from a noise scan; null if unknown
 * @param reading how the file was understood: axes, units of the trajectory, noise; one line each
 */
public record NonCartesianKSpace(String title, int coils, int rows, int columns, List<float[]> slices, List<Trajectory> trajectories,
	VoxelSize voxel, NoiseCovariance noise, List<String> reading) implements MriScan
{

	/** Reach of a trajectory, in parts of what the image can hold, below which its units are wrong. */
	private static final double LEAST_REACH = 1 / 16.0;

	public NonCartesianKSpace {
		if (coils < 1 || rows < 1 || columns < 1) {
			throw new IllegalArgumentException("non-Cartesian k-space: needs at least one coil, row and column, got " + coils + " coils and an image of " + rows +
				" x " + columns + " (rows x columns).");
		}
		if (slices.isEmpty() || slices.size() != trajectories.size()) {
			throw new IllegalArgumentException("non-Cartesian k-space: needs at least one slice and one trajectory per slice, got " + slices.size() +
				" slices and " + trajectories.size() + " trajectories.");
		}
		final Trajectory first = trajectories.get(0);
		for (int z = 0; z < slices.size(); z++) {
			final Trajectory k = trajectories.get(z);
			if (k.shots() != first.shots() || k.samples() != first.samples()) {
				throw new IllegalArgumentException("non-Cartesian k-space: the trajectory of slice " + z + " has " + k.shots() + " shots of " + k.samples() +
					" samples, that of slice 0 has " + first.shots() + " of " + first.samples() + " - all slices need the same.");
			}
			if (slices.get(z).length != 2 * coils * k.points()) {
				throw new IllegalArgumentException("non-Cartesian k-space: slice " + z + " has " + slices.get(z).length + " values, expected " + 2 * coils * k.points() +
					" (" + coils + " coils, " + k.shots() + " shots of " + k.samples() + " complex samples, as the trajectory says).");
			}
			requireReach(k, z, rows, columns);
		}
		if (noise != null && noise.coils() != coils) {
			throw new IllegalArgumentException("non-Cartesian k-space: the noise covariance is for " + noise.coils() + " coils, the data have " + coils + ".");
		}
		slices = List.copyOf(slices);
		trajectories = List.copyOf(trajectories);
		reading = List.copyOf(reading);
	}

	/** Units that are off show in how far out the trajectory goes. */
	private static void requireReach(final Trajectory k, final int z, final int rows, final int columns) {
		final double down = Trajectory.reach(k.ky()), across = Trajectory.reach(k.kx());
		if (down > rows / 2.0 + 1 || across > columns / 2.0 + 1 || Math.max(2 * down / rows, 2 * across / columns) < LEAST_REACH) {
			throw new IllegalArgumentException(String.format(java.util.Locale.ROOT,
				"trajectory: slice %d reaches to ky %.4g and kx %.4g cycles per field of view, an image of %d x %d (rows x columns) holds %d and %d - are the units or the size wrong?",
				z, down, across, rows, columns, rows / 2, columns / 2));
		}
	}

	@Override
	public int readouts() {
		return trajectories.get(0).shots();
	}

	@Override
	public int readoutSamples() {
		return trajectories.get(0).samples();
	}

	/** Cells of the Cartesian grid over cells that hold a sample, of all slices together. */
	@Override
	public double acceleration() {
		long measured = 0;
		for (final Trajectory k : trajectories) {
			final boolean[] cells = new boolean[rows * columns];
			final double[] ky = k.ky(), kx = k.kx();
			for (int i = 0; i < ky.length; i++) {
				final int row = Math.floorMod(Math.round(ky[i]) + rows / 2, rows), column = Math.floorMod(Math.round(kx[i]) + columns / 2, columns);
				if (!cells[row * columns + column]) measured++;
				cells[row * columns + column] = true;
			}
		}
		return (double) depth() * rows * columns / measured;
	}
}
