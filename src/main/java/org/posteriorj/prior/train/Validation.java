package org.posteriorj.prior.train;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Volume;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Denoising error of a network on slices that it was not trained on: {@code 10 log10(1 / mean |D - x|^2)} with the mean
 * over pixels of the squared absolute error, of both channels of a complex image together, intensities 0 to 1.
 */
public final class Validation {

	/** The noise levels that are reported. */
	public static final List<Double> LEVELS = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1.0);

	private final List<float[]> slices;
	private final int rows;
	private final int columns;
	private final int channels;
	private final List<float[]> conditions;

	/**
	 * @param volume held-out volume with intensities 0 to 1
	 * @param count slices to use, equally spaced over the middle half
	 * @param channels 2 adds a smooth phase
	 */
	public Validation(final Volume volume, final int count, final int channels) {
		this(volume, count, channels, null, Double.NaN);
	}

	/**
	 * As {@link #Validation(Volume, int, int)}, of a network with a condition.
	 *
	 * @param measurements simulates a scan of each slice, the same ones always; null for no condition
	 * @param sigmaData root mean square of the images
	 */
	public Validation(final Volume volume, final int count, final int channels, final Measurements measurements, final double sigmaData) {
		rows = volume.height();
		columns = volume.width();
		this.channels = channels;
		final RandomGenerator random = SampleRandom.generator(20, 26);
		slices = java.util.stream.IntStream.range(0, count).mapToObj(i -> {
			final float[] slice = volume.slices().get((int) (volume.depth() * (0.25 + 0.5 * (i + 0.5) / count)));
			return channels == 2 ? phased(slice, columns, rows, random) : slice;
		}).toList();
		conditions = measurements == null ? List.of() : slices.stream().map(slice -> measurements.of(slice, rows, columns, sigmaData, random).condition()).toList();
	}

	private static float[] phased(final float[] slice, final int columns, final int rows, final RandomGenerator random) {
		final int size = Math.max(rows, columns);
		final float[] square = new float[size * size];
		for (int r = 0; r < rows; r++) System.arraycopy(slice, r * columns, square, r * size, columns);
		final float[] complex = Augmentation.phase(square, size, random);
		final float[] out = new float[2 * rows * columns];
		for (int p = 0; p < 2; p++) for (int r = 0; r < rows; r++) {
			System.arraycopy(complex, p * size * size + r * size, out, (p * rows + r) * columns, columns);
		}
		return out;
	}

	/** dB at each of {@link #LEVELS}; {@code denoiser} maps [1, C + K, H, W], the condition behind the noisy image, and sigma [1] to [1, C, H, W]. */
	public double[] psnr(final BinaryOperator<Tensor> denoiser) {
		final double[] db = new double[LEVELS.size()];
		for (int l = 0; l < db.length; l++) {
			final double sigma = LEVELS.get(l);
			double error = 0;
			for (int s = 0; s < slices.size(); s++) {
				final float[] slice = slices.get(s);
				final int index = s;
				final SampleRandom random = SampleRandom.single(1000 + l, s);
				error += Scopes.compute(() -> {
					final Tensor clean = Tensors.of(slice, 1, channels, rows, columns);
					final Tensor noisy = Tensors.add(clean, sigma, random.normal(channels, rows, columns));
					final Tensor input = conditions.isEmpty() ? noisy : Tensors.channels(noisy, condition(index));
					return Tensors.squaredNorm(denoiser.apply(input, Tensors.of(new float[] { (float) sigma }, 1)).sub(clean))[0];
				}) / ((double) rows * columns);
			}
			db[l] = -10 * Math.log10(error / slices.size());
		}
		return db;
	}

	private Tensor condition(final int slice) {
		final float[] values = conditions.get(slice);
		return Tensors.of(values, 1, values.length / ((long) rows * columns), rows, columns);
	}
}
