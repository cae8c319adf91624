package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.posteriorj.data.Trajectory;

/** The usual non-Cartesian readouts, in cycles per field of view. */
public final class Trajectories {

	/** 180 degrees over the golden ratio, 111.246 degrees. */
	private static final double GOLDEN = Math.PI * (Math.sqrt(5) - 1) / 2;
	/** Distance of neighbouring samples of a spiral, in cycles per field of view: twofold oversampling. */
	private static final double SPIRAL_STEP = 0.5;

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

	/**
	 * Spirals of constant speed that sample the centre fully, out to {@code centre / 2}, and are {@code acceleration} times sparser
	 * beyond; neighbouring samples of a shot are half a cycle per field of view apart.
	 *
	 * @param interleaves shots, evenly turned
	 * @param centre side of the fully sampled centre
	 * @param acceleration outside of it, at least 1
	 * @param size points of a fully sampled line
	 */
	public static Trajectory denseCentreSpiral(final int interleaves, final int centre, final double acceleration, final int size) {
		final List<double[]> points = new ArrayList<>();
		double radius = 0, angle = 0;
		while (radius <= size / 2.0) {
			points.add(new double[] { radius, angle });
			// dr of a turn is the distance of neighbouring arms times the number of arms
			final double slope = interleaves * (2 * radius < centre ? 1 : acceleration) / (2 * Math.PI);
			final double step = SPIRAL_STEP / Math.hypot(slope, radius);
			angle += step;
			radius += slope * step;
		}
		final int samples = points.size();
		final double[] ky = new double[interleaves * samples], kx = new double[interleaves * samples];
		for (int s = 0; s < interleaves; s++) for (int i = 0; i < samples; i++) {
			final double a = points.get(i)[1] + 2 * Math.PI * s / interleaves;
			ky[s * samples + i] = points.get(i)[0] * Math.sin(a);
			kx[s * samples + i] = points.get(i)[0] * Math.cos(a);
		}
		return new Trajectory(interleaves, samples, ky, kx);
	}
}
