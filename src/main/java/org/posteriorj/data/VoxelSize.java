package org.posteriorj.data;

/** Distance of neighbouring voxels in mm along columns (x), rows (y) and slices (z). */
public record VoxelSize(double x, double y, double z) {

	/** Where a file does not say: 1 mm. */
	public static final VoxelSize UNKNOWN = new VoxelSize(1, 1, 1);

	public VoxelSize {
		if (!(x > 0 && y > 0 && z > 0) || Double.isInfinite(x + y + z)) {
			throw new IllegalArgumentException("voxel size must be positive, got " + x + " x " + y + " x " + z + " mm.");
		}
	}
}
