package org.posteriorj.prior;

import java.util.List;

/**
 * What a network predicts. Every kind is a denoiser of the same form,
 * {@code D(x; sigma) = skip x + out net(in x, label)}, with the coefficients below; {@code c = 1 / sqrt(1 + sigma^2)} is the
 * signal rate of a variance-preserving process.
 */
@FunctionalInterface
interface Parameterisation {

	/** Names in {@code meta.json}. */
	List<String> KINDS = List.of("edm", "edm-raw", "eps", "score", "v", "x0", "flow");

	/** The coefficients at one noise level. */
	record Coefficients(double skip, double out, double in) {}

	Coefficients at(double sigma);

	/**
	 * The coefficients of a kind.
	 *
	 * @param sigmaData root mean square of the images, for edm-raw
	 */
	static Parameterisation of(final String kind, final Convention convention, final double sigmaData) {
		final boolean vp = convention.variancePreserving();
		return switch (kind) {
			case "edm" -> s -> new Coefficients(0, 1, 1);
			case "edm-raw" -> s -> preconditioned(s, sigmaData);
			case "eps" -> s -> new Coefficients(1, -s, vp ? c(s) : 1);
			case "score" -> s -> new Coefficients(1, vp ? s * s * c(s) : s * s, vp ? c(s) : 1);
			case "x0" -> s -> new Coefficients(0, 1, vp ? c(s) : 1);
			case "v" -> s -> new Coefficients(c(s) * c(s), -s * c(s), c(s));
			case "flow" -> Convention.or(convention.noiseAt(), 1) == 1 ? s -> new Coefficients(1 / (1 + s), -s / (1 + s), 1 / (1 + s))
				: s -> new Coefficients(1 / (1 + s), s / (1 + s), 1 / (1 + s));
			default -> throw new IllegalArgumentException("parameterisation: expected one of " + KINDS + ", got " + kind + ".");
		};
	}

	/** The label that a kind has if none is given; null where that must be said. */
	static String usualLabel(final String kind, final Convention convention) {
		return switch (kind) {
			case "edm" -> "sigma";
			case "edm-raw" -> "log-sigma";
			case "flow" -> "time";
			default -> convention.variancePreserving() || kind.equals("v") ? null : "sigma";
		};
	}

	private static double c(final double sigma) {
		return 1 / Math.sqrt(1 + sigma * sigma);
	}

	/** @see "T. Karras et al., NeurIPS 2022, table 1" */
	private static Coefficients preconditioned(final double s, final double d) {
		final double total = s * s + d * d;
		return new Coefficients(d * d / total, s * d / Math.sqrt(total), 1 / Math.sqrt(total));
	}
}
