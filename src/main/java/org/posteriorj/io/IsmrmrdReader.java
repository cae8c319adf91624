package org.posteriorj.io;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.VoxelSize;

import io.jhdf.HdfFile;

/**
 * ISMRMRD raw data: 2-D Cartesian scans of one or more slices; averages are averaged, the noise scan gives the covariance,
 * readout oversampling is removed. Of contrasts, phases, repetitions and sets the first is read.
 */
public final class IsmrmrdReader implements KSpaceReader {

	/** Bits (from 1) of acquisitions that are no image lines: noise, navigation, phase correction, feedback, dummy scans. */
	private static final int NOISE = 19, CALIBRATION = 20, REVERSE = 22;
	private static final int[] OTHER = { 23, 24, 26, 27, 28, 29 };

	@Override
	public boolean accepts(final Path file) throws IOException {
		return FileProblem.named(file, ".h5", ".mrd") && Hdf5.open(file, h -> Hdf5.has(h, "dataset/data") && Hdf5.has(h, "dataset/xml"));
	}

	@Override
	public KSpace read(final Path file) throws IOException {
		return Hdf5.open(file, hdf -> read(hdf, file));
	}

	private static KSpace read(final HdfFile hdf, final Path file) throws IOException {
		if (!(Hdf5.dataset(hdf, file, "dataset/xml").getData() instanceof String[] xml) || xml.length == 0) throw FileProblem.of(file, "dataset/xml is no text.");
		final IsmrmrdHeader header = IsmrmrdHeader.parse(xml[0], file);
		if (!header.text("trajectory").equalsIgnoreCase("cartesian")) {
			throw FileProblem.of(file, "trajectory '" + header.text("trajectory") + "' is not read from ISMRMRD, expected cartesian.");
		}
		if (header.number("encodedSpace/matrixSize/z", 1) > 1) throw FileProblem.of(file, "the scan is 3-D, expected 2-D slices - transform along the slices first.");
		if (!(Hdf5.dataset(hdf, file, "dataset/data").getData() instanceof Map<?, ?> table)) throw FileProblem.of(file, "dataset/data is no table of acquisitions.");
		final Acquisitions lines = Acquisitions.of(table, file);
		final IsmrmrdLines grid = new IsmrmrdLines(header, lines, file);
		final NoiseScan noise = new NoiseScan(grid.coils());
		final boolean separate = header.text("calibrationMode").matches("separate|external");
		int skipped = 0, noiseScans = 0;
		double noiseDwell = 0;
		for (int i = 0; i < lines.count(); i++) {
			final BigInteger flags = lines.flags()[i];
			if (flags.testBit(NOISE - 1)) {
				noise.add(lines.data(i, file));
				noiseDwell = lines.dwell()[i];
				noiseScans++;
			}
			else if (other(flags) || separate && flags.testBit(CALIBRATION - 1) || lines.repeated(i)) skipped++;
			else if (flags.testBit(REVERSE - 1)) throw FileProblem.of(file, "acquisition " + i + " was read in reverse (EPI), which is not read.");
			else grid.add(i);
		}
		final List<String> reading = new ArrayList<>(List.of("format: ISMRMRD, " + lines.count() + " acquisitions, " + noiseScans + " of them noise, " + skipped +
			" not used (calibration, navigation, further repetitions)", grid.axes()));
		final double relative = header.number("relativeReceiverNoiseBandwidth", 1), dwell = grid.dwell();
		final double scale = noiseDwell > 0 && dwell > 0 ? noiseDwell / dwell / relative : 1;
		final NoiseCovariance covariance = noiseScans == 0 ? null : noise.covariance(scale / grid.averages(), file);
		final double z = header.fov("reconSpace", "z"), x = header.fov("reconSpace", "x"), y = header.fov("encodedSpace", "y");
		final VoxelSize voxel = x > 0 && y > 0 && z > 0 ? new VoxelSize(x / grid.columns(), y / grid.rows(), z) : VoxelSize.UNKNOWN;
		return KSpaceArrays.of(file, grid.coils(), grid.rows(), grid.columns(), grid.slices(), grid.masks(), voxel, covariance, reading);
	}

	private static boolean other(final BigInteger flags) {
		for (final int bit : OTHER) if (flags.testBit(bit - 1)) return true;
		return false;
	}
}
