package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Trajectory;

/** Collects ISMRMRD readouts along a trajectory, slice by slice in the order of the file; each carries its positions, kx first. */
final class IsmrmrdShots implements IsmrmrdReadouts {

	private final Acquisitions lines;
	private final Path file;
	private final int coils;
	private final List<List<float[]>> shots = new ArrayList<>();
	private final List<List<double[]>> positions = new ArrayList<>();
	private int samples;
	private double dwell;
	private boolean third;

	IsmrmrdShots(final Acquisitions lines, final Path file) throws IOException {
		this.lines = lines;
		this.file = file;
		coils = lines.imageCoils(file);
		for (int z = 0; z < lines.depth(); z++) {
			shots.add(new ArrayList<>());
			positions.add(new ArrayList<>());
		}
	}

	@Override
	public void add(final int i) throws IOException {
		final float[] data = lines.data(i, file);
		if (lines.coils()[i] != coils) throw FileProblem.of(file, "acquisition " + i + " has " + lines.coils()[i] + " coils, the others " + coils + ".");
		final int n = lines.samples()[i], axes = lines.dimensions()[i], first = lines.discardPre()[i], kept = n - lines.discardPost()[i] - first;
		if (axes < 2 || axes > 3 || !(lines.positions()[i] instanceof float[] k) || k.length != axes * n) {
			throw FileProblem.of(file, "acquisition " + i + " must carry its trajectory, 2 or 3 positions for each of its " + n + " samples; it has " + axes +
				" and " + (lines.positions()[i] instanceof float[] some ? some.length : 0) + " in all.");
		}
		Elements.requireFinite(file, k, new int[] { n, axes }, false);
		if (samples == 0) samples = kept;
		if (kept < 1 || kept != samples) {
			throw FileProblem.of(file, "acquisition " + i + " has " + kept + " samples to use, the others " + samples + " - all need the same.");
		}
		final float[] shot = new float[2 * coils * kept];
		final double[] at = new double[2 * kept];
		for (int c = 0; c < coils; c++) System.arraycopy(data, 2 * (c * n + first), shot, 2 * c * kept, 2 * kept);
		for (int s = 0; s < kept; s++) {
			at[2 * s] = k[(first + s) * axes];
			at[2 * s + 1] = k[(first + s) * axes + 1];
			if (axes == 3 && k[(first + s) * axes + 2] != 0) third = true;
		}
		shots.get(lines.slice()[i]).add(shot);
		positions.get(lines.slice()[i]).add(at);
		dwell = lines.dwell()[i];
	}

	/** Samples [coil][shot][sample][re, im] of every slice. */
	List<float[]> slices() throws IOException {
		final List<float[]> slices = new ArrayList<>();
		final int count = shots.get(0).size();
		for (int z = 0; z < shots.size(); z++) {
			if (shots.get(z).size() != count || count == 0) {
				throw FileProblem.of(file, "slice " + z + " has " + shots.get(z).size() + " shots, slice 0 has " + count + " - all need the same number.");
			}
			FileProblem.requireSize(file, FileProblem.product(2, coils, count, samples), "of " + coils + " coils, " + count + " shots");
			final float[] slice = new float[2 * coils * count * samples];
			for (int c = 0; c < coils; c++) for (int s = 0; s < count; s++) {
				System.arraycopy(shots.get(z).get(s), 2 * c * samples, slice, 2 * (c * count + s) * samples, 2 * samples);
			}
			slices.add(slice);
		}
		return slices;
	}

	/** Positions of every slice, in the units of the file. */
	List<Trajectory> trajectories() {
		final List<Trajectory> trajectories = new ArrayList<>();
		for (final List<double[]> slice : positions) {
			final double[] ky = new double[slice.size() * samples], kx = ky.clone();
			for (int i = 0; i < ky.length; i++) {
				kx[i] = slice.get(i / samples)[2 * (i % samples)];
				ky[i] = slice.get(i / samples)[2 * (i % samples) + 1];
			}
			trajectories.add(new Trajectory(slice.size(), samples, ky, kx));
		}
		return trajectories;
	}

	@Override
	public int coils() {
		return coils;
	}

	@Override
	public double dwell() {
		return dwell;
	}

	@Override
	public double averages() {
		return 1;
	}

	@Override
	public String axes() {
		return "axes: " + shots.size() + " slices, " + coils + " coils, " + shots.get(0).size() + " shots, " + samples + " samples" + (third
			? "; the third number of every position is not used" : "");
	}
}
