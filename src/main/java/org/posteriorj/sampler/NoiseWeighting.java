package org.posteriorj.sampler;

import java.util.function.DoubleUnaryOperator;

/**
 * Weight w(s) of the noise {@code (m + s n - D) / s - n} in the published RED-diff, s in units of images of root mean square 1/2: of
 * {@code m - D} it is {@code w(s) / s}, which is constant for LINEAR, as in regularisation by denoising.
 *
 * @see "M. Mardani et al., A variational perspective on solving inverse problems with diffusion models, ICLR 2024, section 4"
 */
enum NoiseWeighting {

	/** One over the signal-to-noise ratio: what the publication recommends. */
	LINEAR("published", s -> s),
	SQRT("published-sqrt", Math::sqrt),
	SQUARE("published-square", s -> s * s),
	LOG("published-log", Math::log1p),
	CLIP("published-clip", s -> Math.min(s, 1)),
	POWER("published-power", s -> Math.cbrt(s * s)),
	CONSTANT("published-constant", s -> 1);

	private final String variant;
	private final DoubleUnaryOperator weight;

	NoiseWeighting(final String variant, final DoubleUnaryOperator weight) {
		this.variant = variant;
		this.weight = weight;
	}

	/** Key of the variant of RED-diff that uses it. */
	String variant() {
		return variant;
	}

	/** {@code w(s) / s}. */
	double ofDifference(final double s) {
		return weight.applyAsDouble(s) / s;
	}
}
