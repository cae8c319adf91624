package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Tensors;

/** The mean of the last iterates of an optimiser, for each image of a batch from where it has come to its end. */
final class LastIterates {

	private final Tensor sum;
	private final int count;
	private final int[] taken;

	/**
	 * @param zero a batch of zeros, which becomes the mean
	 * @param count iterates that are averaged
	 */
	LastIterates(final Tensor zero, final int count) {
		sum = zero.clone();
		this.count = count;
		taken = new int[(int) zero.size(0)];
	}

	/** Takes the iterates of the images that are at their end; null = all. */
	void add(final Tensor images, final boolean[] ended) {
		final double[] factors = new double[taken.length];
		for (int i = 0; i < taken.length; i++) {
			if (taken[i] == count || ended != null && !ended[i]) continue;
			factors[i] = 1.0 / count;
			taken[i]++;
		}
		Tensors.addItems(sum, factors, 1, images);
	}

	/** Iterates that are averaged. */
	int count() {
		return count;
	}

	/** Whether every image has all its iterates. */
	boolean complete() {
		for (final int t : taken) if (t < count) return false;
		return true;
	}

	/** The mean of each; to be asked for when complete. */
	Tensor mean() {
		return sum;
	}
}
