package org.posteriorj.physics.ct;

import org.posteriorj.data.Geometry;

/**
 * How strongly projection and backprojection pass a spatial frequency w: {@code V px^3 / (pi pitch w)} for V views, w in
 * cycles per pixel and the pitch at the rotation axis, bent at w = 0 to the operator's own squared norm.
 * <p>
 * Backprojected views of a point fall off as {@code V / (pi r)}, whose Fourier transform is {@code V / (pi w)}.
 */
final class BackprojectionSpectrum {

	private BackprojectionSpectrum() {}

	/** [rows columns], in the order of an FFT. */
	static float[] of(final Geometry geometry, final int rows, final int columns, final double norm) {
		final double magnification = geometry.beam() == Geometry.Beam.PARALLEL ? 1 : geometry.sourceToDetector() / geometry.sourceToOrigin();
		final double slope = geometry.views() * Math.pow(geometry.imagePixel(), 3) * magnification / (Math.PI * geometry.detectorPitch());
		final float[] spectrum = new float[rows * columns];
		for (int i = 0; i < spectrum.length; i++) {
			final double y = frequency(i / columns, rows), x = frequency(i % columns, columns);
			spectrum[i] = (float) (1 / Math.hypot(Math.hypot(y, x) / slope, 1 / (norm * norm)));
		}
		return spectrum;
	}

	private static double frequency(final int i, final int n) {
		return Math.min(i, n - i) / (double) n;
	}
}
