package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.VoxelSize;

/** Scans along a trajectory from samples and positions, in whatever units these are. */
final class TrajectoryArrays {

	/** Farthest positions in cycles or radians per pixel; a little more for rounding. */
	private static final double HALF = 0.505, PI = 3.18;

	private TrajectoryArrays() {}

	/**
	 * A scan of two arrays.
	 *
	 * @param k complex [coil, shot, sample] or [slice, coil, shot, sample]
	 * @param t real [shot, sample, axis], or [slice, shot, sample, axis] of one slice or all; of the two or three axes kx is first, kz must be 0
	 * @param unit of the positions where the format has one, null if it does not say
	 */
	static NonCartesianKSpace of(final Path file, final NumericArray k, final Path positions, final NumericArray t, final TrajectoryOptions given,
		final String unit, final List<String> reading) throws IOException
	{
		final int[] shape = k.shape(), at = t.shape();
		final int axis = shape.length - 3, last = at.length - 3;
		if (!k.complex() || axis < 0 || axis > 1) {
			throw FileProblem.of(file, "expected complex samples [coil, shot, sample] or [slice, coil, shot, sample] along the trajectory '" + positions
				.getFileName() + "', got " + (k.complex() ? "" : "real ") + NumericArray.text(shape) + ".");
		}
		if (t.complex() || last < 0 || last > 1 || at[last + 2] < 2 || at[last + 2] > 3) {
			throw FileProblem.of(positions, "expected real positions [shot, sample, 2 or 3] or [slice, shot, sample, 2 or 3], kx first, got " + (t.complex()
				? "complex " : "") + NumericArray.text(at) + ".");
		}
		final int depth = axis == 0 ? 1 : shape[0], coils = shape[axis], shots = shape[axis + 1], samples = shape[axis + 2];
		if (at[last] != shots || at[last + 1] != samples || last == 1 && at[0] != 1 && at[0] != depth) {
			throw FileProblem.of(positions, "has positions of " + slices(last == 0 ? 1 : at[0]) + at[last] + " shots of " + at[last + 1] + " samples, '" + file.getFileName() +
				"' has " + slices(depth) + shots + " shots of " + samples + " - do they belong together?");
		}
		Elements.requireFinite(file, k.values(), shape, true);
		Elements.requireFinite(positions, t.values(), at, false);
		final int each = 2 * coils * shots * samples, most = last == 0 ? 1 : at[0];
		final List<float[]> slices = new ArrayList<>();
		final List<Trajectory> raw = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			slices.add(Arrays.copyOfRange(k.values(), z * each, (z + 1) * each));
			raw.add(z < most ? positions(positions, t.values(), z, shots, samples, at[last + 2]) : raw.get(0));
		}
		final List<String> lines = new ArrayList<>(reading);
		lines.add("trajectory: '" + positions.getFileName() + "'");
		if (k.rounded() || t.rounded()) lines.add("numbers: rounded to float32");
		return of(file, coils, slices, raw, given, unit, TrajectoryFrame.UNKNOWN, null, lines);
	}

	private static String slices(final int depth) {
		return depth == 1 ? "" : depth + " slices, ";
	}

	private static Trajectory positions(final Path file, final float[] values, final int z, final int shots, final int samples, final int axes) throws IOException {
		final int n = shots * samples;
		final double[] ky = new double[n], kx = new double[n];
		for (int i = 0; i < n; i++) {
			final int at = (z * n + i) * axes;
			kx[i] = values[at];
			ky[i] = values[at + 1];
			if (axes == 3 && values[at + 2] != 0) {
				throw FileProblem.of(file, "the trajectory is 3-D (kz of sample " + i + " is " + values[at + 2] + "), expected 2-D slices - transform along the slices first.");
			}
		}
		return new Trajectory(shots, samples, ky, kx);
	}

	/**
	 * A scan of positions in the units of a file.
	 *
	 * @param unit of the positions where the format has one, null if it does not say
	 * @param known what the file says about the image
	 */
	static NonCartesianKSpace of(final Path file, final int coils, final List<float[]> slices, final List<Trajectory> raw, final TrajectoryOptions given,
		final String unit, final TrajectoryFrame known, final NoiseCovariance noise, final List<String> reading) throws IOException
	{
		double reach = 0;
		for (final Trajectory k : raw) reach = Math.max(reach, Math.max(Trajectory.reach(k.ky()), Trajectory.reach(k.kx())));
		final String guessed = reach <= HALF ? TrajectoryOptions.PIXEL : reach <= PI ? TrajectoryOptions.RADIANS : TrajectoryOptions.FOV;
		final String taken = !given.automatic() ? given.units() : unit != null ? unit : guessed;
		final TrajectoryFrame sized = known.with(given);
		final List<Trajectory> scaled = new ArrayList<>();
		for (final Trajectory k : raw) scaled.add(sized.cycles(k, taken, file).rounded());
		final TrajectoryFrame frame = sized.reaching(scaled);
		final List<String> lines = new ArrayList<>(reading);
		lines.add(String.format(Locale.ROOT, "units: %s (%s), the positions reach to %.4g", taken, !given.automatic() ? "as given" : unit != null ? "those of the format"
			: "as the reach suggests; option units", reach));
		lines.add("image: " + frame.rows() + " x " + frame.columns() + " (rows x columns), " + (sized.rows() > 0 && sized.columns() > 0 ? "as " + (given.rows() > 0
			? "given" : "the file says") : "as far as the positions reach; options rows and columns"));
		final VoxelSize voxel = frame.voxel();
		lines.add(voxel == VoxelSize.UNKNOWN ? "voxel size: not in the file, taken as 1 x 1 x 1 mm" : String.format(Locale.ROOT, "voxel size: %.4g x %.4g x %.4g mm",
			voxel.x(), voxel.y(), voxel.z()));
		lines.add(noise == null ? "noise: no noise scan in the file" : "noise: covariance of " + coils + " coils from the noise scan");
		lines.add(strongest(file, coils, slices.get(slices.size() / 2), scaled.get(scaled.size() / 2), frame));
		try {
			return new NonCartesianKSpace(FileProblem.title(file), coils, frame.rows(), frame.columns(), slices, scaled, voxel, noise, lines);
		}
		catch (final IllegalArgumentException e) {
			throw FileProblem.of(file, e.getMessage(), e);
		}
	}

	/** An MR image is brightest at zero frequency, which shows positions in another order. */
	private static String strongest(final Path file, final int coils, final float[] slice, final Trajectory k, final TrajectoryFrame frame) throws IOException {
		final int n = k.points();
		int peak = -1;
		double best = 0;
		for (int i = 0; i < n; i++) {
			double power = 0;
			for (int c = 0; c < coils; c++) power += Math.pow(slice[2 * (c * n + i)], 2) + Math.pow(slice[2 * (c * n + i) + 1], 2);
			if (power > best) {
				best = power;
				peak = i;
			}
		}
		if (peak < 0) throw FileProblem.of(file, "all samples are zero, so nothing was measured - choose another file.");
		final double ky = k.ky()[peak], kx = k.kx()[peak];
		final boolean far = 4 * Math.abs(ky) > frame.rows() || 4 * Math.abs(kx) > frame.columns();
		return String.format(Locale.ROOT, "%sstrongest sample at ky %.4g, kx %.4g cycles per field of view, expected near 0%s", far ? "warning: " : "", ky, kx, far
			? " - do samples and positions have the same order?" : "");
	}
}
