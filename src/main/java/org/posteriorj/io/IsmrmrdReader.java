package org.posteriorj.io;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.VoxelSize;

import io.jhdf.HdfFile;

/**
 * ISMRMRD raw data: 2-D scans of one or more slices. Of a Cartesian scan averages are averaged and readout oversampling is removed; along a
 * trajectory every readout is a shot, and its positions are read with it. The noise scan gives the covariance. Of contrasts, phases, repetitions and sets the first is read.
 */
public final class IsmrmrdReader implements KSpaceReader {

	/** Bits (from 1) of acquisitions that are no image lines: navigation, phase correction, feedback, dummy scans. */
	private static final int CALIBRATION = 20, REVERSE = 22;
	private static final int[] OTHER = { 23, 24, 26, 27, 28, 29 };

	@Override
	public boolean accepts(final Path file) throws IOException {
		return FileProblem.named(file, ".h5", ".mrd") && Hdf5.open(file, h -> Hdf5.has(h, "dataset/data") && Hdf5.has(h, "dataset/xml"));
	}

	@Override
	public KSpace read(final Path file) throws IOException {
		if (read(file, TrajectoryOptions.NONE) instanceof KSpace kspace) return kspace;
		throw FileProblem.of(file, "was measured along a trajectory, expected a Cartesian scan.");
	}

	/** The scan of a file, on a grid or along a trajectory. */
	MriScan read(final Path file, final TrajectoryOptions given) throws IOException {
		return Hdf5.open(file, hdf -> read(hdf, file, given));
	}

	private static MriScan read(final HdfFile hdf, final Path file, final TrajectoryOptions given) throws IOException {
		if (!(Hdf5.dataset(hdf, file, "dataset/xml").getData() instanceof String[] xml) || xml.length == 0) throw FileProblem.of(file, "dataset/xml is no text.");
		final IsmrmrdHeader header = IsmrmrdHeader.parse(xml[0], file);
		if (header.number("encodedSpace/matrixSize/z", 1) > 1) throw FileProblem.of(file, "the scan is 3-D, expected 2-D slices - transform along the slices first.");
		if (!(Hdf5.dataset(hdf, file, "dataset/data").getData() instanceof Map<?, ?> table)) throw FileProblem.of(file, "dataset/data is no table of acquisitions.");
		final Acquisitions acquisitions = Acquisitions.of(table, file);
		final boolean separate = header.text("calibrationMode").matches("separate|external");
		if (!header.text("trajectory").equalsIgnoreCase("cartesian")) {
			final IsmrmrdShots shots = new IsmrmrdShots(acquisitions, file);
			final Gathered gathered = gather(acquisitions, shots, separate, file);
			final List<String> reading = new ArrayList<>(gathered.reading());
			reading.add("trajectory: " + header.text("trajectory") + ", with every readout");
			return TrajectoryArrays.of(file, shots.coils(), shots.slices(), shots.trajectories(), given, null, header.frame(), gathered.noise(header, shots, file),
				reading);
		}
		if (!given.equals(TrajectoryOptions.NONE)) throw FileProblem.of(file, "the scan is Cartesian, so that trajectory, units, rows and columns do not apply.");
		final IsmrmrdLines grid = new IsmrmrdLines(header, acquisitions, file);
		final Gathered gathered = gather(acquisitions, grid, separate, file);
		final double z = header.fov("reconSpace", "z"), x = header.fov("reconSpace", "x"), y = header.fov("encodedSpace", "y");
		final VoxelSize voxel = x > 0 && y > 0 && z > 0 ? new VoxelSize(x / grid.columns(), y / grid.rows(), z) : VoxelSize.UNKNOWN;
		return KSpaceArrays.of(file, grid.coils(), grid.rows(), grid.columns(), grid.slices(), grid.masks(), voxel, gathered.noise(header, grid, file), gathered
			.reading());
	}

	/** What came beside the readouts of the image. */
	private record Gathered(NoiseScan scan, int noiseScans, double dwell, List<String> reading) {

		/** Of readouts as they are now, whose band width and averages are others than those of the noise scan. */
		NoiseCovariance noise(final IsmrmrdHeader header, final IsmrmrdReadouts readouts, final Path file) throws IOException {
			if (noiseScans == 0) return null;
			final double relative = header.number("relativeReceiverNoiseBandwidth", 1);
			final double scale = dwell > 0 && readouts.dwell() > 0 ? dwell / readouts.dwell() / relative : 1;
			return scan.covariance(scale / readouts.averages(), file);
		}
	}

	private static Gathered gather(final Acquisitions lines, final IsmrmrdReadouts readouts, final boolean separate, final Path file) throws IOException {
		final NoiseScan noise = new NoiseScan(readouts.coils());
		int skipped = 0, noiseScans = 0;
		double dwell = 0;
		for (int i = 0; i < lines.count(); i++) {
			final BigInteger flags = lines.flags()[i];
			if (lines.noise(i)) {
				noise.add(lines.data(i, file));
				dwell = lines.dwell()[i];
				noiseScans++;
			}
			else if (other(flags) || separate && flags.testBit(CALIBRATION - 1) || lines.repeated(i)) skipped++;
			else if (flags.testBit(REVERSE - 1)) throw FileProblem.of(file, "acquisition " + i + " was read in reverse (EPI), which is not read.");
			else readouts.add(i);
		}
		return new Gathered(noise, noiseScans, dwell, List.of("format: ISMRMRD, " + lines.count() + " acquisitions, " + noiseScans + " of them noise, " + skipped +
			" not used (calibration, navigation, further repetitions)", readouts.axes()));
	}

	private static boolean other(final BigInteger flags) {
		for (final int bit : OTHER) if (flags.testBit(bit - 1)) return true;
		return false;
	}
}
