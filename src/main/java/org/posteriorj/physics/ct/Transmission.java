package org.posteriorj.physics.ct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Detector counts turned into line integrals, {@code -log((counts - dark) / (flat - dark))}.
 * <p>
 * A datum without light or without flat field takes the mean of its nearest good neighbours in the view, is marked, and is
 * counted in a warning.
 *
 * @param lineIntegrals [view][detector]
 * @param valid whether a line integral was measured, [view][detector]
 * @param warnings what is wrong with the counts, one line each
 */
public record Transmission(float[] lineIntegrals, boolean[] valid, List<String> warnings) {

	/** More than this part of all counts equal to the largest one is no coincidence. */
	private static final double SATURATED = 1e-3;

	/**
	 * @param counts [view][detector]
	 * @param flats counts without object, [repeat][detector]
	 * @param darks counts without beam, [repeat][detector]; empty for none
	 * @param detectors number of detector pixels
	 */
	public static Transmission of(final float[] counts, final float[] flats, final float[] darks, final int detectors) {
		if (detectors < 1 || counts.length == 0 || counts.length % detectors != 0 || flats.length == 0 || flats.length % detectors != 0 ||
			darks.length % detectors != 0)
		{
			throw new IllegalArgumentException("transmission: " + counts.length + " counts, " + flats.length + " flat and " + darks.length +
				" dark values do not fill views of " + detectors + " detector pixels.");
		}
		final double[] flat = mean(flats, detectors), dark = mean(darks, detectors);
		final float[] integrals = new float[counts.length];
		final boolean[] valid = new boolean[counts.length];
		int bad = 0;
		for (int i = 0; i < counts.length; i++) {
			final double light = counts[i] - dark[i % detectors], full = flat[i % detectors] - dark[i % detectors];
			valid[i] = light > 0 && full > 0 && Double.isFinite(light);
			if (valid[i]) integrals[i] = (float) -Math.log(light / full);
			else bad++;
		}
		final List<String> warnings = new ArrayList<>();
		if (bad == counts.length) {
			throw new IllegalArgumentException("transmission: no count lies above the dark field - were flat and dark fields swapped?");
		}
		if (bad > 0) warnings.add(String.format(Locale.ROOT, "%d of %d counts (%.2g %%) are at or below the dark field, or have no flat field; " +
			"their neighbours stand in for them.", bad, counts.length, 100.0 * bad / counts.length));
		warnOfSaturation(counts, warnings);
		warnOfBrightness(integrals, valid, warnings);
		for (int v = 0; v < counts.length; v += detectors) fill(integrals, valid, v, detectors);
		return new Transmission(integrals, valid, List.copyOf(warnings));
	}

	private static double[] mean(final float[] repeats, final int detectors) {
		final double[] mean = new double[detectors];
		final int n = repeats.length / detectors;
		for (int i = 0; i < repeats.length; i++) mean[i % detectors] += repeats[i] / (double) n;
		return mean;
	}

	private static void warnOfSaturation(final float[] counts, final List<String> warnings) {
		float largest = Float.NEGATIVE_INFINITY, smallest = Float.POSITIVE_INFINITY;
		for (final float c : counts) {
			largest = Math.max(largest, c);
			smallest = Math.min(smallest, c);
		}
		int equal = 0;
		for (final float c : counts) if (c == largest) equal++;
		if (largest > smallest && equal > Math.max(2, SATURATED * counts.length)) {
			warnings.add(String.format(Locale.ROOT, "%d of %d counts equal the largest value, %.6g: the detector was saturated there.", equal,
				counts.length, largest));
		}
	}

	private static void warnOfBrightness(final float[] integrals, final boolean[] valid, final List<String> warnings) {
		int n = 0, negative = 0;
		for (int i = 0; i < integrals.length; i++) if (valid[i]) {
			n++;
			if (integrals[i] < -0.1) negative++;
		}
		if (negative > 0.01 * n) warnings.add(String.format(Locale.ROOT,
			"%.2g %% of the counts are more than 10 %% brighter than the flat field: is it from this scan?", 100.0 * negative / n));
	}

	private static void fill(final float[] integrals, final boolean[] valid, final int start, final int detectors) {
		for (int j = 0; j < detectors; j++) {
			if (valid[start + j]) continue;
			int left = j, right = j;
			while (left >= 0 && !valid[start + left]) left--;
			while (right < detectors && !valid[start + right]) right++;
			if (left >= 0 && right < detectors) integrals[start + j] = (integrals[start + left] + integrals[start + right]) / 2;
			else if (left >= 0) integrals[start + j] = integrals[start + left];
			else if (right < detectors) integrals[start + j] = integrals[start + right];
		}
	}
}
