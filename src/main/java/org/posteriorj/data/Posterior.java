package org.posteriorj.data;

import java.util.List;

/**
 * The result of a reconstruction.
 *
 * @param mean mean of the samples, or the estimate
 * @param std standard deviation of the magnitude over the samples (real images: of the value), from those that do not mirror each other; null for a
 *          point estimator
 * @param samples the finished samples, which mirror each other as {@link AntitheticPairs} says; the estimate alone for a point estimator
 * @param residual data residual in units of the noise, see the workflow that made it
 * @param mask where data were measured; null where that has no picture
 * @param provenance how it was made
 * @param partial whether the run was stopped before all samples were finished
 */
public record Posterior(Volume mean, Volume std, List<Volume> samples, Volume residual, Volume mask, Provenance provenance,
	boolean partial)
{

	public Posterior {
		samples = List.copyOf(samples);
	}
}
