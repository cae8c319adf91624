package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Noise covariance of the coils from the scan itself.
 * <p>
 * <em>Background:</em> whole readout lines, transformed along the readout, show noise alone beside the object, however the scan is
 * undersampled; the darkest band of columns is taken. Receivers filter, and noise falls towards the ends of the readout: the band
 * counts only where the background is flat. <em>Edge of k-space:</em> else, the measured samples of highest frequency, which may
 * hold signal: an upper limit, and of the variances only, for signal is what coils share there.
 *
 * @param covariance of the coils
 * @param rough whether it is from the edge of k-space: an upper limit
 * @param noiseless whether the data have no noise to speak of; then the covariance is a floor
 * @param rms root mean square of the data per real component
 */
public record NoiseEstimate(NoiseCovariance covariance, boolean rough, boolean noiseless, double rms) {

	/** Width of the band of background in parts of the field of view, and lines that are needed. */
	private static final int BAND = 16, LINES = 8;
	/** Part of the columns that a flat background has, and the power of its columns in units of the darkest band. */
	private static final double FLAT = 0.1, NEAR = 1.4;
	private static final int MARGIN = 2;
	/** Lines nearer to the centre than this part of k-space ring into the background. */
	private static final double CENTRE = 0.125;
	/** Part of the measured samples that are the edge of k-space. */
	private static final double EDGE = 0.05;
	private static final int LEAST = 200;
	/** Noise below this part of the root mean square of the data is called none; it becomes the floor. */
	private static final double FLOOR = 2e-3;

	/** Estimates from every slice together. */
	public static NoiseEstimate of(final KSpace kspace) {
		final double rms = rms(kspace);
		final NoiseCovariance background = background(kspace);
		return of(background == null ? edge(kspace) : background, background == null, rms);
	}

	/** What was found, or a floor if that is next to nothing against the root mean square of the data. */
	static NoiseEstimate of(final NoiseCovariance found, final boolean rough, final double rms) {
		if (sigma(found) < FLOOR * rms) return new NoiseEstimate(white(found.coils(), FLOOR * rms), false, true, rms);
		return new NoiseEstimate(found, rough, false, rms);
	}

	/** Covariance of the darkest band of columns; null without enough whole lines or without a flat background. */
	private static NoiseCovariance background(final KSpace kspace) {
		final int coils = kspace.coils(), rows = kspace.rows(), columns = kspace.columns(), n = rows * columns;
		final List<float[]> lines = new ArrayList<>();
		for (int z = 0; z < kspace.depth(); z++) for (int r = 0; r < rows; r++) {
			if (Math.abs(r - rows / 2) < CENTRE * rows || !whole(kspace, z, r)) continue;
			final float[] line = new float[2 * coils * columns];
			for (int c = 0; c < coils; c++) System.arraycopy(kspace.slices().get(z), 2 * (c * n + r * columns), line, 2 * c * columns, 2 * columns);
			lines.add(line);
		}
		return background(lines, coils, columns);
	}

	/** The same of lines [coil][sample][real, imaginary] at equal distances. */
	static NoiseCovariance background(final List<float[]> lines, final int coils, final int columns) {
		if (lines.size() < LINES) return null;
		return Scopes.compute(() -> {
			final List<Tensor> parts = lines.stream().map(line -> Tensors.of(line, 1, coils, columns, 2)).toList();
			final Tensor profiles = Tensors.scale(Fourier.linesInverse(Complex.fromPairs(Tensors.concatenate(parts))), Math.sqrt(columns));
			final double[] power = Tensors.toDoubles(profiles.abs().square().mean(0, 1));
			final int width = Math.max(4, columns / BAND);
			final int[] flat = flat(power, darkest(power, width), width);
			if (flat[1] < FLAT * columns) return null;
			// the field of view is periodic, and so is the band; its ends may touch the object
			final Tensor band = torch.roll(profiles, new long[] { -flat[0] - MARGIN }, -1).narrow(2, 0, flat[1] - 2 * MARGIN);
			return covariance(band.permute(1, 0, 2).reshape(coils, -1));
		});
	}

	private static int darkest(final double[] power, final int width) {
		double best = Double.POSITIVE_INFINITY;
		int start = 0;
		for (int x = 0; x < power.length; x++) {
			double sum = 0;
			for (int i = 0; i < width; i++) sum += power[(x + i) % power.length];
			if (sum < best) {
				best = sum;
				start = x;
			}
		}
		return start;
	}

