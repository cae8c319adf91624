package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Projections;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.Volume;

/** Files of every format that is read. */
public final class RawData {

	private static final List<KSpaceReader> KSPACE = List.of(new NumPyReader(), new BartReader(), new IsmrmrdReader(), new FastMriReader());
	private static final List<VolumeReader> VOLUMES = List.of(new NumPyReader(), new BartReader(), new NiftiReader());
	private static final List<ProjectionsReader> PROJECTIONS = List.of(new NumPyReader(), new MatReader(), new DataExchangeReader());
	private static final String PROJECTION_ENDINGS = ".npy, MATLAB 5 .mat, Data Exchange .h5";
	private static final String KSPACE_ENDINGS = ".npy, .cfl/.hdr, ISMRMRD .h5, fastMRI .h5";
	private static final String VOLUME_ENDINGS = ".npy, .cfl/.hdr, .nii, .nii.gz";

	private RawData() {}

	/** Whether the name of a file is one of raw MRI data. */
	public static boolean reads(final Path file) {
		return FileProblem.named(file, ".npy", ".cfl", ".h5", ".mrd") || new BartReader().accepts(file);
	}

	/** K-space of a file. */
	public static KSpace read(final Path file) throws IOException {
		FileProblem.requireFile(file);
		for (final KSpaceReader reader : KSPACE) if (reader.accepts(file)) return reader.read(file);
		throw FileProblem.of(file, "not a kind of raw data that is read, expected " + KSPACE_ENDINGS + " - convert it.");
	}

	/**
	 * The scan of a file, on a grid or along a trajectory: where the file states one, the user names one, or one lies beside it.
	 *
	 * @param given what the user says about the trajectory
	 */
	public static MriScan read(final Path file, final TrajectoryOptions given) throws IOException {
		FileProblem.requireFile(file);
		final IsmrmrdReader ismrmrd = new IsmrmrdReader();
		if (new NumPyReader().accepts(file) || new BartReader().accepts(file)) {
			final Path positions = TrajectoryFiles.of(file, given);
			if (positions != null) return TrajectoryFiles.read(file, positions, given);
		}
		else if (given.file() == null && ismrmrd.accepts(file)) return ismrmrd.read(file, given);
		if (!given.equals(TrajectoryOptions.NONE)) {
			throw FileProblem.of(file, given.file() != null ? "has no use for a trajectory file, expected .npy or .cfl."
				: "there is no trajectory, so that units, rows and columns do not apply - give the option trajectory.");
		}
		return read(file);
	}

	/** Whether a file holds images and can hold no scan, by its name. */
	public static boolean isImage(final Path file) {
		return new NiftiReader().accepts(file);
	}

	/** Whether a file holds a CT scan rather than k-space: by its name, and for ambiguous names by what is inside. */
	public static boolean isProjections(final Path file) throws IOException {
		FileProblem.requireFile(file);
		if (FileProblem.named(file, ".npy")) return !new NumPyReader().isComplex(file);
		return FileProblem.named(file, ".mat") || new DataExchangeReader().acceptsProjections(file);
	}

	/**
	 * The CT scan of a file.
	 *
	 * @param given what the user says about the geometry, before what the file says
	 */
	public static Projections readProjections(final Path file, final GeometryJson given) throws IOException {
		FileProblem.requireFile(file);
		for (final ProjectionsReader reader : PROJECTIONS) if (reader.acceptsProjections(file)) return reader.readProjections(file, given);
		throw FileProblem.of(file, "not a kind of CT scan that is read, expected " + PROJECTION_ENDINGS + " - convert it.");
	}

	/** Images of a file. */
	public static Volume readVolume(final Path file) throws IOException {
		FileProblem.requireFile(file);
		for (final VolumeReader reader : VOLUMES) if (reader.accepts(file)) return reader.readVolume(file);
		throw FileProblem.of(file, "not a kind of image that is read here, expected " + VOLUME_ENDINGS + " - convert it.");
	}
}
