package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.TrajectoryOptions;

/**
 * Pairs of files, one with the samples and one with their positions: NumPy {@code kspace.npy} and {@code trajectory.npy}; BART, samples of
 * dimensions [1, samples, shots, coils] and positions [3, samples, shots] in cycles per field of view, slices along 13.
 */
final class TrajectoryFiles {

	private static final int SAMPLE = 1, SHOT = 2, COIL = 3, SLICE = 13;

	private TrajectoryFiles() {}

	/** The positions for a file of samples: those that the user names, or else those beside it; null if there are none. */
	static Path of(final Path file, final TrajectoryOptions given) throws IOException {
		if (given.file() != null) {
			FileProblem.requireFile(given.file());
			return given.file();
		}
		final String name = file.getFileName().toString(), ending = FileProblem.named(file, ".npy") ? ".npy" : ".cfl";
		final String stem = name.substring(0, name.length() - 4);
		for (final String other : List.of(stem + "-trajectory", "trajectory", "traj")) {
			final Path beside = file.resolveSibling(other + ending);
			if (!other.equals(stem) && Files.exists(beside)) return beside;
		}
		return null;
	}

	/** The scan of a pair. */
	static NonCartesianKSpace read(final Path file, final Path positions, final TrajectoryOptions given) throws IOException {
		if (FileProblem.named(file, ".npy")) {
			return TrajectoryArrays.of(file, new NumPyReader().array(file), positions, new NumPyReader().array(positions), given, null, List.of("format: NumPy"));
		}
		return TrajectoryArrays.of(file, samples(file), positions, positions(positions), given, TrajectoryOptions.FOV, List.of(
			"format: BART, dimension 1 read as samples, 2 as shots, 3 as coils, 13 as slices"));
	}

	private static NumericArray samples(final Path file) throws IOException {
		final int[] dims = dims(file, 1);
		return new NumericArray(new int[] { dims[SLICE], dims[COIL], dims[SHOT], dims[SAMPLE] }, true, BartReader.values(file, dims), false);
	}

	private static NumericArray positions(final Path file) throws IOException {
		final int[] dims = dims(file, 3);
		if (dims[COIL] != 1) throw FileProblem.of(file, "expected size 1 along BART dimension 3, got " + dims[COIL] + " - a trajectory is the same for all coils.");
		final float[] pairs = BartReader.values(file, dims), values = new float[pairs.length / 2];
		for (int i = 0; i < values.length; i++) {
			values[i] = pairs[2 * i];
			if (pairs[2 * i + 1] != 0) throw FileProblem.of(file, "positions must be real, got an imaginary part of " + pairs[2 * i + 1] + " - is it a trajectory?");
		}
		return new NumericArray(new int[] { dims[SLICE], dims[SHOT], dims[SAMPLE], dims[0] }, false, values, false);
	}

	private static int[] dims(final Path file, final int first) throws IOException {
		final int[] dims = BartReader.dims(file);
		for (int d = 0; d < dims.length; d++) {
			final int wanted = d == 0 ? first : 1;
			if (d != SAMPLE && d != SHOT && d != COIL && d != SLICE && dims[d] != wanted) {
				throw FileProblem.of(file, "expected size " + wanted + " along BART dimension " + d + (d == 0 ? first == 1 ? " of samples along a trajectory"
					: " of a trajectory" : "") + ", got " + dims[d] + ".");
			}
		}
		return dims;
	}
}
