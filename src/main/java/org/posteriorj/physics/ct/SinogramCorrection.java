package org.posteriorj.physics.ct;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Removes from sinograms what makes rings and streaks; both switches are off unless asked for. */
public final class SinogramCorrection {

	private static final int OUTLIER_RADIUS = 2;

	private SinogramCorrection() {}

	/**
	 * Stripes, which become rings: the values of each detector pixel are sorted, sorted values of neighbouring pixels are
	 * smoothed by a running median, and put back in their places.
	 *
	 * @param data [view][detector]
	 * @param width pixels under the median, odd, wider than a stripe
	 * @see "N. T. Vo, R. C. Atwood, M. Drakopoulos, Opt. Express 26 (2018) 28396-28412, algorithm 3"
	 */
	public static float[] withoutRings(final float[] data, final int detectors, final int width) {
		if (width < 3 || width % 2 == 0) throw new IllegalArgumentException("ring correction: width must be odd and at least 3, got " + width + ".");
		final int views = data.length / detectors;
		final int[][] order = new int[detectors][];
		for (int j = 0; j < detectors; j++) {
			final int column = j;
			order[j] = IntStream.range(0, views).boxed().sorted(Comparator.comparingDouble(v -> data[v * detectors + column])).mapToInt(v -> v).toArray();
		}
		final float[] corrected = new float[data.length];
		final float[] around = new float[width];
		for (int rank = 0; rank < views; rank++) for (int j = 0; j < detectors; j++) {
			for (int k = 0; k < width; k++) {
				final int neighbour = reflect(j + k - width / 2, detectors);
				around[k] = data[order[neighbour][rank] * detectors + neighbour];
			}
			corrected[order[j][rank] * detectors + j] = median(around);
		}
		return corrected;
	}

	/**
	 * Single values far from all around them, from dead pixels and stray photons: each that lies more than {@code factor}
	 * standard deviations of the noise outside the range of its 5 x 5 neighbourhood, but for the two outermost values, is
	 * replaced by the median. Edges and thin lines, which go on in the neighbourhood, stay.
	 *
	 * @param data [view][detector]
	 */
	public static float[] withoutOutliers(final float[] data, final int detectors, final double factor) {
		if (!(factor > 0)) throw new IllegalArgumentException("outlier correction: factor must be positive, got " + factor + ".");
		final int views = data.length / detectors, side = 2 * OUTLIER_RADIUS + 1, n = side * side;
		final float[] medians = new float[data.length], beyond = new float[data.length], differences = new float[data.length], around = new float[n];
		for (int v = 0, i = 0; v < views; v++) for (int j = 0; j < detectors; j++, i++) {
			for (int k = 0; k < n; k++) {
				around[k] = data[reflect(v + k / side - OUTLIER_RADIUS, views) * detectors + reflect(j + k % side - OUTLIER_RADIUS, detectors)];
			}
			medians[i] = median(around);
			differences[i] = Math.abs(data[i] - medians[i]);
			beyond[i] = Math.max(data[i] - around[n - 3], around[2] - data[i]);
		}
		final float[] noise = noisy(differences);
		if (noise.length == 0) return data.clone();
		// 1.4826 times the median absolute difference is the standard deviation of normal noise
		final double limit = factor * 1.4826 * median(noise);
		final float[] corrected = data.clone();
		for (int i = 0; i < data.length; i++) if (beyond[i] > limit) corrected[i] = medians[i];
		return corrected;
	}

	/** The differences that are not zero, as they are where the sinogram was masked or nothing stood in the beam. */
	private static float[] noisy(final float[] differences) {
		final float[] noise = new float[differences.length];
		int n = 0;
		for (final float d : differences) if (d > 0) noise[n++] = d;
		return Arrays.copyOf(noise, n);
	}

	private static int reflect(final int index, final int size) {
		final int period = 2 * size, i = Math.floorMod(index, period);
		return i < size ? i : period - 1 - i;
	}

	/** The middle value; sorts its argument. */
	private static float median(final float[] values) {
		Arrays.sort(values);
		return values[values.length / 2];
	}
}
