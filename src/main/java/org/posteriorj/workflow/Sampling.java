package org.posteriorj.workflow;

import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.mri.CentreOfKSpace;
import org.posteriorj.physics.mri.CoilOperator;
import org.posteriorj.physics.mri.Espirit;
import org.posteriorj.physics.mri.MapError;
import org.posteriorj.physics.mri.NonCartesianSense;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Tensors;

/** What differs between a slice on a grid and one along a trajectory: where its coil maps come from, and its operator. */
interface Sampling {

	/** Maps of whitened coils, complex64 [coils, H, W], from their samples [coils, readouts, samples, 2]. */
	Tensor maps(Tensor samples);

	/** What the user should know about such maps; empty if nothing. */
	List<String> warnings();

	/** What samples of the whitened coils weigh with such maps, see {@link MapError}; null if all the same. */
	Tensor weights(Tensor samples);

	/** The operator of coils with these maps. */
	CoilOperator operator(Tensor maps, ComputeDevice device);

	/** Of slice z. */
	static Sampling of(final MriScan scan, final int z) {
		if (scan instanceof KSpace kspace) return new Grid(kspace.rows(), kspace.columns(), kspace.sampled().get(z));
		final NonCartesianKSpace along = (NonCartesianKSpace) scan;
		return Path.of(along.trajectories().get(z), along.rows(), along.columns());
	}

	/** Points of the Cartesian grid. */
	record Grid(int rows, int columns, boolean[] mask) implements Sampling {

		@Override
		public Tensor maps(final Tensor samples) {
			return new Espirit().maps(samples, mask, 1)[0].maps();
		}

		@Override
		public List<String> warnings() {
			return Espirit.warnings(mask, rows, columns);
		}

		@Override
		public Tensor weights(final Tensor samples) {
			final double error = MapError.of(mask, rows, columns);
			return error == 0 ? null : MapError.weights(samples, Tensors.of(KSpace.ones(mask), rows, columns), true, error, PrewhitenedCoils.SIGMA);
		}

		@Override
		public CoilOperator operator(final Tensor maps, final ComputeDevice device) {
			return new SenseOperator(maps, device.place(Tensors.of(KSpace.ones(mask), rows, columns)));
		}
	}

	/** Points of a trajectory, with the centre of k-space that they cover. */
	record Path(CentreOfKSpace centre, boolean[] mask, int rows, int columns, Trajectory trajectory) implements Sampling {

		static Path of(final Trajectory trajectory, final int rows, final int columns) {
			final CentreOfKSpace centre = new CentreOfKSpace(trajectory, rows, columns);
			return new Path(centre, centre.mask(), rows, columns, trajectory);
		}

		@Override
		public Tensor maps(final Tensor samples) {
			return new Espirit().maps(centre.kspace(samples), mask, 1)[0].maps();
		}

		@Override
		public List<String> warnings() {
			return Espirit.warnings(mask, rows, columns);
		}

		@Override
		public Tensor weights(final Tensor samples) {
			final double error = MapError.of(mask, rows, columns);
			if (error == 0) return null;
			final Tensor all = Tensors.scale(samples.select(0, 0).select(-1, 0), 0).add(new Scalar(1));
			return MapError.weights(samples, all, false, error, PrewhitenedCoils.SIGMA);
		}

		@Override
		public CoilOperator operator(final Tensor maps, final ComputeDevice device) {
			return new NonCartesianSense(maps, trajectory);
		}
	}
}
