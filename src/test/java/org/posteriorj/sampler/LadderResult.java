package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;

import org.posteriorj.data.Progress;
import org.posteriorj.tensor.Scopes;

/** Samples [count][coordinate] beside the exact posterior of their problem. */
record LadderResult(LadderProblem problem, double[][] samples) {

	/** Weight of every mode, from the share of each that a sample has. */
	double[] weights() {
		final double[] weights = new double[problem.posterior().weights().length];
		for (final double[] sample : samples) {
			final double[] shares = problem.prior().shares(sample, 0);
			for (int k = 0; k < weights.length; k++) weights[k] += shares[k] / samples.length;
		}
		return weights;
	}

	/** Error of the mean in posterior standard deviations, root mean square over the measured or the other coordinates, what chance adds taken off. */
	double bias(final boolean measured) {
		return Math.sqrt(Math.max(0, average(measured, j -> square(mean(j) - problem.posterior().mean(j)) / problem.posterior().variance(j) - 1.0 / samples.length)));
	}

	/** Standard deviation over that of the posterior, in the measured or the other coordinates. */
	double spread(final boolean measured) {
		return Math.sqrt(average(measured, j -> {
			final double mean = mean(j);
			return Arrays.stream(samples).mapToDouble(x -> square(x[j] - mean)).sum() / (samples.length - 1) / problem.posterior().variance(j);
		}));
	}

	/** Weights within 0.06, and nothing in modes that the data exclude. */
	void requireModes(final String what) {
		final double[] exact = problem.posterior().weights(), got = weights();
		for (int k = 0; k < exact.length; k++) {
			assertEquals(exact[k], got[k], exact[k] < 1e-6 ? 1e-6 : 0.06, what + ": weights " + Arrays.toString(got) + " of " + Arrays.toString(exact));
		}
	}

	/** Mean and standard deviation within what the self-test accepts, in either kind of coordinates. */
	void requireCalibrated(final String what) {
		for (final boolean measured : new boolean[] { true, false }) {
			final String text = what + ": " + this;
			assertTrue(bias(measured) < 0.18, text);
			assertEquals(1, spread(measured), 0.05, text);
		}
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "weights %s, bias %.3f measured, %.3f not, standard deviation %.3f and %.3f of exact", Arrays.toString(weights()), bias(true),
			bias(false), spread(true), spread(false));
	}

	/** Kolmogorov-Smirnov distance of weighted particles from the posterior of the line, of {@code ensembles} independent ensembles together. */
	static double ensembleDistance(final EnsembleSmc.Guide guide, final int particles, final int ensembles, final int steps) {
		final LadderProblem line = LadderProblem.line();
		final EnsembleSmc smc = new EnsembleSmc(new EnsembleSmc.Options(particles, steps, guide, 0.005, 0, particles));
		final double[] values = new double[particles * ensembles], weights = new double[values.length];
		for (int e = 0; e < ensembles; e++) {
			final int at = e * particles, seed = e + 1;
			Scopes.run(() -> {
				final Draws draws = smc.ensemble(line.prior(), line.data(1), LadderProblem.streams(seed, particles), Progress.NONE).draws();
				final double[][] rows = line.rows(draws.images());
				for (int i = 0; i < particles; i++) {
					values[at + i] = rows[i][0];
					weights[at + i] = draws.weights()[i] / ensembles;
				}
			});
		}
		return line.posterior().kolmogorovSmirnov(values, weights);
	}

	private interface Statistic {

		double of(int coordinate);
	}

	private double average(final boolean measured, final Statistic statistic) {
		double sum = 0;
		int count = 0;
		for (int j = 0; j < problem.s().length; j++) {
			if (problem.s()[j] == 0 == measured) continue;
			sum += statistic.of(j);
			count++;
		}
		return sum / count;
	}

	private double mean(final int j) {
		return Arrays.stream(samples).mapToDouble(x -> x[j]).average().orElseThrow();
	}

	private static double square(final double v) {
		return v * v;
	}
}
