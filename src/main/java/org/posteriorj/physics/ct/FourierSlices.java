package org.posteriorj.physics.ct;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Trajectory;

/**
 * Where the views of a parallel beam lie in the Fourier plane of the image, and the factor from there to the transform of a
 * view; [view][frequency], frequencies in the order of an FFT.
 */
record FourierSlices(Geometry geometry, int detectors, int rows, int columns) {

	/** Cycles per mm of frequency {@code i} of an FFT over the detector. */
	private double frequency(final int i) {
		return (i <= detectors / 2 ? i : i - detectors) / (detectors * geometry.detectorPitch());
	}

	/** Positions in cycles per field of view; rows count downwards. */
	Trajectory trajectory() {
		final double[] angles = geometry.angles(), ky = new double[angles.length * detectors], kx = new double[ky.length];
		for (int p = 0; p < ky.length; p++) {
			final double a = Math.toRadians(angles[p / detectors]), w = frequency(p % detectors) * geometry.imagePixel();
			ky[p] = -w * Math.sin(a) * rows;
			kx[p] = w * Math.cos(a) * columns;
		}
		return new Trajectory(angles.length, detectors, ky, kx);
	}

	/** {@code px^2 B / (n pitch)} times the phases of the image's and the detector's centre, [real, imaginary]. */
	float[] multipliers() {
		final double[] angles = geometry.angles();
		final float[] factors = new float[2 * angles.length * detectors];
		final double pixel = geometry.imagePixel(), pitch = geometry.detectorPitch();
		final double scale = pixel * pixel * Math.sqrt((double) rows * columns) / (detectors * pitch);
		// from the pixel floor(n/2), where the Fourier transform counts from, to the middle of the image
		final double right = columns / 2 - (columns - 1) / 2.0, down = rows / 2 - (rows - 1) / 2.0;
		for (int p = 0; p < factors.length / 2; p++) {
			final double a = Math.toRadians(angles[p / detectors]), w = frequency(p % detectors), x = w * Math.cos(a) * pixel, y = w * Math.sin(a) * pixel;
			// the highest frequency of an even number has no partner, so that views would not be real
			final boolean alone = 2 * (p % detectors) == detectors;
			final double size = alone ? 0 : scale * sinc(x) * sinc(y) * sinc(w * pitch);
			final double phase = 2 * Math.PI * (w * geometry.detectorPosition(0, detectors) - x * right + y * down);
			factors[2 * p] = (float) (size * Math.cos(phase));
			factors[2 * p + 1] = (float) (size * Math.sin(phase));
		}
		return factors;
	}

	private static double sinc(final double t) {
		return t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
	}
}
