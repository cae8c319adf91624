package org.posteriorj.quality;

import org.posteriorj.data.Volume;

/**
 * Magnitudes of an image and its reference, checked to have the same size.
 *
 * @param peak largest magnitude of the whole reference
 */
record Pairs(Volume image, Volume reference, double peak) {

	static Pairs of(final Volume image, final Volume reference) {
		if (image.width() != reference.width() || image.height() != reference.height() || image.depth() != reference.depth()) {
			throw new IllegalArgumentException("comparison: the image has " + size(image) + " voxels, the reference " + size(reference) +
				" - they must have the same size.");
		}
		final Volume a = image.magnitude(), b = reference.magnitude();
		if (a.channels() != b.channels()) {
			throw new IllegalArgumentException("comparison: the image has " + a.channels() + " channels, the reference " + b.channels() + ".");
		}
		requireFinite("image", a);
		requireFinite("reference", b);
		double peak = 0;
		for (final float[] slice : b.slices()) for (final float v : slice) peak = Math.max(peak, Math.abs(v));
		if (peak == 0) throw new IllegalArgumentException("comparison: the reference is zero everywhere, so nothing can be compared with it.");
		return new Pairs(a, b, peak);
	}

	private static String size(final Volume v) {
		return v.width() + " x " + v.height() + " x " + v.depth();
	}

	private static void requireFinite(final String name, final Volume volume) {
		for (int z = 0; z < volume.depth(); z++) {
			for (final float v : volume.slices().get(z)) {
				if (!Float.isFinite(v)) throw new IllegalArgumentException("comparison: the " + name + " holds " + v + " in slice " + (z + 1) + ".");
			}
		}
	}

	/** Sum of squared differences of a slice. */
	double squaredError(final int z) {
		final float[] a = image.slices().get(z), b = reference.slices().get(z);
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
		return sum;
	}

	/** Sum of squares of a slice of the reference. */
	double squaredReference(final int z) {
		double sum = 0;
		for (final float v : reference.slices().get(z)) sum += (double) v * v;
		return sum;
	}
}
