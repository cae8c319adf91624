package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import org.posteriorj.tensor.SampleRandom;

/** Readout lines chosen before a scan begins, to compare with: exactly so many, the central ones among them. */
public final class FixedLines {

	/** Kinds of {@link #of}. */
	public static final List<String> NAMES = List.of("centre", "equispaced", "random", "variable density", "Poisson");

	private FixedLines() {}

	/**
	 * Lines of a mask.
	 *
	 * @param rows all lines
	 * @param count lines of the mask
	 * @param acs central lines that every mask has
	 */
	public static List<Integer> of(final String name, final int rows, final int count, final int acs, final long seed) {
		final TreeSet<Integer> chosen = new TreeSet<>();
		for (int i = 0; i < acs; i++) chosen.add(rows / 2 - acs / 2 + i);
		final RandomGenerator random = SampleRandom.generator(seed, 77);
		switch (name) {
			case "centre" -> {
				for (int i = 0; chosen.size() < count; i++) chosen.add(rows / 2 + (i % 2 == 0 ? i / 2 : -(i + 1) / 2));
			}
			case "equispaced" -> equispaced(chosen, rows, count);
			case "random" -> drawn(chosen, rows, count, random, 0);
			case "variable density" -> drawn(chosen, rows, count, random, 2);
			default -> poisson(chosen, rows, count, random);
		}
		return List.copyOf(chosen);
	}

	private static void equispaced(final TreeSet<Integer> chosen, final int rows, final int count) {
		// the distance at which, with the central lines, there are just as many
		final List<Integer> centre = List.copyOf(chosen);
		for (double step = rows; chosen.size() < count; step -= 0.01) {
			chosen.clear();
			chosen.addAll(centre);
			for (double line = rows / 2.0 % step; line < rows; line += step) if (chosen.size() < count) chosen.add((int) line);
		}
	}

	private static void drawn(final TreeSet<Integer> chosen, final int rows, final int count, final RandomGenerator random, final double power) {
		while (chosen.size() < count) {
			final int line = random.nextInt(rows);
			if (random.nextDouble() < density(line, rows, power)) chosen.add(line);
		}
	}

	private static double density(final int line, final int rows, final double power) {
		return Math.pow(1 - Math.abs(line - rows / 2) / (rows / 2.0), power) + (power == 0 ? 0 : 0.05);
	}

	/** Variable density whose lines keep a distance that grows outwards; it shrinks until all find room. */
	private static void poisson(final TreeSet<Integer> chosen, final int rows, final int count, final RandomGenerator random) {
		for (double scale = 3.0 * rows / count; chosen.size() < count; scale *= 0.95) {
			for (int dart = 0; dart < 20 * rows && chosen.size() < count; dart++) {
				final int line = random.nextInt(rows);
				final double distance = scale * (0.3 + Math.abs(line - rows / 2) / (rows / 2.0));
				final Integer below = chosen.floor(line), above = chosen.ceiling(line);
				if ((below == null || line - below >= distance) && (above == null || above - line >= distance)) chosen.add(line);
			}
		}
	}

	/** The mask of lines, [row][column]. */
	public static boolean[] mask(final List<Integer> lines, final int rows, final int columns) {
		final boolean[] mask = new boolean[rows * columns];
		for (final int line : new ArrayList<>(lines)) java.util.Arrays.fill(mask, line * columns, (line + 1) * columns, true);
		return mask;
	}
}
