package org.posteriorj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Scans along a trajectory that cannot be are refused in one line. */
class NonCartesianKSpaceTest {

	private static final int SHOTS = 5, SAMPLES = 32;

	/** Lines through the centre as far as {@code reach}. */
	private static Trajectory lines(final double reach) {
		final double[] ky = new double[SHOTS * SAMPLES], kx = ky.clone();
		for (int i = 0; i < ky.length; i++) {
			final double angle = Math.PI * (i / SAMPLES) / SHOTS, k = reach * (2.0 * (i % SAMPLES) / SAMPLES - 1);
			ky[i] = k * Math.sin(angle);
			kx[i] = k * Math.cos(angle);
		}
		return new Trajectory(SHOTS, SAMPLES, ky, kx);
	}

	private static NonCartesianKSpace scan(final Trajectory... trajectories) {
		return new NonCartesianKSpace("scan", 2, 16, 16, Collections.nCopies(trajectories.length, new float[4 * SHOTS * SAMPLES]), List.of(trajectories),
			VoxelSize.UNKNOWN, null, List.of());
	}

	private static void refused(final String words, final Executable action) {
		final String message = assertThrows(IllegalArgumentException.class, action).getMessage();
		assertTrue(message.contains(words) && !message.contains("\n"), message);
	}

	@Test
	void accelerationCountsCells() {
		final double[] ky = new double[SHOTS * SAMPLES], kx = ky.clone();
		for (int i = 0; i < ky.length; i++) {
			ky[i] = i / SAMPLES;
			kx[i] = (i % SAMPLES - 16) / 2.0;
		}
		final double acceleration = scan(new Trajectory(SHOTS, SAMPLES, ky, kx)).acceleration();
		// NB: -8 and, rounded, 8 are one cell of the periodic grid
		assertEquals(16.0 / SHOTS, acceleration, 1e-12);
	}

	@Test
	void positionsThatAreNoNumbers() {
		final double[] ky = lines(8).ky();
		ky[3] = Double.NaN;
		refused("sample 3 must have finite positions, got ky NaN", () -> new Trajectory(SHOTS, SAMPLES, ky, lines(8).kx()));
		ky[3] = Double.POSITIVE_INFINITY;
		refused("sample 3 must have finite positions, got ky Infinity", () -> new Trajectory(SHOTS, SAMPLES, ky, lines(8).kx()));
	}

	@Test
	void trajectoriesBeyondTheImageOrInOtherUnits() {
		refused("an image of 16 x 16 (rows x columns) holds 8 and 8 - are the units or the size wrong?", () -> scan(lines(12)));
		refused("slice 1 reaches to", () -> scan(lines(8), lines(80)));
		refused("are the units or the size wrong?", () -> scan(lines(0.4)));
		assertEquals(1, scan(lines(8.9)).depth(), "a sample beyond the last cell is no fault");
	}

	@Test
	void countsThatDiffer() {
		refused("got 9 ky and 10 kx values, expected 10 of each (2 shots of 5 samples)", () -> new Trajectory(2, 5, new double[9], new double[10]));
		refused("at least one shot and sample, got 0 shots of 5", () -> new Trajectory(0, 5, new double[0], new double[0]));
		refused("slice 0 has 318 values, expected 640 (2 coils, 5 shots of 32 complex samples, as the trajectory says)", () -> new NonCartesianKSpace("scan", 2, 16,
			16, List.of(new float[318]), List.of(lines(8)), VoxelSize.UNKNOWN, null, List.of()));
		final Trajectory other = new Trajectory(SHOTS * SAMPLES, 1, lines(8).ky(), lines(8).kx());
		refused("slice 1 has 160 shots of 1 samples, that of slice 0 has 5 of 32", () -> scan(lines(8), other));
		refused("1 slices and 2 trajectories", () -> new NonCartesianKSpace("scan", 2, 16, 16, List.of(new float[640]), List.of(lines(8), lines(8)), VoxelSize.UNKNOWN,
			null, List.of()));
		final double[] covariance = new double[18];
		Arrays.setAll(covariance, i -> i % 8 == 0 ? 1 : 0);
		refused("noise covariance is for 3 coils, the data have 2", () -> new NonCartesianKSpace("scan", 2, 16, 16, List.of(new float[640]), List.of(lines(8)),
			VoxelSize.UNKNOWN, new NoiseCovariance(3, covariance), List.of()));
	}
}
