package org.posteriorj.prior.train;

import java.util.random.RandomGenerator;

/**
 * What scanners do to images: contrast (gamma), gain, receive bias field and, for complex MRI, phase.
 * <p>
 * Fields are exponentials or sums of low-order polynomials over the crop.
 */
public final class Augmentation {

	private Augmentation() {}

	/** Gamma, gain and a smooth bias field, in place. */
	public static void contrast(final float[] crop, final int size, final RandomGenerator random) {
		final double gamma = Math.exp(0.15 * random.nextGaussian());
		final double gain = Math.exp(0.15 * random.nextGaussian());
		final double[] bias = polynomial(random, 0.15, 0.1);
		for (int i = 0; i < crop.length; i++) {
			crop[i] = (float) (gain * Math.pow(crop[i], gamma) * Math.exp(value(bias, i, size)));
		}
	}

	/** A gain of a few percent, in place: what another tube voltage makes of attenuation relative to water. */
	public static void gain(final float[] crop, final RandomGenerator random) {
		final double gain = Math.exp(0.04 * random.nextGaussian());
		for (int i = 0; i < crop.length; i++) crop[i] *= (float) gain;
	}

	/** Real and imaginary channel of a magnitude crop with a random global and a random smooth phase. */
	public static float[] phase(final float[] crop, final int size, final RandomGenerator random) {
		final double[] smooth = polynomial(random, 0.8, 0.5);
		final double global = 2 * Math.PI * random.nextDouble();
		final double waviness = random.nextDouble() < 0.3 ? 0.5 * random.nextDouble() : 0;
		final double direction = 2 * Math.PI * random.nextDouble(), start = 2 * Math.PI * random.nextDouble();
		final double frequency = 2 * Math.PI / random.nextDouble(30, 100);
		final float[] complex = new float[2 * crop.length];
		for (int i = 0; i < crop.length; i++) {
			final double wave = Math.sin(start + frequency * (Math.cos(direction) * (i / size) + Math.sin(direction) * (i % size)));
			final double phi = global + value(smooth, i, size) + waviness * wave;
			complex[i] = (float) (crop[i] * Math.cos(phi));
			complex[crop.length + i] = (float) (crop[i] * Math.sin(phi));
		}
		return complex;
	}

	/**
	 * What gradient echoes do to the phase of a complex crop, in place: in one crop of four a steep bump of the field near air or
	 * metal, in one of four a phase of its own for the brightest tissue, as fat has.
	 */
	public static void offResonance(final float[] complex, final int size, final RandomGenerator random) {
		final boolean bump = random.nextInt(4) == 0, fat = random.nextInt(4) == 0;
		final double height = 6 * random.nextGaussian(), width = random.nextDouble(8, 40);
		final double row = random.nextDouble(-0.2, 1.2) * size, column = random.nextDouble(-0.2, 1.2) * size;
		final double shift = 2 * Math.PI * random.nextDouble(), threshold = random.nextDouble(0.3, 1), edge = random.nextDouble(0.02, 0.1);
		if (!bump && !fat) return;
		final int n = size * size;
		for (int i = 0; i < n; i++) {
			final double y = i / size - row, x = i % size - column;
			double phi = bump ? height * Math.exp(-(y * y + x * x) / (2 * width * width)) : 0;
			if (fat) phi += shift / (1 + Math.exp((threshold - Math.hypot(complex[i], complex[n + i])) / edge));
			final double cos = Math.cos(phi), sin = Math.sin(phi), re = complex[i], im = complex[n + i];
			complex[i] = (float) (cos * re - sin * im);
			complex[n + i] = (float) (sin * re + cos * im);
		}
	}

	/** Coefficients of y, x, y^2, xy, x^2 with y and x from -1 to 1 over the crop. */
	private static double[] polynomial(final RandomGenerator random, final double linear, final double quadratic) {
		final double[] c = new double[5];
		for (int i = 0; i < 5; i++) c[i] = (i < 2 ? linear : quadratic) * random.nextGaussian();
		return c;
	}

	private static double value(final double[] c, final int i, final int size) {
		final double y = 2.0 * (i / size) / size - 1, x = 2.0 * (i % size) / size - 1;
		return c[0] * y + c[1] * x + c[2] * y * y + c[3] * x * y + c[4] * x * x;
	}
}
