package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;

/** A reconstruction without a trained prior: one image from the data, by a fixed penalty. */
public interface ClassicalReconstruction {

	/** The key of the option {@code sampler}. */
	String name();

	/**
	 * The image, [1, C, H, W].
	 *
	 * @param trust 0 trusts the penalty, 1 the data; 1/2 is the measured default, and the weight of the penalty changes by a factor
	 *          of 100 from end to end
	 * @param progress one step per iteration
	 */
	Tensor reconstruct(DataConsistency data, double trust, Progress progress);

	/** The factor by which {@code trust} changes the weight of the penalty: 10 to 1/10. */
	static double weight(final double trust) {
		return Math.pow(10, 1 - 2 * trust);
	}
}
