package org.posteriorj.prior.train;

import java.util.random.RandomGenerator;

/** Simulates scans of training crops for networks that are told what was measured. */
public interface Measurements {

	/** Channels of a condition. */
	int channels();

	/**
	 * A scan of one crop, a pure function of the state of {@code random}.
	 *
	 * @param clean [C, rows, columns] row by row, prior units
	 * @param sigmaData root mean square of the images
	 */
	Measurement of(float[] clean, int rows, int columns, double sigmaData, RandomGenerator random);
}
