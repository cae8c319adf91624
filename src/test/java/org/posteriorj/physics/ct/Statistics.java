package org.posteriorj.physics.ct;

/** What the tests measure on images. */
final class Statistics {

	private Statistics() {}

	static double mean(final float[] a) {
		double sum = 0;
		for (final float v : a) sum += v;
		return sum / a.length;
	}

	static double rms(final float[] a) {
		double sum = 0;
		for (final float v : a) sum += (double) v * v;
		return Math.sqrt(sum / a.length);
	}

	static double covariance(final float[] a, final float[] b) {
		final double meanA = mean(a), meanB = mean(b);
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
		return sum / a.length;
	}

	static double correlation(final float[] a, final float[] b) {
		return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
	}

	/** The s of the best {@code b = s a + constant}. */
	static double slope(final float[] a, final float[] b) {
		return covariance(a, b) / covariance(a, a);
	}
}
