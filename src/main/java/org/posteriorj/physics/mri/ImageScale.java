package org.posteriorj.physics.mri;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The intensity that becomes 1 in prior units: the 99th percentile of what is brighter than a tenth of the maximum in a
 * regularised least-squares image.
 * <p>
 * Priors are trained with the same rule on their volumes and with gains about it, so that a few percent do not matter. One
 * scale serves all slices of a volume.
 */
public final class ImageScale {

	private static final double PERCENTILE = 0.99, OBJECT = 0.1, REGULARISATION = 0.01;

	private ImageScale() {}

	/** The scale of one slice, in units of the data; 0 for an empty one. */
	public static double of(final DataConsistency data) {
		final float[] values = Scopes.compute(() -> {
			final Tensor image = new CgSense(15).solve(data, REGULARISATION, org.posteriorj.data.Progress.NONE);
			return Tensors.toFloats(image.square().sum(1).sqrt());
		});
		Arrays.sort(values);
		// NB: noise and edge ringing set single pixels far above the rest
		final float limit = (float) OBJECT * values[(int) (0.999 * (values.length - 1))];
		int first = 0;
		while (first < values.length && values[first] <= limit) first++;
		return first == values.length ? 0 : values[first + (int) (PERCENTILE * (values.length - 1 - first))];
	}
}
