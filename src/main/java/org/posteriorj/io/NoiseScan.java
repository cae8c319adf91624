package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;

import org.posteriorj.data.NoiseCovariance;

/** Noise covariance {@code Psi_ab = mean(n_a conj(n_b))} of acquisitions without signal. */
final class NoiseScan {

	private final int coils;
	private final double[] sum;
	private long count;
	private int wrong;

	NoiseScan(final int coils) {
		this.coils = coils;
		sum = new double[2 * coils * coils];
	}

	/** Adds samples [coil][sample][re, im]. */
	void add(final float[] data) {
		final int n = data.length / (2 * coils);
		if (n * 2 * coils != data.length) wrong++;
		for (int a = 0; a < coils; a++) {
			for (int b = 0; b < coils; b++) {
				for (int i = 0; i < n; i++) {
					final double ar = data[2 * (a * n + i)], ai = data[2 * (a * n + i) + 1], br = data[2 * (b * n + i)], bi = data[2 * (b * n + i) + 1];
					sum[2 * (a * coils + b)] += ar * br + ai * bi;
					sum[2 * (a * coils + b) + 1] += ai * br - ar * bi;
				}
			}
		}
		count += n;
	}

	/** The covariance times a factor. */
	NoiseCovariance covariance(final double factor, final Path file) throws IOException {
		if (wrong > 0 || count < coils) {
			throw FileProblem.of(file, "the noise scan needs at least " + coils + " samples of " + coils + " coils, got " + count + ".");
		}
		final double[] values = sum.clone();
		for (int i = 0; i < values.length; i++) values[i] *= factor / count;
		return new NoiseCovariance(coils, values);
	}
}
