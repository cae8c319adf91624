package org.posteriorj.physics.mri;

import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/**
 * Receive coils around the head, and the smooth phase of an object, for simulated scans.
 * <p>
 * A coil is a loop on a ring around the image; its complex sensitivity falls with the distance as that of a small loop, and its
 * phase turns with the angle at which a pixel sees it. Maps are scaled to {@code sum |S_c|^2 = 1}.
 */
public final class CoilSimulation {

	/** Radius of the ring and of a loop, in units of the larger side of the image. */
	private static final double RING = 0.62, LOOP = 0.35;

	private CoilSimulation() {}

	/** Maps [coil][row][column][real, imaginary]. */
	public static float[] maps(final int coils, final int rows, final int columns, final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 10);
		final double size = Math.max(rows, columns), turn = random.nextDouble() * 2 * Math.PI;
		final int n = rows * columns;
		final float[] maps = new float[2 * coils * n];
		final double[] total = new double[n];
		for (int coil = 0; coil < coils; coil++) {
			final double angle = turn + 2 * Math.PI * (coil + 0.2 * random.nextGaussian()) / coils, phase = random.nextDouble() * 2 * Math.PI;
			final double y0 = RING * Math.sin(angle), x0 = RING * Math.cos(angle);
			for (int i = 0; i < n; i++) {
				final double y = (i / columns - rows / 2) / size - y0, x = (i % columns - columns / 2) / size - x0;
				final double magnitude = coils == 1 ? 1 : Math.pow(1 + (y * y + x * x) / (LOOP * LOOP), -1.5);
				final double phi = phase + (coils == 1 ? 0 : Math.atan2(y, x) - 1.5 * (y * y0 + x * x0));
				maps[2 * (coil * n + i)] = (float) (magnitude * Math.cos(phi));
				maps[2 * (coil * n + i) + 1] = (float) (magnitude * Math.sin(phi));
				total[i] += magnitude * magnitude;
			}
		}
		for (int i = 0; i < maps.length; i++) maps[i] /= (float) Math.sqrt(total[i / 2 % n]);
		return maps;
	}

	/** A smooth phase in radians [row][column]: a polynomial of second order and a slow wave. */
	public static double[] phase(final int rows, final int columns, final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 11);
		final double[] c = random.doubles(8).map(v -> 2 * v - 1).toArray();
		final double[] phase = new double[rows * columns];
		for (int i = 0; i < phase.length; i++) {
			final double y = 2.0 * (i / columns) / rows - 1, x = 2.0 * (i % columns) / columns - 1;
			phase[i] = Math.PI * c[0] + 0.8 * (c[1] * y + c[2] * x) + 0.6 * (c[3] * y * y + c[4] * x * y + c[5] * x * x) + 0.3 * Math.sin(3 * (c[6] * y + c[7] * x));
		}
		return phase;
	}
}
