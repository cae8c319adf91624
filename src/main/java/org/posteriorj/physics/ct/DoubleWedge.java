package org.posteriorj.physics.ct;

import java.util.Comparator;
import java.util.stream.IntStream;

import edu.emory.mathcs.jtransforms.fft.DoubleFFT_1D;

/**
 * Half a turn of parallel views, continued by their mirror image to a full turn: how much of its two-dimensional spectrum
 * lies outside {@code |angular frequency| <= radius |spatial frequency|}, where a true sinogram has nothing.
 */
final class DoubleWedge {

	/** Angular frequencies beyond the wedge's edge that the edge itself blurs into. */
	private static final int MARGIN = 4;

	private final int views;
	private final int detectors;
	private final int length;
	private final int frequencies;
	/** Spectra of the views in the order of their angles, [view][frequency][real, imaginary]. */
	private final double[][] spectra;

	DoubleWedge(final double[] angles, final float[] sinogram, final int detectors) {
		this.detectors = detectors;
		final AngularRange half = AngularRange.of(angles, 180);
		if (!half.full()) {
			throw new IllegalArgumentException("centre of rotation: needs views over half a turn at least, got " +
				Math.round(Math.toDegrees(half.range())) + " degrees - give detectorOffset instead.");
		}
		final int[] order = IntStream.range(0, angles.length).boxed().sorted(Comparator.comparingDouble(i -> angles[i])).mapToInt(i -> i).toArray();
		views = order.length;
		length = 2 * detectors;
		frequencies = (int) Math.min(detectors / 2, (views - 2 * MARGIN) / Math.PI * length / detectors);
		if (frequencies < 2) throw new IllegalArgumentException("centre of rotation: " + views + " views are too few.");
		final DoubleFFT_1D fft = new DoubleFFT_1D(length);
		spectra = new double[views][];
		for (int v = 0; v < views; v++) {
			final double[] line = new double[2 * length];
			for (int j = 0; j < detectors; j++) line[2 * j] = sinogram[order[v] * detectors + j];
			fft.complexForward(line);
			spectra[v] = line;
		}
	}

	/** Mean modulus of the spectrum outside the wedge, if the axis projects to detector index {@code centre}. */
	double mismatch(final double centre) {
		final DoubleFFT_1D fft = new DoubleFFT_1D(2 * views);
		final double[] turn = new double[4 * views];
		double sum = 0;
		long n = 0;
		for (int k = 1; k <= frequencies; k++) {
			// index j becomes 2 centre - j: the spectrum's conjugate, shifted by 2 centre
			final double phase = -2 * Math.PI * k * 2 * centre / length, cos = Math.cos(phase), sin = Math.sin(phase);
			for (int v = 0; v < views; v++) {
				final double re = spectra[v][2 * k], im = spectra[v][2 * k + 1];
				turn[2 * v] = re;
				turn[2 * v + 1] = im;
				turn[2 * (views + v)] = re * cos + im * sin;
				turn[2 * (views + v) + 1] = re * sin - im * cos;
			}
			fft.complexForward(turn);
			final int edge = (int) Math.ceil(2 * Math.PI * k / length * detectors / 2) + MARGIN;
			for (int m = edge; m <= 2 * views - edge; m++) {
				sum += Math.hypot(turn[2 * m], turn[2 * m + 1]);
				n++;
			}
		}
		return sum / Math.max(1, n);
	}
}
