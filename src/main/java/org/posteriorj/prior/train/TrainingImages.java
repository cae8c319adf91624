package org.posteriorj.prior.train;

import java.util.List;
import java.util.random.RandomGenerator;

import org.posteriorj.data.Volume;

/**
 * Random square crops of volumes: orientation, position, pixel size, rotation and flips are drawn for each crop.
 * <p>
 * Values are divided by the volume's 99.5th percentile of what is not background, one scale per volume. Volumes with
 * nearly cubic voxels are cut in three orientations, others in their own plane only.
 */
public final class TrainingImages {

	private static final double CUBIC = 1.6;
	private static final double MEAN_PIXEL = 1.1;
	private static final double PIXEL_SPREAD = 0.3;
	private static final double LARGEST_PIXEL = 2.2;
	private static final double MAX_ANGLE = Math.toRadians(12);
	private static final double EMPTY = 0.03;
	private static final int RMS_CROPS = 256;

	private final List<Volume> volumes;
	private final float[] scales;
	private final boolean absolute;

	/** @param volumes real, at least one */
	public TrainingImages(final List<Volume> volumes) {
		this(volumes, IntensityScale.PERCENTILE);
	}

	/**
	 * @param volumes real, at least one
	 * @param scale what becomes 1
	 */
	public TrainingImages(final List<Volume> volumes, final IntensityScale scale) {
		if (volumes.isEmpty()) throw new IllegalArgumentException("training images: no volume was given.");
		absolute = scale == IntensityScale.HOUNSFIELD;
		this.volumes = absolute ? volumes.stream().map(scale::apply).toList() : List.copyOf(volumes);
		scales = new float[volumes.size()];
		for (int i = 0; i < scales.length; i++) scales[i] = absolute ? 1 : scale(volumes.get(i));
	}

	/** Whether intensities are a physical quantity, so that contrast must not be invented. */
	boolean absolute() {
		return absolute;
	}

	/** Root mean square over random crops: {@code sigmaData} of a prior for these images. */
	public double rootMeanSquare(final int size, final RandomGenerator random) {
		double square = 0;
		for (int i = 0; i < RMS_CROPS; i++) for (final float v : crop(size, random)) square += (double) v * v;
		return Math.sqrt(square / ((double) RMS_CROPS * size * size));
	}

	/** The value that becomes 1: the 99.5th percentile of the voxels above 2 % of the maximum. */
	public static float scale(final Volume volume) {
		float max = 0;
		for (final float[] slice : volume.slices()) for (final float v : slice) max = Math.max(max, v);
		if (!(max > 0)) throw new IllegalArgumentException("training images: volume '" + volume.title() + "' is empty.");
		final int[] counts = new int[4096];
		long total = 0;
		for (final float[] slice : volume.slices()) for (final float v : slice) if (v > 0.02f * max) {
			counts[(int) Math.min(4095, v / max * 4096)]++;
			total++;
		}
		long above = 0;
		int bin = 4095;
		while (bin > 0 && above + counts[bin] < 0.005 * total) above += counts[bin--];
		return (bin + 1) / 4096f * max;
	}

	/** A crop of {@code size} x {@code size} pixels, row by row; about 1 where the tissue is brightest, hardly ever empty. */
	public float[] crop(final int size, final RandomGenerator random) {
		float[] crop = draw(size, random);
		for (int attempt = 0; attempt < 8 && mean(crop) < EMPTY; attempt++) crop = draw(size, random);
		return crop;
	}

	private float[] draw(final int size, final RandomGenerator random) {
		final int index = random.nextInt(volumes.size());
		final Volume volume = volumes.get(index);
		final Plane plane = plane(volume, random);
		final double finest = Math.max(plane.rowMm(), plane.columnMm()) * 0.95;
		final double pixel = Math.min(LARGEST_PIXEL, Math.max(finest, MEAN_PIXEL * Math.exp(PIXEL_SPREAD * random.nextGaussian())));
		final double angle = random.nextInt(4) * Math.PI / 2 * random.nextInt(2) + (2 * random.nextDouble() - 1) * MAX_ANGLE;
		final double flip = random.nextBoolean() ? 1 : -1;
		final double cos = Math.cos(angle) * pixel, sin = Math.sin(angle) * pixel;
		final double row0 = plane.rows() * random.nextDouble(0.15, 0.85), column0 = plane.columns() * random.nextDouble(0.15, 0.85);
		final int fine = (int) Math.ceil(pixel / Math.min(plane.rowMm(), plane.columnMm()) - 0.25);
		final float[] crop = new float[size * size];
		for (int r = 0; r < size; r++) for (int c = 0; c < size; c++) {
			double sum = 0;
			// NB: box average over the pixel, or fine structure would alias into coarse pixels
			for (int a = 0; a < fine; a++) for (int b = 0; b < fine; b++) {
				final double y = r - size / 2 + (a + 0.5) / fine - 0.5, x = flip * (c - size / 2 + (b + 0.5) / fine - 0.5);
				sum += plane.cubic(row0 + (cos * y - sin * x) / plane.rowMm(), column0 + (sin * y + cos * x) / plane.columnMm());
			}
			crop[r * size + c] = (float) Math.max(0, sum / (fine * fine) / scales[index]);
		}
		return crop;
	}

	private static Plane plane(final Volume volume, final RandomGenerator random) {
		final double x = volume.voxel().x(), y = volume.voxel().y(), z = volume.voxel().z();
		final boolean cubic = z <= CUBIC * Math.max(x, y) && volume.depth() > 32;
		return switch (cubic ? random.nextInt(3) : 0) {
			case 1 -> new Plane(volume, 1, random.nextInt(volume.height()), z, x);
			case 2 -> new Plane(volume, 2, random.nextInt(volume.width()), z, y);
			default -> new Plane(volume, 0, random.nextInt(volume.depth()), y, x);
		};
	}

	private static double mean(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += v;
		return sum / values.length;
	}

	/** One slice of a volume: orientation 0 in plane, 1 at a fixed row, 2 at a fixed column. */
	private record Plane(Volume volume, int orientation, int position, double rowMm, double columnMm) {

		int rows() {
			return orientation == 0 ? volume.height() : volume.depth();
		}

		int columns() {
			return orientation == 2 ? volume.height() : volume.width();
		}

		double at(final int row, final int column) {
			if (row < 0 || column < 0 || row >= rows() || column >= columns()) return 0;
			final int width = volume.width();
			return switch (orientation) {
				case 0 -> volume.slices().get(position)[row * width + column];
				case 1 -> volume.slices().get(row)[position * width + column];
				default -> volume.slices().get(row)[column * width + position];
			};
		}

		/** Catmull-Rom interpolation. */
		double cubic(final double row, final double column) {
			final int r = (int) Math.floor(row), c = (int) Math.floor(column);
			final double[] wr = weights(row - r), wc = weights(column - c);
			double sum = 0;
			for (int i = 0; i < 4; i++) {
				double line = 0;
				for (int j = 0; j < 4; j++) line += wc[j] * at(r + i - 1, c + j - 1);
				sum += wr[i] * line;
			}
			return sum;
		}

		private static double[] weights(final double t) {
			return new double[] { ((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
				(0.5 * t - 0.5) * t * t };
		}
	}
}
