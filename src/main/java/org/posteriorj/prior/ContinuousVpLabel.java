package org.posteriorj.prior;

/**
 * Time of the variance-preserving process in continuous time, {@code sigma(t)^2 = exp(d t^2 / 2 + b t) - 1} with
 * {@code b = betaMin, d = betaMax - betaMin}, times a factor.
 *
 * @see "Y. Song et al., Score-based generative modeling through stochastic differential equations, ICLR 2021"
 */
record ContinuousVpLabel(double betaMin, double betaMax, double scale) implements NoiseLabel {

	@Override
	public double of(final double sigma) {
		return scale * time(sigma);
	}

	double time(final double sigma) {
		final double d = betaMax - betaMin;
		// NB: the positive root without cancellation at small sigma
		final double c = Math.log1p(sigma * sigma);
		return Math.min(1, 2 * c / (betaMin + Math.sqrt(betaMin * betaMin + 2 * d * c)));
	}

	double sigma(final double time) {
		return Math.sqrt(Math.expm1((betaMax - betaMin) * time * time / 2 + betaMin * time));
	}
}
