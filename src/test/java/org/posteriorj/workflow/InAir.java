package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Slices of a CT volume in the middle of a square of air, HU. */
final class InAir {

	private static final float AIR = -1000;

	private InAir() {}

	/** Slices {@code first} to {@code first + count}. */
	static Volume of(final Volume volume, final int first, final int count, final int size) {
		final int left = (size - volume.width()) / 2, top = (size - volume.height()) / 2;
		final List<float[]> slices = new ArrayList<>();
		for (int z = first; z < first + count; z++) {
			final float[] values = new float[size * size], from = volume.slices().get(z);
			Arrays.fill(values, AIR);
			for (int y = 0; y < volume.height(); y++) for (int x = 0; x < volume.width(); x++) {
				values[(y + top) * size + x + left] = Math.max(AIR, from[y * volume.width() + x]);
			}
			slices.add(values);
		}
		return new Volume(volume.title(), size, size, 1, slices, new VoxelSize(volume.voxel().x(), volume.voxel().x(), volume.voxel().z()), "HU");
	}
}
