package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Volumes from plain arrays and back. */
final class VolumeArrays {

	private VolumeArrays() {}

	/** A volume from an array [y, x] or [slice, y, x], real or complex. */
	static Volume of(final Path file, final NumericArray array) throws IOException {
		final int[] shape = array.shape();
		if (shape.length != 2 && shape.length != 3) {
			throw FileProblem.of(file, "expected an image of 2 axes [y, x] or 3 axes [slice, y, x], got " + shape.length + " axes " + NumericArray.text(shape) +
				" - reshape it.");
		}
		Elements.requireFinite(file, array.values(), shape, array.complex());
		final int axis = shape.length - 2;
		return of(FileProblem.title(file), shape[axis + 1], shape[axis], axis == 0 ? 1 : shape[0], array.complex(), array.values(), VoxelSize.UNKNOWN);
	}

	/** A volume from the values of its slices one after another, complex ones interleaved. */
	static Volume of(final String title, final int width, final int height, final int depth, final boolean complex, final float[] values,
		final VoxelSize voxel)
	{
		final int n = width * height, parts = complex ? 2 : 1;
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			final float[] slice = new float[parts * n];
			for (int i = 0; i < n; i++) for (int c = 0; c < parts; c++) slice[c * n + i] = values[(z * n + i) * parts + c];
			slices.add(slice);
		}
		return new Volume(title, width, height, parts, slices, voxel, "");
	}

	/** A slice with its channels interleaved, as files hold complex numbers. */
	static float[] interleaved(final Volume volume, final int z) {
		if (volume.channels() > 2) {
			throw new IllegalArgumentException("volume '" + volume.title() + "': expected 1 channel (real) or 2 (complex) to write, got " + volume.channels() + ".");
		}
		final int n = volume.width() * volume.height(), parts = volume.channels();
		final float[] slice = volume.slices().get(z), values = new float[parts * n];
		for (int i = 0; i < n; i++) for (int c = 0; c < parts; c++) values[parts * i + c] = slice[c * n + i];
		return values;
	}
}
