package org.posteriorj.io;

import edu.emory.mathcs.jtransforms.fft.FloatFFT_1D;

/** Removes readout oversampling: a line of k-space to image space by the centred unitary FFT, its middle cut out, and back. */
final class ReadoutCrop {

	private final int from, to;
	private final FloatFFT_1D large, small;

	ReadoutCrop(final int from, final int to) {
		this.from = from;
		this.to = to;
		large = new FloatFFT_1D(from);
		small = new FloatFFT_1D(to);
	}

	/** Samples per line that are left of {@code matrix}, given the field of view encoded and wanted; 0 mm if unknown. */
	static int columns(final int matrix, final int wanted, final double encodedMm, final double wantedMm) {
		if (encodedMm > 0 && wantedMm > 0) return Math.min(matrix, Math.max(1, (int) Math.round(matrix * wantedMm / encodedMm)));
		return wanted > 0 ? Math.min(matrix, wanted) : matrix;
	}

	/** The cropped line; values are interleaved (real, imaginary), zero frequency at floor(n/2). */
	float[] apply(final float[] line) {
		final float[] image = rolled(line, from, from / 2);
		large.complexInverse(image, true);
		final float[] cut = new float[2 * to];
		// pixel p about the centre stands at p modulo the length
		for (int p = -(to / 2); p < to - to / 2; p++) {
			System.arraycopy(image, 2 * Math.floorMod(p, from), cut, 2 * Math.floorMod(p, to), 2);
		}
		small.complexForward(cut);
		final float scale = (float) Math.sqrt((double) from / to);
		for (int i = 0; i < cut.length; i++) cut[i] *= scale;
		return rolled(cut, to, to - to / 2);
	}

	/** Element i of the result is element i + shift of the line. */
	private static float[] rolled(final float[] line, final int n, final int shift) {
		final float[] out = new float[2 * n];
		for (int i = 0; i < n; i++) System.arraycopy(line, 2 * ((i + shift) % n), out, 2 * i, 2);
		return out;
	}
}
