package org.posteriorj.prior;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Volume;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Power spectrum of a stationary random image: variance per real component of the unitary Fourier transform, as a function of
 * spatial frequency in cycles per pixel.
 * <p>
 * The same function serves every image size.
 */
public final class Spectrum {

	private static final int BINS = 72;
	/** Largest |k|, in the corner. */
	private static final double CORNER = Math.sqrt(0.5);
	/** Empty or vanishing bins would make the covariance singular. */
	private static final double FLOOR = 1e-9;

	private final DoubleBinaryOperator power;

	private Spectrum(final DoubleBinaryOperator power) {
		this.power = power;
	}

	private static Spectrum isotropic(final DoubleUnaryOperator radial) {
		return new Spectrum((ky, kx) -> radial.applyAsDouble(Math.hypot(ky, kx)));
	}

	/** Any positive function of (ky, kx), each from -1/2 to 1/2: textures with an orientation. Even for real images. */
	public static Spectrum of(final DoubleBinaryOperator power) {
		return new Spectrum(power);
	}

	/** {@code S(k) = amplitude / (1 + (|k| / corner)^2)^exponent}. */
	public static Spectrum powerLaw(final double amplitude, final double corner, final double exponent) {
		return isotropic(k -> amplitude / Math.pow(1 + k * k / (corner * corner), exponent));
	}

	/** The same variance at every frequency: independent pixels. */
	public static Spectrum white(final double variance) {
		return isotropic(k -> variance);
	}

	/** Values at equal steps of |k| from 0 to sqrt(1/2), interpolated in the logarithm. */
	public static Spectrum table(final double[] values) {
		final double[] logs = Arrays.stream(values).map(v -> Math.log(Math.max(v, FLOOR))).toArray();
		return isotropic(k -> {
			final double at = Math.min(k / CORNER, 1) * (logs.length - 1);
			final int below = (int) Math.min(at, logs.length - 2);
			return Math.exp(logs[below] + (at - below) * (logs[below + 1] - logs[below]));
		});
	}

	/** Radial average over the slices of a volume, one phase drawn at random for each: a zero-mean complex field. */
	public static double[] estimate(final Volume volume) {
		final double[] sum = new double[BINS], count = new double[BINS];
		for (final float[] slice : volume.slices()) add(slice, volume.channels(), volume.height(), volume.width(), sum, count);
		for (int i = 0; i < BINS; i++) sum[i] = count[i] > 0 ? sum[i] / count[i] : sum[Math.max(0, i - 1)];
		return sum;
	}

	/** NB: a complex image has two real components, and a real one that gets a random phase spreads over two. */
	private static void add(final float[] slice, final int channels, final int rows, final int columns, final double[] sum, final double[] count) {
		final double[] squares = Scopes.compute(() -> {
			final Tensor image = Tensors.of(slice, 1, channels, rows, columns);
			final Tensor spectrum = torch.fft_fft2(channels == 2 ? Complex.fromChannels(image) : image.to(torch.ScalarType.ComplexFloat));
			return Tensors.toDoubles(spectrum.abs().square());
		});
		for (int i = 0; i < rows * columns; i++) {
			final int bin = (int) Math.round(frequency(i / columns, i % columns, rows, columns) / CORNER * (BINS - 1));
			sum[bin] += squares[i] / (2.0 * rows * columns);
			count[bin]++;
		}
	}

	/** S on the grid of an image, [H W] in the order of an FFT. */
	public double[] grid(final int rows, final int columns) {
		final double[] grid = new double[rows * columns];
		for (int i = 0; i < grid.length; i++) grid[i] = power.applyAsDouble(frequency(i / columns, rows), frequency(i % columns, columns));
		return grid;
	}

	/** Variance of a pixel's real component: the mean of S over the grid. */
	public double variance(final int rows, final int columns) {
		return Arrays.stream(grid(rows, columns)).average().orElseThrow();
	}

	private static double frequency(final int row, final int column, final int rows, final int columns) {
		return Math.hypot(frequency(row, rows), frequency(column, columns));
	}

	/** Of index i of an FFT of n points, -1/2 to 1/2. */
	private static double frequency(final int i, final int n) {
		return (2 * i <= n ? i : i - n) / (double) n;
	}

	/** The spectra of several volumes in one: the mean of their tables. */
	public static double[] mean(final List<double[]> tables) {
		final double[] mean = new double[BINS];
		for (final double[] table : tables) for (int i = 0; i < BINS; i++) mean[i] += table[i] / tables.size();
		return mean;
	}
}
