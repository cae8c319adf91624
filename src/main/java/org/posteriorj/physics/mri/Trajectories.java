package org.posteriorj.physics.mri;

import java.util.function.IntToDoubleFunction;

import org.posteriorj.data.Trajectory;

/** The usual non-Cartesian readouts, in cycles per field of view. */
public final class Trajectories {

	/** 180 degrees over the golden ratio, 111.246 degrees. */
	private static final double GOLDEN = Math.PI * (Math.sqrt(5) - 1) / 2;

	private Trajectories() {}

	/** Diameters at even angles over half a turn, {@code samples} points from {@code -size/2} to {@code size/2}. */
	public static Trajectory radial(final int spokes, final int samples, final int size) {
		return spokes(spokes, samples, size, shot -> Math.PI * shot / spokes);
	}

	/**
	 * Diameters, each turned by the golden angle 111.25 degrees against the one before.
	 *
	 * @see "S. Winkelmann et al., IEEE Trans. Med. Imaging 26 (2007) 68-76"
	 */
	public static Trajectory goldenAngle(final int spokes, final int samples, final int size) {
		return spokes(spokes, samples, size, shot -> GOLDEN * shot);
	}

	private static Trajectory spokes(final int spokes, final int samples, final int size, final IntToDoubleFunction angle) {
		final double[] ky = new double[spokes * samples], kx = new double[spokes * samples];
		for (int s = 0; s < spokes; s++) for (int i = 0; i < samples; i++) {
			final double k = ((double) i / samples - 0.5) * size, a = angle.applyAsDouble(s);
			ky[s * samples + i] = k * Math.sin(a);
			kx[s * samples + i] = k * Math.cos(a);
		}
		return new Trajectory(spokes, samples, ky, kx);
	}

	/**
	 * Archimedean spirals from the centre to {@code size/2}, the radius growing as the square root of time.
	 *
	 * @param interleaves shots, evenly turned
	 * @param samples points of a shot
	 * @param turns turns of a shot; {@code size / (2 interleaves)} samples fully
	 * @param size points of a fully sampled line
	 */
	public static Trajectory spiral(final int interleaves, final int samples, final double turns, final int size) {
		final double[] ky = new double[interleaves * samples], kx = new double[interleaves * samples];
		for (int s = 0; s < interleaves; s++) for (int i = 0; i < samples; i++) {
			final double part = Math.sqrt((double) i / samples), a = 2 * Math.PI * (turns * part + (double) s / interleaves);
			ky[s * samples + i] = part * size / 2 * Math.sin(a);
			kx[s * samples + i] = part * size / 2 * Math.cos(a);
		}
		return new Trajectory(interleaves, samples, ky, kx);
	}
}
