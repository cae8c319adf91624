package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts ISMRMRD readouts onto the Cartesian grid: averages them and removes readout oversampling. */
final class IsmrmrdLines implements IsmrmrdReadouts {

	private final Acquisitions lines;
	private final Path file;
	private final int coils, rows, encoded, columns, centre;
	private final List<float[]> slices = new ArrayList<>();
	private final List<boolean[]> masks = new ArrayList<>();
	private final List<int[]> counts = new ArrayList<>();
	private final ReadoutCrop crop;
	private double dwell;
	private long used;

	IsmrmrdLines(final IsmrmrdHeader header, final Acquisitions lines, final Path file) throws IOException {
		this.lines = lines;
		this.file = file;
		encoded = header.size("encodedSpace/matrixSize/x");
		rows = header.size("encodedSpace/matrixSize/y");
		columns = header.columns();
		centre = (int) header.number("kspace_encoding_step_1/center", rows / 2);
		crop = columns == encoded ? null : new ReadoutCrop(encoded, columns);
		coils = lines.imageCoils(file);
		final int depth = lines.depth();
		FileProblem.requireSize(file, FileProblem.product(2, depth, coils, rows, columns), "of " + depth + " slices, " + coils + " coils");
		for (int z = 0; z < depth; z++) {
			slices.add(new float[2 * coils * rows * columns]);
			masks.add(new boolean[rows * columns]);
			counts.add(new int[rows]);
		}
	}

	/** Adds acquisition i to the running mean of its line. */
	@Override
	public void add(final int i) throws IOException {
		final float[] data = lines.data(i, file);
		if (lines.coils()[i] != coils) throw FileProblem.of(file, "acquisition " + i + " has " + lines.coils()[i] + " coils, the others " + coils + ".");
		final int row = lines.step()[i] - centre + rows / 2, shift = encoded / 2 - lines.centre()[i], n = lines.samples()[i];
		final int first = lines.discardPre()[i], last = n - lines.discardPost()[i];
		if (row < 0 || row >= rows || first >= last || first + shift < 0 || last + shift > encoded) {
			throw FileProblem.of(file, "acquisition " + i + " lies outside the encoded matrix " + encoded + " x " + rows + " (row " + row + ", samples " + (first +
				shift) + " to " + (last + shift - 1) + ").");
		}
		final int z = lines.slice()[i], seen = ++counts.get(z)[row];
		for (int c = 0; c < coils; c++) {
			final float[] line = new float[2 * encoded];
			System.arraycopy(data, 2 * (c * n + first), line, 2 * (first + shift), 2 * (last - first));
			final float[] kept = crop == null ? line : crop.apply(line);
			final float[] slice = slices.get(z);
			for (int x = 0, at = 2 * (c * rows + row) * columns; x < 2 * columns; x++, at++) slice[at] += (kept[x] - slice[at]) / seen;
		}
		mark(z, row, first + shift, last + shift);
		dwell = lines.dwell()[i];
		used++;
	}

	/** A sample counts as measured if its frequency was; the others of a partial echo are set to zero. */
	private void mark(final int z, final int row, final int from, final int to) {
		final double step = (double) encoded / columns;
		for (int x = 0; x < columns; x++) {
			final double position = encoded / 2 + (x - columns / 2) * step;
			final boolean measured = position > from - 0.5 && position < to - 0.5 + step;
			if (measured) masks.get(z)[row * columns + x] = true;
			else if (!masks.get(z)[row * columns + x]) {
				for (int c = 0; c < coils; c++) for (int part = 0; part < 2; part++) slices.get(z)[2 * ((c * rows + row) * columns + x) + part] = 0;
			}
		}
	}

	@Override
	public int coils() {
		return coils;
	}

	int rows() {
		return rows;
	}

	int columns() {
		return columns;
	}

	@Override
	public double dwell() {
		return dwell;
	}

	List<float[]> slices() {
		return slices;
	}

	List<boolean[]> masks() {
		return masks;
	}

	/** Mean number of acquisitions per line. */
	@Override
	public double averages() {
		long measured = 0;
		for (final int[] count : counts) for (final int c : count) if (c > 0) measured++;
		return measured == 0 ? 1 : (double) used / measured;
	}

	/** How the axes were read. */
	@Override
	public String axes() {
		return "axes: " + slices.size() + " slices, " + coils + " coils, " + rows + " ky (rows), " + columns + " kx (columns)" + (crop == null ? ""
			: "; readout oversampling removed, " + encoded + " to " + columns) + "; averages: " + averages();
	}
}
