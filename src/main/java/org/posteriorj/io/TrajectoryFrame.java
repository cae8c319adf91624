package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Trajectory;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.VoxelSize;

/**
 * The image that positions in k-space refer to: its size and field of view, and with them what a unit of the positions is.
 *
 * @param rows rows of the image, 0 if it is not known
 * @param columns columns, 0 if not known
 * @param down height of the field of view in mm, 0 if not known
 * @param across width in mm, 0 if not known
 * @param thick thickness of a slice in mm, 0 if not known
 */
record TrajectoryFrame(int rows, int columns, double down, double across, double thick) {

	/** Nothing known. */
	static final TrajectoryFrame UNKNOWN = new TrajectoryFrame(0, 0, 0, 0, 0);

	/** Of positions that were rounded. */
	private static final double ROUNDING = 0.01;

	/** With the sizes that the user gives. */
	TrajectoryFrame with(final TrajectoryOptions given) {
		return new TrajectoryFrame(given.rows() > 0 ? given.rows() : rows, given.columns() > 0 ? given.columns() : columns, down, across, thick);
	}

	/** Complete for positions in cycles per field of view: sizes that are not known are as far as the positions reach. */
	TrajectoryFrame reaching(final List<Trajectory> trajectories) {
		final double[] axes = TrajectoryReach.of(trajectories);
		return new TrajectoryFrame(rows > 0 ? rows : size(axes[0]), columns > 0 ? columns : size(axes[1]), down, across, thick);
	}

	private static int size(final double reach) {
		return Math.max(1, 2 * (int) Math.ceil(reach - ROUNDING));
	}

	/**
	 * Positions of a unit in cycles per field of view.
	 *
	 * @throws IOException if the unit needs a size that neither file nor user states
	 */
	Trajectory cycles(final Trajectory k, final String unit, final Path file) throws IOException {
		switch (unit) {
			case TrajectoryOptions.FOV:
				return k;
			case TrajectoryOptions.METRE:
				if (!(down > 0 && across > 0)) {
					throw FileProblem.of(file, "positions in cycles/m need a field of view, which the file does not state - give them in cycles/FOV.");
				}
				return k.scaled(down / 1000, across / 1000);
			default:
				if (rows == 0 || columns == 0) {
					throw FileProblem.of(file, String.format(Locale.ROOT,
						"its positions, which reach to %.4g, are in %s, and say nothing about the size of the image - open it with Open Raw Data and its options rows and columns.",
						Math.max(Trajectory.reach(k.ky()), Trajectory.reach(k.kx())), unit));
				}
				final double turn = unit.equals(TrajectoryOptions.RADIANS) ? 2 * Math.PI : 1;
				return k.scaled(rows / turn, columns / turn);
		}
	}

	/** Of a complete frame. */
	VoxelSize voxel() {
		return down > 0 && across > 0 && thick > 0 ? new VoxelSize(across / columns, down / rows, thick) : VoxelSize.UNKNOWN;
	}
}
