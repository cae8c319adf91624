package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

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

	/** The same slices on {@code size} x {@code size} smaller pixels, by cubic convolution: no detail is added. */
	static Volume onPixels(final Volume volume, final int size) {
		final int old = volume.width();
		final List<float[]> slices = volume.slices().stream().map(values -> Scopes.compute(() -> {
			final Tensor fine = torch.upsample_bicubic2d(Tensors.of(values, 1, 1, old, old), new long[] { size, size }, false, new DoubleOptional(), new DoubleOptional());
			return Tensors.toFloats(fine.clamp_min(new org.bytedeco.pytorch.Scalar(AIR)));
		})).toList();
		final double pixel = volume.voxel().x() * old / size;
		return new Volume(volume.title(), size, size, 1, slices, new VoxelSize(pixel, pixel, volume.voxel().z()), "HU");
	}
}
