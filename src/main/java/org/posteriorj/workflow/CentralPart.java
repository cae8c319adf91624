package org.posteriorj.workflow;

import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.VoxelSize;

/** One slice of a scan, and the central part of its k-space: the same field of view at a lower resolution. */
final class CentralPart {

	private CentralPart() {}

	/** Slice z alone. */
	static MriScan slice(final MriScan scan, final int z) {
		if (scan instanceof final KSpace k) {
			return new KSpace(k.title(), k.coils(), k.rows(), k.columns(), List.of(k.slices().get(z)), List.of(k.sampled().get(z)), k.voxel(), k.noise(), k.reading());
		}
		final NonCartesianKSpace k = (NonCartesianKSpace) scan;
		return new NonCartesianKSpace(k.title(), k.coils(), k.rows(), k.columns(), List.of(k.slices().get(z)), List.of(k.trajectories().get(z)), k.voxel(), k.noise(), k
			.reading());
	}

	/** What a scan of one slice has measured of an image of at most {@code side} rows and columns. */
	static MriScan of(final MriScan scan, final int side) {
		final int rows = Math.min(side, scan.rows()), columns = Math.min(side, scan.columns());
		final VoxelSize voxel = new VoxelSize(scan.voxel().x() * scan.columns() / columns, scan.voxel().y() * scan.rows() / rows, scan.voxel().z());
		return scan instanceof final KSpace k ? grid(k, rows, columns, voxel) : path((NonCartesianKSpace) scan, rows, columns, voxel);
	}

	private static KSpace grid(final KSpace k, final int rows, final int columns, final VoxelSize voxel) {
		final int top = k.rows() / 2 - rows / 2, left = k.columns() / 2 - columns / 2;
		final float[] values = new float[2 * k.coils() * rows * columns];
		final boolean[] sampled = new boolean[rows * columns];
		for (int r = 0; r < rows; r++) {
			final int from = (r + top) * k.columns() + left;
			System.arraycopy(k.sampled().get(0), from, sampled, r * columns, columns);
			for (int c = 0; c < k.coils(); c++) {
				System.arraycopy(k.slices().get(0), 2 * (c * k.rows() * k.columns() + from), values, 2 * (c * rows + r) * columns, 2 * columns);
			}
		}
		return new KSpace(k.title(), k.coils(), rows, columns, List.of(values), List.of(sampled), voxel, k.noise(), k.reading());
	}

	private static NonCartesianKSpace path(final NonCartesianKSpace k, final int rows, final int columns, final VoxelSize voxel) {
		final Trajectory all = k.trajectories().get(0);
		final double[] ky = all.ky(), kx = all.kx();
		final int[] kept = IntStream.range(0, ky.length).filter(i -> Math.abs(ky[i]) <= rows / 2.0 && Math.abs(kx[i]) <= columns / 2.0).toArray();
		if (kept.length == 0) {
			throw new IllegalArgumentException("self-test: the trajectory of '" + k.title() + "' has no sample in the central " + rows + " x " + columns + " of k-space.");
		}
		final float[] values = new float[2 * k.coils() * kept.length];
		for (int c = 0; c < k.coils(); c++) for (int i = 0; i < kept.length; i++) {
			System.arraycopy(k.slices().get(0), 2 * (c * all.points() + kept[i]), values, 2 * (c * kept.length + i), 2);
		}
		final Trajectory centre = new Trajectory(1, kept.length, IntStream.of(kept).mapToDouble(i -> ky[i]).toArray(), IntStream.of(kept).mapToDouble(i -> kx[i]).toArray());
		return new NonCartesianKSpace(k.title(), k.coils(), rows, columns, List.of(values), List.of(centre), voxel, k.noise(), k.reading());
	}
}
