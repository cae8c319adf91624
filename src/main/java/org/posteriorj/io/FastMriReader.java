package org.posteriorj.io;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.VoxelSize;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;

/**
 * fastMRI files: dataset {@code kspace}, complex [slice, coil, readout, phase] as published (Zbontar et al. 2018), turned so that
 * columns are the readout; [slice, coil, phase, readout] if the encoded matrix in the header says so. Oversampling is removed.
 */
public final class FastMriReader implements KSpaceReader {

	@Override
	public boolean accepts(final Path file) throws IOException {
		return FileProblem.named(file, ".h5") && Hdf5.open(file, h -> Hdf5.has(h, "kspace"));
	}

	@Override
	public KSpace read(final Path file) throws IOException {
		return Hdf5.open(file, hdf -> read(hdf, file));
	}

	private static KSpace read(final HdfFile hdf, final Path file) throws IOException {
		final Dataset data = Hdf5.dataset(hdf, file, "kspace");
		final int[] shape = data.getDimensions();
		if (shape.length != 4) throw FileProblem.of(file, "expected kspace of 4 axes [slice, coil, readout, phase], got " + NumericArray.text(shape) + ".");
		FileProblem.requireSize(file, FileProblem.product(2, shape[0], shape[1], shape[2], shape[3]), NumericArray.text(shape));
		final String xml = Hdf5.has(hdf, "ismrmrd_header") ? text(Hdf5.dataset(hdf, file, "ismrmrd_header").getData()) : "";
		final IsmrmrdHeader header = xml.isEmpty() ? null : IsmrmrdHeader.parse(xml, file);
		final int x = header == null ? 0 : header.size("encodedSpace/matrixSize/x");
		final boolean turned = x != shape[3] || x == shape[2];
		final int encoded = turned ? shape[2] : shape[3], rows = turned ? shape[3] : shape[2], coils = shape[1];
		final int columns = x == encoded ? header.columns() : encoded;
		final ReadoutCrop crop = columns == encoded ? null : new ReadoutCrop(encoded, columns);
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < shape[0]; z++) {
			if (!(data.getData(new long[] { z, 0, 0, 0 }, new int[] { 1, coils, shape[2], shape[3] }) instanceof Map<?, ?> parts) || parts.size() != 2) {
				throw FileProblem.of(file, "expected complex kspace (r, i), got real numbers.");
			}
			final Object[] both = parts.values().toArray();
			final float[] slice = new float[2 * coils * rows * columns];
			for (int c = 0; c < coils; c++) {
				final Object re = Array.get(Array.get(both[0], 0), c), im = Array.get(Array.get(both[1], 0), c);
				for (int row = 0; row < rows; row++) {
					final float[] line = new float[2 * encoded];
					for (int k = 0; k < encoded; k++) {
						line[2 * k] = (float) Array.getDouble(Array.get(re, turned ? k : row), turned ? row : k);
						line[2 * k + 1] = (float) Array.getDouble(Array.get(im, turned ? k : row), turned ? row : k);
					}
					Elements.requireFinite(file, line, new int[] { encoded }, true);
					System.arraycopy(crop == null ? line : crop.apply(line), 0, slice, 2 * (c * rows + row) * columns, 2 * columns);
				}
			}
			slices.add(slice);
		}
		final String axes = "format: fastMRI, axes " + (turned ? "[slice, coil, readout, phase], turned so that columns are the readout"
			: "[slice, coil, phase, readout]") + ": " + shape[0] + " slices, " + coils + " coils, " + rows + " ky, " + columns + " kx" + (crop == null ? ""
				: "; readout oversampling removed, " + encoded + " to " + columns);
		return KSpaceArrays.of(file, coils, rows, columns, slices, KSpaceArrays.nonZero(slices, coils, rows * columns), voxel(header, columns, rows), null, List.of(
			axes));
	}

	private static VoxelSize voxel(final IsmrmrdHeader header, final int columns, final int rows) throws IOException {
		if (header == null) return VoxelSize.UNKNOWN;
		final double x = header.fov("reconSpace", "x"), y = header.fov("encodedSpace", "y"), z = header.fov("reconSpace", "z");
		return x > 0 && y > 0 && z > 0 ? new VoxelSize(x / columns, y / rows, z) : VoxelSize.UNKNOWN;
	}

	private static String text(final Object value) {
		return value instanceof String[] texts ? texts[0] : value instanceof String text ? text : "";
	}
}
