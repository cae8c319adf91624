package org.posteriorj.prior.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Volume;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * How near a patch is to the nearest one of all patches of some volumes: {@code 1 - max correlation}, over every position,
 * every second slice of three orientations, three pixel sizes, flips and quarter turns.
 * <p>
 * Patches are compared at a quarter of their resolution, 16 x 16 of 64 x 64 pixels, without mean and with unit norm; small
 * rotations change little there.
 */
final class NearestPatch {

	/** Rows and columns of a patch. */
	static final int SIZE = 64;

	private static final int REDUCED = 16, MARGIN = 5, EVERY = 2;
	private static final double PIXEL_MM = 1.1;
	private static final double[] ZOOMS = { 0.75, 1, 1.33 };
	private static final double FLAT = 0.3;

	private final List<Volume> volumes;

	/** @param volumes intensities about 0 to 1 */
	NearestPatch(final List<Volume> volumes) {
		this.volumes = volumes;
	}

	/** The distance of each patch, 0 for a copy, about 1 for something unlike everything. */
	double[] distances(final List<float[]> patches) {
		final float[] queries = new float[patches.size() * 8 * REDUCED * REDUCED];
		int next = 0;
		for (final float[] patch : patches) {
			float[] turned = reduce(patch);
			for (int i = 0; i < 8; i++) {
				System.arraycopy(turned, 0, queries, next, turned.length);
				next += turned.length;
				turned = i == 3 ? transpose(turned) : quarterTurn(turned);
			}
		}
		final double[] best = new double[8 * patches.size()];
		Arrays.fill(best, -1);
		for (final Volume volume : volumes) {
			for (int orientation = 0; orientation < (volume.voxel().z() < 2.5 ? 3 : 1); orientation++) {
				final int positions = orientation == 0 ? volume.depth() : orientation == 1 ? volume.height() : volume.width();
				for (int position = 0; position < positions; position += EVERY) for (final double zoom : ZOOMS) {
					search(queries, best, slice(volume, orientation, position, 4 * PIXEL_MM * zoom));
				}
			}
		}
		final double[] distances = new double[patches.size()];
		for (int i = 0; i < distances.length; i++) distances[i] = 1 - Arrays.stream(best, 8 * i, 8 * i + 8).max().orElseThrow();
		return distances;
	}

	private record Slice(float[] values, int rows, int columns) {}

	private static void search(final float[] queries, final double[] best, final Slice slice) {
		if (slice.rows() < REDUCED || slice.columns() < REDUCED) return;
		final float[] correlations = Scopes.compute(() -> {
			final int n = REDUCED * REDUCED;
			final Tensor image = Tensors.of(slice.values(), 1, 1, slice.rows(), slice.columns());
			final long[] kernel = { REDUCED, REDUCED }, one = { 1, 1 }, zero = { 0, 0 };
			final Tensor bank = normalised(torch.im2col(image, kernel, one, zero, one).squeeze(0).t());
			final Tensor query = normalised(Tensors.of(queries, queries.length / n, n));
			return Tensors.toFloats(torch.amax(query.matmul(bank.t()), new long[] { 1 }, false));
		});
		for (int i = 0; i < best.length; i++) best[i] = Math.max(best[i], correlations[i]);
	}

	/** Without mean, unit norm; what is nearly flat gets a small norm, so that it resembles nothing. */
	private static Tensor normalised(final Tensor rows) {
		final Tensor centred = rows.sub(rows.mean(new long[] { 1 }, true, new org.bytedeco.pytorch.ScalarTypeOptional()));
		final Tensor norm = centred.square().sum(new long[] { 1 }, true, new org.bytedeco.pytorch.ScalarTypeOptional()).sqrt();
		return centred.div(norm.clamp_min(new Scalar(FLAT)));
	}

	/** A slice on a grid of {@code mm}, each pixel the mean of 4 x 4 points, with a margin of zeros. */
	private static Slice slice(final Volume v, final int orientation, final int position, final double mm) {
		final double rowMm = orientation == 0 ? v.voxel().y() : v.voxel().z(), columnMm = orientation == 2 ? v.voxel().y() : v.voxel().x();
		final int height = orientation == 0 ? v.height() : v.depth(), width = orientation == 2 ? v.height() : v.width();
		final int rows = (int) (height * rowMm / mm) + 2 * MARGIN, columns = (int) (width * columnMm / mm) + 2 * MARGIN;
		final float[] values = new float[rows * columns];
		for (int r = MARGIN; r < rows - MARGIN; r++) for (int c = MARGIN; c < columns - MARGIN; c++) {
			float sum = 0;
			for (int a = 0; a < 16; a++) {
				final int y = Math.min(height - 1, (int) ((r - MARGIN + (a / 4 + 0.5) / 4) * mm / rowMm));
				final int x = Math.min(width - 1, (int) ((c - MARGIN + (a % 4 + 0.5) / 4) * mm / columnMm));
				sum += switch (orientation) {
					case 0 -> v.slices().get(position)[y * v.width() + x];
					case 1 -> v.slices().get(y)[position * v.width() + x];
					default -> v.slices().get(y)[x * v.width() + position];
				};
			}
			values[r * columns + c] = sum / 16;
		}
		return new Slice(values, rows, columns);
	}

	private static float[] reduce(final float[] patch) {
		final float[] reduced = new float[REDUCED * REDUCED];
		for (int i = 0; i < patch.length; i++) reduced[i / SIZE / 4 * REDUCED + i % SIZE / 4] += patch[i] / 16;
		return reduced;
	}

	private static float[] quarterTurn(final float[] patch) {
		final float[] turned = new float[patch.length];
		for (int r = 0; r < REDUCED; r++) for (int c = 0; c < REDUCED; c++) turned[c * REDUCED + REDUCED - 1 - r] = patch[r * REDUCED + c];
		return turned;
	}

	private static float[] transpose(final float[] patch) {
		final float[] turned = new float[patch.length];
		for (int r = 0; r < REDUCED; r++) for (int c = 0; c < REDUCED; c++) turned[c * REDUCED + r] = patch[r * REDUCED + c];
		return turned;
	}

	/** Patches of a random generator of crops that are not nearly flat. */
	static List<float[]> crops(final TrainingImages images, final int count, final java.util.random.RandomGenerator random) {
		final List<float[]> crops = new ArrayList<>();
		while (crops.size() < count) {
			final float[] crop = images.crop(SIZE, random);
			if (deviation(crop) > 0.1) crops.add(crop);
		}
		return crops;
	}

	static double deviation(final float[] patch) {
		double sum = 0, square = 0;
		for (final float v : patch) {
			sum += v;
			square += v * v;
		}
		final double mean = sum / patch.length;
		return Math.sqrt(Math.max(0, square / patch.length - mean * mean));
	}
}
