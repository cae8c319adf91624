package org.posteriorj.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;

/** Small scans along trajectories, of a part of the sample slice. */
final class TrajectoryScans {

	static final int ROWS = 72, COLUMNS = 60;

	private TrajectoryScans() {}

	/** An object that leaves some background, without symmetry. */
	static Volume object(final int slices) {
		try {
			final Volume whole = RawData.readVolume(Path.of("sample-data/colin27-axial.nii"));
			final float[] small = new float[ROWS * COLUMNS];
			for (int i = 0; i < small.length; i++) {
				final int x = i % COLUMNS, y = i / COLUMNS;
				if (x >= 10 && x < 50 && y >= 8 && y < 64) small[i] = whole.slices().get(0)[(y + 70) * whole.width() + x + 60];
			}
			return new Volume("part", COLUMNS, ROWS, 1, Collections.nCopies(slices, small), VoxelSize.UNKNOWN, "");
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	/** Four coils, noise 2 %. */
	static SimulatedScan scan(final String trajectory, final int spokes, final int slices) {
		return new SimulateMri(new SimulateMriSettings(4, "Full", 2, 24, trajectory, spokes, 0.02, true, 3)).run(object(slices), Monitor.NONE);
	}

	/** The same scan of other samples and positions. */
	static NonCartesianKSpace with(final NonCartesianKSpace scan, final float[] samples, final Trajectory trajectory) {
		return new NonCartesianKSpace(scan.title(), scan.coils(), scan.rows(), scan.columns(), List.of(samples), List.of(trajectory), scan.voxel(), null, List.of());
	}
}