	/** Start and number of the neighbouring columns around a band whose power is near that of the band. */
	private static int[] flat(final double[] power, final int start, final int width) {
		final int n = power.length;
		double dark = 0;
		for (int i = 0; i < width; i++) dark += power[(start + i) % n] / width;
		int count = width, first = start;
		for (int x = start + width; count < n && (power[x % n] + power[(x + 1) % n]) / 2 < NEAR * dark; x++) count++;
		while (count < n && (power[(first - 1 + n) % n] + power[(first - 2 + n) % n]) / 2 < NEAR * dark) {
			first = (first - 1 + n) % n;
			count++;
		}
		return new int[] { first, count };
	}

	private static boolean whole(final KSpace kspace, final int z, final int r) {
		for (int c = 0; c < kspace.columns(); c++) if (!measured(kspace, z, r * kspace.columns() + c)) return false;
		return true;
	}

	/** Covariance of the outermost samples. */
	private static NoiseCovariance edge(final KSpace kspace) {
		final List<int[]> samples = new ArrayList<>();
		final int coils = kspace.coils(), w = kspace.columns(), h = kspace.rows(), n = h * w;
		for (int z = 0; z < kspace.depth(); z++) for (int i = 0; i < n; i++) if (measured(kspace, z, i)) samples.add(new int[] { z, i });
		samples.sort(Comparator.comparingDouble(at -> -Math.hypot((at[1] / w - h / 2) / (double) h, (at[1] % w - w / 2) / (double) w)));
		return edge(samples, kspace.slices(), coils, n);
	}

	/**
	 * The same of samples {slice, point}, the outermost first.
	 *
	 * @param slices [coil][point][real, imaginary]
	 */
	static NoiseCovariance edge(final List<int[]> samples, final List<float[]> slices, final int coils, final int points) {
		if (samples.size() < LEAST) {
			throw new IllegalArgumentException("noise: the scan has too few samples to estimate it from, got " + samples.size() + " - give the option noise.");
		}
		final int count = (int) Math.min(samples.size(), Math.max(EDGE * samples.size(), Math.max(LEAST, 16 * coils)));
		final float[] values = new float[2 * coils * count];
		for (int s = 0; s < count; s++) for (int c = 0; c < coils; c++) {
			System.arraycopy(slices.get(samples.get(s)[0]), 2 * (c * points + samples.get(s)[1]), values, 2 * (c * count + s), 2);
		}
		return Scopes.compute(() -> covariance(Complex.fromPairs(Tensors.of(values, coils, count, 2)))).independent();
	}

	/** NB: scanners fill what they did not acquire with zeros. */
	private static boolean measured(final KSpace kspace, final int z, final int i) {
		final float[] slice = kspace.slices().get(z);
		return kspace.sampled().get(z)[i] && (slice[2 * i] != 0 || slice[2 * i + 1] != 0);
	}

	/**
	 * Mean of {@code v v^H} over N complex samples [coils, samples], times {@code N / (N - coils)} so that its inverse is right in the
	 * mean, loaded a little so that there is one.
	 */
	private static NoiseCovariance covariance(final Tensor samples) {
		final int coils = (int) Shapes.of(samples)[0];
		final Tensor v = samples.to(torch.ScalarType.ComplexDouble);
		final double[] psi = Tensors.toDoubles(Complex.toPairs(Tensors.scale(torch.matmul(v, torch.conj(v).transpose(0, 1)), 1.0 / Math.max(1, samples.size(1) - coils))));
		double trace = 0;
		for (int c = 0; c < coils; c++) trace += psi[2 * (c * coils + c)];
		for (int c = 0; c < coils; c++) {
			psi[2 * (c * coils + c)] += 1e-6 * trace / coils;
			psi[2 * (c * coils + c) + 1] = 0;
		}
		return new NoiseCovariance(coils, psi);
	}

	/** Root mean square of the measured samples per real component. */
	public static double rms(final KSpace kspace) {
		double sum = 0, count = 0;
		for (int z = 0; z < kspace.depth(); z++) {
			for (final float v : kspace.slices().get(z)) sum += (double) v * v;
			for (final boolean m : kspace.sampled().get(z)) if (m) count += 2 * kspace.coils();
		}
		if (!(sum > 0)) throw new IllegalArgumentException("k-space '" + kspace.title() + "' is zero everywhere - is it the right file?");
		return Math.sqrt(sum / count);
	}

	/** The covariance of independent coils with noise {@code sigma} per real component. */
	public static NoiseCovariance white(final int coils, final double sigma) {
		final double[] values = new double[2 * coils * coils];
		for (int c = 0; c < coils; c++) values[2 * (c * coils + c)] = 2 * sigma * sigma;
		return new NoiseCovariance(coils, values);
	}

	/** Noise per real component, root mean square over the coils. */
	public static double sigma(final NoiseCovariance covariance) {
		double trace = 0;
		for (int c = 0; c < covariance.coils(); c++) trace += covariance.values()[2 * (c * covariance.coils() + c)];
		return Math.sqrt(trace / covariance.coils() / 2);
	}
}
