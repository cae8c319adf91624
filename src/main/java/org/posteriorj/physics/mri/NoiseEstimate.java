package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Linear;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Noise covariance of the coils from the scan itself: the sample covariance of the measured samples of highest frequency,
 * corrected for what signal is left there.
 * <p>
 * Signal correlates along the readout, noise does not: in windows of three neighbouring samples, whitened with the covariance
 * of single ones, noise has all eigenvalues near 1, while signal leaves some far below. The mean of the lower half, against what
 * it would be for noise alone, is the share of noise. Where the mask leaves no neighbours outside of the centre, single samples are
 * taken as they are; that is an upper limit.
 *
 * @param covariance of the coils
 * @param share part of the high-frequency power that is noise, 1 where no signal was found
 * @param rough whether it is an upper limit only
 * @param noiseless whether the data have no noise to speak of; then the covariance is a floor
 */
public record NoiseEstimate(NoiseCovariance covariance, double share, boolean rough, boolean noiseless) {

	/** Part of the measured samples that are looked at, those of highest frequency. */
	private static final double PART = 0.12;
	private static final int LEAST = 400, TAPS = 3;
	/** Noise below this part of the root mean square of the data is called none; it becomes the floor. */
	private static final double FLOOR = 1e-3;
	/** Windows nearer to the centre than this in the mean hold signal. */
	private static final double FAR = 0.3;
	private static final double UNSURE = 0.5;
	/** Below this share the samples are smooth signal, not noise. */
	private static final double NO_NOISE = 0.02;

	/** Estimates from every slice together. */
	public static NoiseEstimate of(final KSpace kspace) {
		final List<int[]> neighbours = windows(kspace, TAPS);
		final int coils = kspace.coils(), n = kspace.rows() * kspace.columns();
		final int taps = neighbours.size() >= 8 * coils && radius(kspace, neighbours) > FAR ? TAPS : 1;
		final List<int[]> windows = taps == 1 ? windows(kspace, 1) : neighbours;
		if (windows.size() < 8 * coils) {
			throw new IllegalArgumentException("noise: the scan has too few neighbouring samples to estimate it from, got " + windows.size() + " for " + coils +
				" coils - give the option noise.");
		}
		final float[] values = new float[windows.size() * coils * taps * 2];
		for (int w = 0; w < windows.size(); w++) {
			final float[] slice = kspace.slices().get(windows.get(w)[0]);
			for (int tap = 0; tap < taps; tap++) for (int coil = 0; coil < coils; coil++) {
				final int from = 2 * (coil * n + windows.get(w)[1] + tap - taps / 2), to = 2 * ((w * taps + tap) * coils + coil);
				values[to] = slice[from];
				values[to + 1] = slice[from + 1];
			}
		}
		return estimate(kspace, values, windows.size(), taps);
	}

	private static NoiseEstimate estimate(final KSpace kspace, final float[] values, final int count, final int taps) {
		final int coils = kspace.coils();
		final double power = power(kspace);
		final double[] psi = Scopes.compute(() -> Tensors.toDoubles(torch.view_as_real(covariance(values, count * taps, coils))));
		double trace = 0;
		for (int c = 0; c < coils; c++) trace += psi[2 * (c * coils + c)];
		if (!(trace > coils * power * FLOOR * FLOOR)) return new NoiseEstimate(floor(coils, power), 1, false, true);
		final double share = taps == 1 ? 1 : Scopes.compute(() -> share(values, count, coils, covariance(values, count * taps, coils)));
		if (share < NO_NOISE) return new NoiseEstimate(floor(coils, power), share, false, true);
		for (int i = 0; i < psi.length; i++) psi[i] *= share;
		return new NoiseEstimate(new NoiseCovariance(coils, psi), share, taps == 1 || share < UNSURE, false);
	}

	/** Mean of {@code v v^H} over single samples, complex128 [coils, coils], slightly loaded so that it can be inverted. */
	private static Tensor covariance(final float[] values, final int count, final int coils) {
		return Scopes.keep(() -> {
			final Tensor v = Complex.fromPairs(Tensors.of(values, count, coils, 2)).to(torch.ScalarType.ComplexDouble);
			final Tensor sum = Tensors.scale(torch.matmul(v.transpose(0, 1), v.conj()), 1.0 / count);
			final Tensor load = torch.eye(coils).to(torch.ScalarType.ComplexDouble).mul(torch.real(sum.diagonal()).mean().mul(new org.bytedeco.pytorch.Scalar(1e-9)));
			return sum.add(load);
		});
	}

