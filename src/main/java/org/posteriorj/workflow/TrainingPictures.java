package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Volume;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.train.Validation;
import org.posteriorj.tensor.Tensors;

/** Denoised examples: noisy, denoised and clean image side by side, magnitudes, one slice per noise level. */
final class TrainingPictures {

	private TrainingPictures() {}

	/** Of the middle slice of a volume with intensities 0 to 1. */
	static Volume of(final NetworkPrior prior, final Volume clean) {
		final int columns = clean.width(), rows = clean.height(), channels = prior.channels();
		final float[] slice = clean.slices().get((int) (clean.depth() * 0.5));
		final List<float[]> pictures = new ArrayList<>();
		new Validation(new Volume(clean.title(), columns, rows, 1, List.of(slice), clean.voxel(), ""), 1, channels).psnr((noisy, sigma) -> {
			final Tensor denoised = prior.denoise(noisy, sigma.item_float());
			final float[] picture = new float[3 * columns * rows];
			place(picture, 0, columns, magnitude(Tensors.toFloats(noisy), channels));
			place(picture, 1, columns, magnitude(Tensors.toFloats(denoised), channels));
			place(picture, 2, columns, slice);
			pictures.add(picture);
			return denoised;
		});
		return new Volume("Noisy, denoised and clean at sigma " + Validation.LEVELS, 3 * columns, rows, 1, pictures, clean.voxel(), "");
	}

	private static float[] magnitude(final float[] image, final int channels) {
		if (channels == 1) return image;
		final float[] magnitude = new float[image.length / 2];
		for (int i = 0; i < magnitude.length; i++) magnitude[i] = (float) Math.hypot(image[i], image[magnitude.length + i]);
		return magnitude;
	}

	private static void place(final float[] picture, final int position, final int columns, final float[] image) {
		for (int r = 0; r < image.length / columns; r++) System.arraycopy(image, r * columns, picture, (3 * r + position) * columns, columns);
	}
}
