package org.posteriorj.sampler;

import java.util.Arrays;
import java.util.List;

import org.bytedeco.pytorch.Tensor;

/**
 * What a sampler returns.
 *
 * @param images [B, C, H, W], prior units; owned by the scope of the call
 * @param weights one weight per image, adding up to 1; equal for all but weighted ensembles
 * @param warnings what the user should know, one line each
 */
public record Draws(Tensor images, double[] weights, List<String> warnings) {

	/** Equally weighted images without warnings. */
	public static Draws equal(final Tensor images) {
		final double[] weights = new double[(int) images.size(0)];
		Arrays.fill(weights, 1.0 / weights.length);
		return new Draws(images, weights, List.of());
	}
}
