package org.posteriorj.prior;

import java.util.List;

/** The number by which a network is told the noise level: the second argument of its {@code forward}. */
interface NoiseLabel {

	/** Names in {@code meta.json}: sigma, ln(sigma) / 4, discrete tables, continuous VP time, time of a flow. */
	List<String> KINDS = List.of("sigma", "log-sigma", "ddpm-linear", "ddpm-scaled-linear", "ddpm-cosine", "table", "vp-continuous", "time");

	/** The label of a noise level. */
	double of(double sigma);

	/** The nearest level that has a label of its own. */
	default double nearest(final double sigma) {
		return sigma;
	}

	/** Whether labels are whole numbers, which a network gets as int64. */
	default boolean whole() {
		return false;
	}

	/** The label of a network that is described by {@code kind} and {@code convention}. */
	static NoiseLabel of(final String kind, final Convention convention) {
		final int steps = Convention.or(convention.steps(), 1000);
		final double first = Convention.or(convention.betaMin(), 1e-4), last = Convention.or(convention.betaMax(), 2e-2);
		return switch (kind) {
			case "sigma" -> sigma -> sigma;
			case "log-sigma" -> sigma -> Math.log(sigma) / 4;
			case "ddpm-linear" -> new DiscreteLabel(DiscreteLabel.linear(first, last, steps), convention.fractional());
			case "ddpm-scaled-linear" -> new DiscreteLabel(DiscreteLabel.scaledLinear(first, last, steps), convention.fractional());
			case "ddpm-cosine" -> new DiscreteLabel(DiscreteLabel.cosine(steps), convention.fractional());
			case "table" -> new DiscreteLabel(convention.sigmas().stream().mapToDouble(Double::doubleValue).toArray(), convention.fractional());
			case "vp-continuous" -> new ContinuousVpLabel(Convention.or(convention.betaMin(), 0.1), Convention.or(convention.betaMax(), 20), Convention.or(
				convention.timeScale(), 999));
			case "time" -> flow(Convention.or(convention.noiseAt(), 1) == 1, Convention.or(convention.timeScale(), 1));
			default -> throw new IllegalArgumentException("label: expected one of " + KINDS + ", got " + kind + ".");
		};
	}

	/** Time of the straight path between image and noise: {@code sigma / (1 + sigma)} or one minus that. */
	private static NoiseLabel flow(final boolean noiseAtOne, final double scale) {
		return sigma -> scale * (noiseAtOne ? sigma : 1) / (1 + sigma);
	}
}
