package org.posteriorj.quality;

import java.util.stream.IntStream;

import org.posteriorj.data.Volume;

/** Normalised root-mean-square error of magnitudes, {@code |x - ref| / |ref|} with Euclidean norms. */
public final class Nrmse {

	private Nrmse() {}

	/** Of all voxels together. */
	public static double whole(final Volume image, final Volume reference) {
		final Pairs pairs = Pairs.of(image, reference);
		final double error = IntStream.range(0, image.depth()).mapToDouble(pairs::squaredError).sum();
		return Math.sqrt(error / IntStream.range(0, image.depth()).mapToDouble(pairs::squaredReference).sum());
	}

	/** Of each slice; not a number or infinite for a slice whose reference is zero. */
	public static double[] slices(final Volume image, final Volume reference) {
		final Pairs pairs = Pairs.of(image, reference);
		return IntStream.range(0, image.depth()).mapToDouble(z -> Math.sqrt(pairs.squaredError(z) / pairs.squaredReference(z))).toArray();
	}
}
