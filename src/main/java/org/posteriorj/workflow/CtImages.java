package org.posteriorj.workflow;

import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What a method of {@link ReconstructCt} made, in 1/mm.
 *
 * @param mean one image [row][column] per slice
 * @param std standard deviation over the samples, one image per slice; null for estimates and for a single sample
 * @param samples the finished samples, each one image per slice
 * @param evaluations network evaluations of one sample
 * @param stopped why the run ended early; null if it did not
 */
record CtImages(List<float[]> mean, List<float[]> std, List<List<float[]>> samples, long evaluations, CancellationException stopped) {

	/** An estimate. */
	static CtImages estimate(final List<float[]> images, final long evaluations) {
		return new CtImages(images, null, List.of(images), evaluations, null);
	}
}