	private static double share(final float[] values, final int count, final int coils, final Tensor psi) {
		final int size = coils * TAPS;
		final Tensor v = Complex.fromPairs(Tensors.of(values, count, TAPS, coils, 2)).to(torch.ScalarType.ComplexDouble);
		final Tensor white = torch.matmul(v, Linear.inverseCholesky(psi).transpose(0, 1)).reshape(count, size);
		final double[] found = Linear.eigenvalues(Tensors.scale(torch.matmul(white.transpose(0, 1), white.conj()), 1.0 / count));
		final double[] expected = noiseEigenvalues(size, (double) size / count);
		final int half = (size + 1) / 2;
		final double share = IntStream.range(0, half).mapToDouble(i -> found[i]).sum() / IntStream.range(0, half).mapToDouble(i -> expected[i]).sum();
		return Math.min(1, share);
	}

	/** Quantiles of the Marchenko-Pastur law at {@code (i + 1/2) / size}: eigenvalues of the sample covariance of white noise. */
	private static double[] noiseEigenvalues(final int size, final double ratio) {
		final double low = Math.pow(1 - Math.sqrt(ratio), 2), high = Math.pow(1 + Math.sqrt(ratio), 2);
		final int steps = 4000;
		final double[] eigenvalues = new double[size];
		double mass = 0;
		int next = 0;
		for (int s = 0; s < steps && next < size; s++) {
			final double x = low + (high - low) * (s + 0.5) / steps;
			mass += Math.sqrt((high - x) * (x - low)) / (2 * Math.PI * ratio * x) * (high - low) / steps;
			while (next < size && mass >= (next + 0.5) / size) eigenvalues[next++] = x;
		}
		while (next < size) eigenvalues[next++] = high;
		return eigenvalues;
	}

	/** {slice, index of the middle sample} of the outermost windows of neighbouring measured samples that do not overlap. */
	private static List<int[]> windows(final KSpace kspace, final int taps) {
		final List<int[]> windows = new ArrayList<>();
		for (int z = 0; z < kspace.depth(); z++) {
			for (int r = 0; r < kspace.rows(); r++) for (int c = taps / 2; c < kspace.columns() - taps / 2; c += taps) {
				final int i = r * kspace.columns() + c;
				if (measured(kspace, z, i, taps)) windows.add(new int[] { z, i });
			}
		}
		windows.sort(Comparator.comparingDouble(at -> -radius(kspace, at[1])));
		final int wanted = (int) Math.max(PART * windows.size(), Math.max(LEAST / taps, 24 * kspace.coils()));
		return windows.subList(0, Math.min(windows.size(), wanted));
	}

	/** Distance from the centre of k-space; 1/2 at the ends of the axes. */
	private static double radius(final KSpace kspace, final int i) {
		final int w = kspace.columns(), h = kspace.rows();
		return Math.hypot((i / w - h / 2) / (double) h, (i % w - w / 2) / (double) w);
	}

	private static double radius(final KSpace kspace, final List<int[]> windows) {
		return windows.stream().mapToDouble(at -> radius(kspace, at[1])).average().orElse(0);
	}

	/** NB: scanners fill what they did not acquire with zeros. */
	private static boolean measured(final KSpace kspace, final int z, final int i, final int taps) {
		final float[] slice = kspace.slices().get(z);
		for (int at = i - taps / 2; at <= i + taps / 2; at++) {
			if (!kspace.sampled().get(z)[at] || slice[2 * at] == 0 && slice[2 * at + 1] == 0) return false;
		}
		return true;
	}

	/** Root mean square of the measured samples per real component. */
	public static double rms(final KSpace kspace) {
		return Math.sqrt(power(kspace) / 2);
	}

	/** Mean squared modulus of a measured sample. */
	private static double power(final KSpace kspace) {
		double sum = 0, count = 0;
		for (int z = 0; z < kspace.depth(); z++) {
			for (final float v : kspace.slices().get(z)) sum += (double) v * v;
			for (final boolean m : kspace.sampled().get(z)) if (m) count += kspace.coils();
		}
		if (!(sum > 0)) throw new IllegalArgumentException("k-space '" + kspace.title() + "' is zero everywhere - is it the right file?");
		return sum / count;
	}

	private static NoiseCovariance floor(final int coils, final double power) {
		return white(coils, FLOOR * Math.sqrt(power / 2));
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
