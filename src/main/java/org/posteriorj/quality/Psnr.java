package org.posteriorj.quality;

import java.util.stream.IntStream;

import org.posteriorj.data.Volume;

/** Peak signal-to-noise ratio of magnitudes, {@code 10 log10(max(ref)^2 / mean((x - ref)^2))} in dB; infinite for equal images. */
public final class Psnr {

	private Psnr() {}

	/** Of all voxels together. */
	public static double whole(final Volume image, final Volume reference) {
		final Pairs pairs = Pairs.of(image, reference);
		final double error = IntStream.range(0, image.depth()).mapToDouble(pairs::squaredError).sum();
		return psnr(pairs.peak(), error / ((double) pairs.image().slices().get(0).length * image.depth()));
	}

	/** Of each slice, against the maximum of the whole reference. */
	public static double[] slices(final Volume image, final Volume reference) {
		final Pairs pairs = Pairs.of(image, reference);
		final int n = pairs.image().slices().get(0).length;
		return IntStream.range(0, image.depth()).mapToDouble(z -> psnr(pairs.peak(), pairs.squaredError(z) / n)).toArray();
	}

	private static double psnr(final double peak, final double meanSquare) {
		return 10 * Math.log10(peak * peak / meanSquare);
	}
}
