package org.posteriorj.data;

/**
 * Where k-space was sampled: positions in cycles per field of view, zero in the centre; a fully sampled n-point line runs
 * from -n/2 to n/2.
 *
 * @param shots number of readouts
 * @param samples samples of a readout
 * @param ky position along the image's rows axis (downwards), [shot][sample]
 * @param kx position along the image's columns axis (to the right), [shot][sample]
 */
public record Trajectory(int shots, int samples, double[] ky, double[] kx) {

	public Trajectory {
		if (shots < 1 || samples < 1) {
			throw new IllegalArgumentException("trajectory: needs at least one shot and sample, got " + shots + " shots of " + samples + " samples.");
		}
		if (ky.length != shots * samples || kx.length != shots * samples) {
			throw new IllegalArgumentException("trajectory: got " + ky.length + " ky and " + kx.length + " kx values, expected " + shots * samples +
				" of each (" + shots + " shots of " + samples + " samples).");
		}
		ky = ky.clone();
		kx = kx.clone();
		for (int i = 0; i < ky.length; i++) {
			if (!Double.isFinite(ky[i]) || !Double.isFinite(kx[i])) {
				throw new IllegalArgumentException("trajectory: sample " + i + " must have finite positions, got ky " + ky[i] + ", kx " + kx[i] + ".");
			}
		}
	}

	/** Number of samples of all shots. */
	public int points() {
		return shots * samples;
	}

	/** A copy of the positions along the rows axis. */
	@Override
	public double[] ky() {
		return ky.clone();
	}

	/** A copy of the positions along the columns axis. */
	@Override
	public double[] kx() {
		return kx.clone();
	}

	/** The largest distance of positions along one axis from zero. */
	public static double reach(final double[] positions) {
		double reach = 0;
		for (final double k : positions) reach = Math.max(reach, Math.abs(k));
		return reach;
	}

	/** The same samples in units of a field of view {@code factor} times as large. */
	public Trajectory scaled(final double factor) {
		return scaled(factor, factor);
	}

	/** The same samples in units of a field of view {@code down} times as high and {@code across} times as wide. */
	public Trajectory scaled(final double down, final double across) {
		final double[] y = ky(), x = kx();
		for (int i = 0; i < y.length; i++) {
			y[i] *= down;
			x[i] *= across;
		}
		return new Trajectory(shots, samples, y, x);
	}

	/** Positions rounded to float32, as files and windows hold them. */
	public Trajectory rounded() {
		final double[] y = ky(), x = kx();
		for (int i = 0; i < y.length; i++) {
			y[i] = (float) y[i];
			x[i] = (float) x[i];
		}
		return new Trajectory(shots, samples, y, x);
	}
}
