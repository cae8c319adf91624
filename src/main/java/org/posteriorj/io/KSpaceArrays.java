package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.VoxelSize;

/** K-space from plain arrays whose zeros mean "not sampled". */
final class KSpaceArrays {

	private KSpaceArrays() {}

	/** K-space from a complex array [coil, ky, kx] or [slice, coil, ky, kx]. */
	static KSpace of(final Path file, final NumericArray array, final List<String> reading) throws IOException {
		final int[] shape = array.shape();
		if (!array.complex()) throw FileProblem.of(file, "expected complex k-space, got real numbers of shape " + NumericArray.text(shape) + " - is it an image?");
		if (shape.length != 3 && shape.length != 4) {
			throw FileProblem.of(file, "expected 3 axes [coil, ky, kx] or 4 axes [slice, coil, ky, kx], got " + shape.length + " axes " +
				NumericArray.text(shape) + " - reshape it.");
		}
		final int axis = shape.length - 3, depth = axis == 0 ? 1 : shape[0], coils = shape[axis], rows = shape[axis + 1], columns = shape[axis + 2];
		if (coils >= 4 * Math.min(rows, columns)) {
			throw FileProblem.of(file, "expected " + (axis == 0 ? "" : "slice, ") + "coil, ky, kx, but " + NumericArray.text(shape) + " would mean " + coils +
				" coils of " + rows + " x " + columns + " samples - move the coil axis before ky and kx.");
		}
		Elements.requireFinite(file, array.values(), shape, true);
		final int each = 2 * coils * rows * columns;
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < depth; z++) slices.add(Arrays.copyOfRange(array.values(), z * each, (z + 1) * each));
		final List<String> lines = new ArrayList<>(reading);
		lines.add("axes: " + (axis == 0 ? "" : depth + " slices, ") + coils + " coils, " + rows + " ky (rows), " + columns + " kx (columns)");
		if (array.rounded()) lines.add("numbers: rounded to float32");
		return of(file, coils, rows, columns, slices, nonZero(slices, coils, rows * columns), VoxelSize.UNKNOWN, null, lines);
	}

	/** Checks what all formats share and adds the lines on size, voxel, noise, acceleration and centre. */
	static KSpace of(final Path file, final int coils, final int rows, final int columns, final List<float[]> slices,
		final List<boolean[]> sampled, final VoxelSize voxel, final NoiseCovariance noise, final List<String> reading) throws IOException
	{
		final List<String> lines = new ArrayList<>(reading);
		final KSpace plain = new KSpace(FileProblem.title(file), coils, rows, columns, slices, sampled, voxel, noise, lines);
		if (Double.isInfinite(plain.acceleration())) throw FileProblem.of(file, "all samples are zero, so nothing was measured - choose another file.");
		lines.add(voxel == VoxelSize.UNKNOWN ? "voxel size: not in the file, taken as 1 x 1 x 1 mm" : String.format(Locale.ROOT, "voxel size: %.4g x %.4g x %.4g mm",
			voxel.x(), voxel.y(), voxel.z()));
		lines.add(noise == null ? "noise: no noise scan in the file" : "noise: covariance of " + coils + " coils from the noise scan");
		lines.add(String.format(Locale.ROOT, "acceleration: %.3f (grid points per measured point; zeros in all coils are not sampled)", plain.acceleration()));
		centre(plain, lines);
		return new KSpace(plain.title(), coils, rows, columns, slices, sampled, voxel, noise, lines);
	}

	/** Where any coil holds a value. */
	static List<boolean[]> nonZero(final List<float[]> slices, final int coils, final int n) {
		return slices.stream().map(slice -> {
			final boolean[] mask = new boolean[n];
			for (int i = 0; i < coils * n; i++) if (slice[2 * i] != 0 || slice[2 * i + 1] != 0) mask[i % n] = true;
			return mask;
		}).toList();
	}

	/** An MR image is brightest at zero frequency, which shows data in another order. */
	private static void centre(final KSpace k, final List<String> lines) {
		final int n = k.rows() * k.columns();
		final float[] slice = k.slices().get(k.depth() / 2);
		double best = 0;
		int peak = 0;
		for (int i = 0; i < n; i++) {
			double power = 0;
			for (int c = 0; c < k.coils(); c++) {
				final double re = slice[2 * (c * n + i)], im = slice[2 * (c * n + i) + 1];
				power += re * re + im * im;
			}
			if (power > best) {
				best = power;
				peak = i;
			}
		}
		final int row = peak / k.columns(), column = peak % k.columns();
		final boolean far = 4 * Math.abs(row - k.rows() / 2) > k.rows() || 4 * Math.abs(column - k.columns() / 2) > k.columns();
		lines.add((far ? "warning: " : "") + "strongest sample at row " + row + ", column " + column + "; zero frequency is taken at row " + k.rows() / 2 +
			", column " + k.columns() / 2 + (far ? " - are the data in FFT order?" : ""));
	}
}
