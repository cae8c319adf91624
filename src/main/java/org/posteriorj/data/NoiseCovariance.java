package org.posteriorj.data;

/**
 * Covariance of the complex noise of the coils, {@code Psi_ab = E[n_a conj(n_b)]}, in squared data units.
 *
 * @param coils number of coils
 * @param values [coil a][coil b][real, imaginary], Hermitian
 */
public record NoiseCovariance(int coils, double[] values) {

	public NoiseCovariance {
		if (coils < 1) throw new IllegalArgumentException("noise covariance: at least one coil is needed, got " + coils + ".");
		if (values.length != 2 * coils * coils) {
			throw new IllegalArgumentException("noise covariance: expected " + 2 * coils * coils + " values for " + coils + " coils, got " +
				values.length + ".");
		}
	}

	/** The same variances without correlations. */
	public NoiseCovariance independent() {
		final double[] variances = new double[values.length];
		for (int c = 0; c < coils; c++) variances[2 * (c * coils + c)] = values[2 * (c * coils + c)];
		return new NoiseCovariance(coils, variances);
	}
}
