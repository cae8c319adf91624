package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.DensityCompensation;

/**
 * Noise covariance of the coils from a scan along a trajectory.
 * <p>
 * <em>Background:</em> a straight spoke, transformed, is a projection of the object, which shows noise alone beside it; a Hann window
 * keeps the ends of the spoke from ringing into the background. <em>Edge of k-space:</em> else, the outermost samples: an upper limit.
 */
public final class TrajectoryNoise {

	/** Neighbouring steps of a straight, even spoke differ by less than this part of one. */
	private static final double STRAIGHT = 0.02;

	private TrajectoryNoise() {}

	/** Estimates from every slice together. */
	public static NoiseEstimate of(final NonCartesianKSpace scan) {
		final NoiseCovariance background = NoiseEstimate.background(spokes(scan), scan.coils(), scan.readoutSamples());
		return NoiseEstimate.of(background == null ? edge(scan) : background, background == null, rms(scan));
	}

	/** Straight shots [coil][sample][real, imaginary] under a window of mean square 1. */
	private static List<float[]> spokes(final NonCartesianKSpace scan) {
		final List<float[]> spokes = new ArrayList<>();
		final int coils = scan.coils(), shots = scan.readouts(), samples = scan.readoutSamples();
		for (int z = 0; z < scan.depth(); z++) for (int s = 0; s < shots; s++) {
			if (!straight(scan.trajectories().get(z), s)) continue;
			final float[] spoke = new float[2 * coils * samples];
			for (int c = 0; c < coils; c++) for (int i = 0; i < 2 * samples; i++) {
				final double window = (1 - Math.cos(2 * Math.PI * (i / 2 + 0.5) / samples)) / Math.sqrt(1.5);
				spoke[2 * c * samples + i] = (float) window * scan.slices().get(z)[2 * (c * shots + s) * samples + i];
			}
			spokes.add(spoke);
		}
		return spokes;
	}

	private static boolean straight(final Trajectory k, final int shot) {
		final double[] ky = k.ky(), kx = k.kx();
		final int n = k.samples(), from = shot * n;
		if (n < 16) return false;
		final double y = (ky[from + n - 1] - ky[from]) / (n - 1), x = (kx[from + n - 1] - kx[from]) / (n - 1);
		for (int i = from + 1; i < from + n; i++) {
			if (Math.hypot(ky[i] - ky[i - 1] - y, kx[i] - kx[i - 1] - x) > STRAIGHT * Math.hypot(y, x)) return false;
		}
		return true;
	}

	private static NoiseCovariance edge(final NonCartesianKSpace scan) {
		final List<int[]> samples = new ArrayList<>();
		final List<double[]> far = scan.trajectories().stream().map(TrajectoryNoise::distances).toList();
		for (int z = 0; z < scan.depth(); z++) for (int i = 0; i < far.get(z).length; i++) samples.add(new int[] { z, i });
		samples.sort(Comparator.comparingDouble(at -> -far.get(at[0])[at[1]]));
		return NoiseEstimate.edge(samples, scan.slices(), scan.coils(), far.get(0).length);
	}

	private static double[] distances(final Trajectory k) {
		final double[] ky = k.ky(), kx = k.kx(), far = new double[ky.length];
		for (int i = 0; i < far.length; i++) far[i] = Math.hypot(ky[i], kx[i]);
		return far;
	}

	/** Root mean square of the samples per real component, each weighted with the area of k-space that it stands for. */
	private static double rms(final NonCartesianKSpace scan) {
		double sum = 0, count = 0;
		for (int z = 0; z < scan.depth(); z++) {
			final float[] area = DensityCompensation.weights(scan.trajectories().get(z), scan.rows(), scan.columns()), slice = scan.slices().get(z);
			for (int i = 0; i < slice.length; i++) sum += (double) area[i / 2 % area.length] * slice[i] * slice[i];
			for (final float a : area) count += 2.0 * scan.coils() * a;
		}
		if (!(sum > 0)) throw new IllegalArgumentException("k-space '" + scan.title() + "' is zero everywhere - is it the right file?");
		return Math.sqrt(sum / count);
	}
}
