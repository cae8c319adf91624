package org.posteriorj.workflow;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Volume;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Slices of a head at the coarser pixels of a scan. */
final class ResampledSlice {

	private ResampledSlice() {}

	/** Magnitude of slice z padded to {@code fineRows} x {@code fineColumns} and cropped in k-space to {@code rows} x {@code columns}. */
	static float[] of(final Volume volume, final int z, final int fineRows, final int fineColumns, final int rows, final int columns) {
		final int top = (fineRows - volume.height()) / 2, left = (fineColumns - volume.width()) / 2;
		return Scopes.compute(() -> {
			final float[] padded = new float[2 * fineRows * fineColumns];
			for (int y = 0; y < volume.height(); y++) {
				System.arraycopy(volume.slices().get(z), y * volume.width(), padded, (y + top) * fineColumns + left, volume.width());
			}
			final Tensor k = Fourier.forward(Complex.fromChannels(Tensors.of(padded, 1, 2, fineRows, fineColumns))).narrow(1, fineRows / 2 - rows / 2, rows).narrow(2,
				fineColumns / 2 - columns / 2, columns);
			return Tensors.toFloats(Tensors.scale(Fourier.inverse(k).abs(), Math.sqrt((double) rows * columns / ((double) fineRows * fineColumns))));
		});
	}
}
