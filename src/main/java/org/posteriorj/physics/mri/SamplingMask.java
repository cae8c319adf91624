package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/**
 * Cartesian sampling patterns: which points of a grid [row = ky][column = kx] are measured.
 * <p>
 * All have a fully sampled centre, and outside of it the given acceleration, so that patterns of equal options have equal
 * numbers of samples; the acceleration of the whole is lower, and {@link #acceleration} tells it.
 */
public final class SamplingMask {

	/** Density of lines and points falls as {@code (1 - |k| / kmax)^POWER} plus a floor. */
	private static final double POWER = 2, FLOOR = 0.05;

	private final int rows;
	private final int columns;
	private final int acs;
	private final double acceleration;

	/**
	 * @param acceleration outside the centre, at least 1
	 * @param acs lines of the centre, for points its side; 0 for none
	 */
	public SamplingMask(final int rows, final int columns, final double acceleration, final int acs) {
		if (acs < 0 || acs > rows) throw new IllegalArgumentException("mask: ACS lines must be 0 to " + rows + ", the lines of the image, got " + acs + ".");
		if (!(acceleration >= 1)) throw new IllegalArgumentException("mask: the acceleration must be at least 1, got " + acceleration + ".");
		this.rows = rows;
		this.columns = columns;
		this.acs = acs;
		this.acceleration = acceleration;
	}

	/** Every line. */
	public boolean[] full() {
		final boolean[] mask = new boolean[rows * columns];
		Arrays.fill(mask, true);
		return mask;
	}

	/** Lines at equal distances, the zero frequency among them. */
	public boolean[] equispaced() {
		final boolean[] chosen = centre();
		for (int i = (int) -Math.ceil(rows / acceleration); i <= rows / acceleration; i++) {
			final long line = rows / 2 + Math.round(i * acceleration);
			if (line >= 0 && line < rows) chosen[(int) line] = true;
		}
		return lines(chosen);
	}

	/** Lines drawn without preference. */
	public boolean[] random(final long seed) {
		return drawn(SampleRandom.generator(seed, 1), 0);
	}

	/** Lines drawn with a density that falls towards high frequencies. */
	public boolean[] variableDensity(final long seed) {
		return drawn(SampleRandom.generator(seed, 2), POWER);
	}

	/** Exponential races: the lines with the smallest {@code Exp(1) / density} are a weighted draw without replacement. */
	private boolean[] drawn(final RandomGenerator random, final double power) {
		final boolean[] chosen = centre();
		final List<Integer> outer = new ArrayList<>();
		final double[] arrival = new double[rows];
		for (int line = 0; line < rows; line++) {
			final double far = Math.abs(line - rows / 2) / (rows / 2.0);
			arrival[line] = -Math.log(1 - random.nextDouble()) / (power == 0 ? 1 : Math.pow(1 - Math.min(1, far), power) + FLOOR);
			if (!chosen[line]) outer.add(line);
		}
		outer.sort((a, b) -> Double.compare(arrival[a], arrival[b]));
		for (final int line : outer.subList(0, (int) Math.round(outer.size() / acceleration))) chosen[line] = true;
		return lines(chosen);
	}

	/** Points that keep a distance from each other which grows with frequency; for scans with two phase-encoding axes. */
	public boolean[] poissonDisk(final long seed) {
		final int side = Math.min(acs, columns);
		final boolean[] inner = new boolean[rows * columns];
		for (int r = rows / 2 - acs / 2; r < rows / 2 - acs / 2 + acs; r++) {
			for (int c = columns / 2 - side / 2; c < columns / 2 - side / 2 + side; c++) inner[r * columns + c] = true;
		}
		final List<Integer> outer = new ArrayList<>();
		for (int i = 0; i < inner.length; i++) if (!inner[i]) outer.add(i);
		Collections.shuffle(outer, new java.util.Random(SampleRandom.generator(seed, 3).nextLong()));
		final long wanted = Math.round(outer.size() / acceleration);
		double low = 0, high = 4 * Math.sqrt(acceleration);
		for (int i = 0; i < 24; i++) {
			final double middle = (low + high) / 2;
			if (throwDarts(outer, middle, new boolean[rows * columns]) > wanted) low = middle;
			else high = middle;
		}
		final boolean[] mask = new boolean[rows * columns];
		long missing = wanted - throwDarts(outer, high, mask);
		// the distances are whole pixels, so that the number jumps; the rest is drawn freely
		for (final int i : outer) {
			if (missing > 0 && !mask[i]) {
				mask[i] = true;
				missing--;
			}
		}
		for (int i = 0; i < mask.length; i++) mask[i] |= inner[i];
		return mask;
	}

	/** Takes candidates in order unless a taken one is nearer than the distance at this frequency; returns how many. */
	private long throwDarts(final List<Integer> candidates, final double scale, final boolean[] mask) {
		long count = 0;
		for (final int i : candidates) {
			final int r = i / columns, c = i % columns;
			final double far = Math.hypot((r - rows / 2) / (rows / 2.0), (c - columns / 2) / (columns / 2.0));
			final double distance = scale * (0.4 + far);
			if (free(mask, r, c, distance)) {
				mask[i] = true;
				count++;
			}
		}
		return count;
	}

	private boolean free(final boolean[] mask, final int r, final int c, final double distance) {
		final int reach = (int) distance;
		for (int y = Math.max(0, r - reach); y <= Math.min(rows - 1, r + reach); y++) {
			for (int x = Math.max(0, c - reach); x <= Math.min(columns - 1, c + reach); x++) {
				if (mask[y * columns + x] && Math.hypot(y - r, x - c) < distance) return false;
			}
		}
		return true;
	}

	private boolean[] centre() {
		final boolean[] chosen = new boolean[rows];
		for (int line = rows / 2 - acs / 2; line < rows / 2 - acs / 2 + acs; line++) chosen[line] = true;
		return chosen;
	}

	private boolean[] lines(final boolean[] chosen) {
		final boolean[] mask = new boolean[rows * columns];
		for (int i = 0; i < mask.length; i++) mask[i] = chosen[i / columns];
		return mask;
	}

	/** Points of the grid over points measured. */
	public static double acceleration(final boolean[] mask) {
		int measured = 0;
		for (final boolean m : mask) if (m) measured++;
		return (double) mask.length / measured;
	}
}
