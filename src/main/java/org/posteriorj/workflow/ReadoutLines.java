package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Volume;

/** The readout lines of one slice, one for each ky: which are there, and k-space that holds some of them only. */
final class ReadoutLines {

	private final KSpace kspace;
	private final int slice;
	private final boolean[] readout;
	private final boolean[] present;

	/**
	 * @param slice counted from 0
	 * @throws IllegalArgumentException if what was measured is not whole lines
	 */
	ReadoutLines(final KSpace kspace, final int slice) {
		this.kspace = kspace;
		this.slice = slice;
		final int columns = kspace.columns();
		readout = row(kspace.rows() / 2);
		present = new boolean[kspace.rows()];
		if (none(readout)) {
			throw new IllegalArgumentException("k-space '" + kspace.title() + "': its central line was not measured - a plan needs the centre of k-space.");
		}
		for (int line = 0; line < present.length; line++) {
			final boolean[] row = row(line);
			present[line] = !none(row);
			if (present[line] && !Arrays.equals(row, readout)) {
				throw new IllegalArgumentException("k-space '" + kspace.title() + "': line " + line + " of " + columns +
					" samples was measured in part, expected whole readout lines along x - points cannot be planned.");
			}
		}
	}

	private boolean[] row(final int line) {
		return Arrays.copyOfRange(kspace.sampled().get(slice), line * kspace.columns(), (line + 1) * kspace.columns());
	}

	private static boolean none(final boolean[] row) {
		for (final boolean sample : row) if (sample) return false;
		return true;
	}

	/** Which samples of a line are measured. */
	boolean[] readout() {
		return readout;
	}

	/** Which lines the data hold. */
	boolean[] marks() {
		return present;
	}

	/** The lines that the data hold. */
	List<Integer> present() {
		return IntStream.range(0, present.length).filter(line -> present[line]).boxed().toList();
	}

	/** The central lines; those that are missing in the data are named in the error. */
	List<Integer> central(final int count) {
		final int from = present.length / 2 - count / 2;
		final List<Integer> lines = IntStream.range(from, from + count).boxed().toList();
		final List<Integer> missing = lines.stream().filter(l -> !present[l]).toList();
		if (!missing.isEmpty()) {
			throw new IllegalArgumentException("acs: the data lack " + missing.size() + " of the " + count + " central lines, the first is line " + missing.get(0) +
				" - choose fewer, or mode=Prospective.");
		}
		return lines;
	}

	/** The samples of a line, [coil][column][real, imaginary]. */
	float[] line(final int line) {
		final int width = 2 * kspace.columns(), rows = kspace.rows();
		final float[] all = kspace.slices().get(slice), samples = new float[kspace.coils() * width];
		for (int c = 0; c < kspace.coils(); c++) System.arraycopy(all, (c * rows + line) * width, samples, c * width, width);
		return samples;
	}

	/** 1 for every sample of these lines. */
	Volume mask(final Collection<Integer> lines) {
		final int columns = kspace.columns();
		final float[] values = new float[kspace.rows() * columns];
		for (final int line : lines) for (int c = 0; c < columns; c++) if (readout[c]) values[line * columns + c] = 1;
		return new Volume("Mask", columns, kspace.rows(), 1, List.of(values), kspace.voxel(), "");
	}

	/** K-space of this slice with nothing but these lines, and the noise of the scan if it is known. */
	KSpace only(final Collection<Integer> lines) {
		return only(lines, kspace.noiseCovariance().orElse(null));
	}

	/** K-space of this slice with nothing but these lines. */
	KSpace only(final Collection<Integer> lines, final NoiseCovariance noise) {
		final int width = 2 * kspace.columns(), rows = kspace.rows(), columns = kspace.columns();
		final float[] values = new float[kspace.coils() * rows * width];
		final boolean[] mask = new boolean[rows * columns];
		for (final int line : lines) {
			final float[] samples = line(line);
			for (int c = 0; c < kspace.coils(); c++) System.arraycopy(samples, c * width, values, (c * rows + line) * width, width);
			System.arraycopy(readout, 0, mask, line * columns, columns);
		}
		return new KSpace(kspace.title(), kspace.coils(), rows, columns, List.of(values), List.of(mask), kspace.voxel(), noise, kspace
			.reading());
	}
}
