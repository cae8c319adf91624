package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The smallest box of rows and columns outside of which every coil map is zero.
 *
 * @param top first row
 * @param left first column
 * @param rows at least 1
 * @param columns at least 1
 */
record SeenBox(long top, long left, long rows, long columns) {

	/** @param maps complex64 [coils, H, W] */
	static SeenBox of(final Tensor maps) {
		final int height = (int) maps.size(1), width = (int) maps.size(2);
		final float[] seen = Scopes.compute(() -> Tensors.toFloats(maps.abs().sum(0)));
		int top = height, bottom = -1, left = width, right = -1;
		for (int i = 0; i < seen.length; i++) {
			if (seen[i] == 0) continue;
			top = Math.min(top, i / width);
			bottom = i / width;
			left = Math.min(left, i % width);
			right = Math.max(right, i % width);
		}
		return bottom < 0 ? new SeenBox(0, 0, 1, 1) : new SeenBox(top, left, bottom - top + 1, right - left + 1);
	}

	/** That part of a tensor with rows in dimension {@code dimension} and columns in the next; shares its values. */
	Tensor of(final Tensor t, final int dimension) {
		return t.narrow(dimension, top, rows).narrow(dimension + 1, left, columns);
	}
}
