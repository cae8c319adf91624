package org.posteriorj.sampler;

import java.util.Arrays;

/**
 * The weight of the prior with which the residual is as large as the noise: {@code chi^2 = |A x - y|_W^2 / m = 1}, for each image of a batch.
 * <p>
 * After every step {@code log lambda} falls by {@code k log chi^2}, so that lambda is at rest where chi-square is 1. An image has met the principle when
 * its chi-square stays at 1, within one per cent or what chance makes of so few measurements; from then on its lambda stays too.
 *
 * @see "V. A. Morozov, On the solution of functional equations by the method of regularization, 1966"
 */
final class DiscrepancyPrinciple {

	/** k; the largest change of lambda either way, beyond which chi-square does not listen to it. */
	private static final double FEEDBACK = 0.06, RANGE = 1000;
	private static final double TOLERANCE = 0.01;
	/** Steps in a row with a chi-square of 1 that are no mere passage. */
	private static final int AT_REST = 3;

	private final double[] lambda;
	private final boolean[] met;
	private final int[] inARow;
	private final double initial, tolerance;

	/**
	 * @param items images
	 * @param initial first lambda
	 * @param measurements m, real numbers measured
	 */
	DiscrepancyPrinciple(final int items, final double initial, final long measurements) {
		lambda = new double[items];
		Arrays.fill(lambda, initial);
		met = new boolean[items];
		inARow = new int[items];
		this.initial = initial;
		tolerance = Math.max(TOLERANCE, Math.sqrt(2.0 / measurements));
	}

	/** Takes the chi-square of each image after a step. */
	void see(final double[] chiSquare) {
		for (int i = 0; i < lambda.length; i++) {
			inARow[i] = Math.abs(chiSquare[i] - 1) <= tolerance ? inARow[i] + 1 : 0;
			met[i] |= inARow[i] == AT_REST;
			if (!met[i]) lambda[i] = Math.min(RANGE * initial, Math.max(initial / RANGE, lambda[i] * Math.pow(chiSquare[i], -FEEDBACK)));
		}
	}

	/** lambda of each image. */
	double[] lambda() {
		return lambda;
	}

	/** Whether each image has met the principle. */
	boolean[] met() {
		return met;
	}
}
