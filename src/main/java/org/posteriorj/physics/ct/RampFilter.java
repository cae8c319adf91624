package org.posteriorj.physics.ct;

import java.util.function.IntToDoubleFunction;

import edu.emory.mathcs.jtransforms.fft.DoubleFFT_1D;

/**
 * Convolution of every view with the band-limited ramp {@code h(0) = 1/(4 tau^2)}, {@code h(n) = -1/(pi n tau)^2} for odd n,
 * else 0, times a window in the frequency domain.
 *
 * @see "A. C. Kak, M. Slaney, Principles of Computerized Tomographic Imaging (1988), eq. 3.29"
 */
final class RampFilter {

	private final int detectors;
	private final int length;
	private final double[] response;

	/**
	 * @param detectors samples of a view
	 * @param tau their distance
	 * @param window what is left of the ramp at each frequency
	 * @param shape factor on {@code h(n)}: 1 for samples on a line
	 */
	RampFilter(final int detectors, final double tau, final FilterWindow window, final IntToDoubleFunction shape) {
		this.detectors = detectors;
		// long enough that the ends of a view do not wrap onto each other
		length = Math.max(4, Integer.highestOneBit(2 * detectors - 1) * 2);
		final double[] kernel = new double[length];
		kernel[0] = 1 / (4 * tau * tau);
		for (int n = 1; n < detectors; n += 2) {
			kernel[n] = kernel[length - n] = -shape.applyAsDouble(n) / Math.pow(Math.PI * n * tau, 2);
		}
		new DoubleFFT_1D(length).realForward(kernel);
		response = new double[length / 2 + 1];
		for (int k = 0; k <= length / 2; k++) {
			// realForward leaves the real part of the highest frequency at index 1
			final double real = k == length / 2 ? kernel[1] : kernel[2 * k];
			response[k] = real * tau * window.factor(2.0 * k / length);
		}
	}

	/** Filters views of [view][detector] values. */
	float[] apply(final float[] data) {
		final float[] filtered = new float[data.length];
		final DoubleFFT_1D fft = new DoubleFFT_1D(length);
		Workers.each(data.length / detectors, view -> {
			final double[] a = new double[length];
			for (int j = 0; j < detectors; j++) a[j] = data[view * detectors + j];
			fft.realForward(a);
			a[0] *= response[0];
			a[1] *= response[length / 2];
			for (int k = 1; k < length / 2; k++) {
				a[2 * k] *= response[k];
				a[2 * k + 1] *= response[k];
			}
			fft.realInverse(a, true);
			for (int j = 0; j < detectors; j++) filtered[view * detectors + j] = (float) a[j];
		});
		return filtered;
	}
}
