package org.posteriorj.physics;

/**
 * The Kaiser-Bessel gridding kernel {@code h(u) = I0(beta sqrt(1 - (2u/w)^2))}, |u| <= w/2 grid points, and its Fourier
 * transform.
 *
 * @see "P. J. Beatty et al., IEEE Trans. Med. Imaging 24 (2005) 799-808, eq. 5 for beta"
 */
final class KaiserBessel {

	private final int width;
	private final double beta;

	/**
	 * @param width grid points under the kernel
	 * @param oversampling grid points over image points
	 */
	KaiserBessel(final int width, final double oversampling) {
		this.width = width;
		beta = Math.PI * Math.sqrt(Math.pow(width / oversampling * (oversampling - 0.5), 2) - 0.8);
	}

	/** h at distance {@code u} in grid points. */
	double value(final double u) {
		final double t = 1 - 4 * u * u / (width * width);
		return t < 0 ? 0 : besselI0(beta * Math.sqrt(t));
	}

	/** {@code integral h(u) exp(-2 pi i u x) du}, for x in cycles per grid point below the first zero. */
	double transform(final double x) {
		final double z = Math.sqrt(beta * beta - Math.pow(Math.PI * width * x, 2));
		return width * Math.sinh(z) / z;
	}

	private static double besselI0(final double x) {
		double term = 1, sum = 1;
		for (int k = 1; term > 1e-17 * sum; k++) {
			term *= x * x / (4.0 * k * k);
			sum += term;
		}
		return sum;
	}
}
