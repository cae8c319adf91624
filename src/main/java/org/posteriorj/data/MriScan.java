package org.posteriorj.data;

import java.util.List;
import java.util.Optional;

/** Raw multi-coil data of one or more slices: on a Cartesian grid, or along a trajectory. */
public sealed interface MriScan permits KSpace, NonCartesianKSpace {

	/** Short name, for windows and reports. */
	String title();

	/** Number of receive coils. */
	int coils();

	/** Rows of the image. */
	int rows();

	/** Columns of the image. */
	int columns();

	/** Readouts of a slice: rows of the grid, or shots of the trajectory. */
	int readouts();

	/** Samples of a readout. */
	int readoutSamples();

	/** One array [coil][readout][sample][real, imaginary] per slice. */
	List<float[]> slices();

	/** Voxel size of the image. */
	VoxelSize voxel();

	/** The noise covariance of a noise scan, null without one. */
	NoiseCovariance noise();

	/** Points of the Cartesian grid over those measured, of all slices together. */
	double acceleration();

	/** How the file was understood, one line each. */
	List<String> reading();

	/** Number of slices. */
	default int depth() {
		return slices().size();
	}

	/** The noise covariance, if a noise scan gave one. */
	default Optional<NoiseCovariance> noiseCovariance() {
		return Optional.ofNullable(noise());
	}
}
