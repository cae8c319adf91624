package org.posteriorj.sampler;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * What a conditional network is told of the data, whatever the operator, [1, C + 2, H, W]: an image, the level of the noise, and how much the
 * data determine; all zeros say nothing.
 * <p>
 * The image is the regularised least squares {@code argmin |A x - y|_W^2 / 2 + |x|^2 / (2 sd^2)} by {@value #ITERATIONS} conjugate-gradient
 * iterations ({@value #UNEVEN} where the operator states a spectrum, trajectories and CT: six leave residuals there that are larger than the image), sd the root mean
 * square of the images: the zero-filled image with everything undone that the coils know by themselves, so that
 * it says the same of 1 coil and of 32; prior units. The noise is {@code ln(sigma_y) / 4}; the part
 * that the data determine is 1 - u, with u the part that they leave open, {@code u = tr(1 + sd^2 A^H W A)^-1 / n}, 0 to 1, from one random probe; both
 * constant over the image.
 *
 * @param channels the tensor
 * @param sigma noise per real component, prior units
 * @param open u
 */
public record Condition(Tensor channels, double sigma, double open) {

	/** Channels besides those of the image. */
	public static final int FURTHER = 2;
	private static final int ITERATIONS = 6, UNEVEN = 80;
	private static final double LEAST = 1e-4;

	/** The condition of data; the caller's scope keeps it. */
	public static Condition of(final DataConsistency data, final double sigmaData) {
		final long[] shape = data.operator().imageShape();
		final double[] open = new double[1];
		final int iterations = data.preconditioner(1) == null ? ITERATIONS : UNEVEN;
		final Tensor channels = Scopes.keep(() -> {
			final Tensor zero = Tensors.scale(data.backprojection(), 0), probe = SampleRandom.single(0, 0).normal(shape).to(zero.device(), zero.scalar_type());
			final Tensor image = data.prox(zero, sigmaData, iterations), left = data.prox(probe, sigmaData, iterations).sub(image);
			open[0] = Math.max(LEAST, Math.min(1, Tensors.dot(probe, left)[0] / Tensors.squaredNorm(probe)[0]));
			return Tensors.channels(image, Tensors.channels(plane(Math.log(data.sigma()) / 4, zero), plane(1 - open[0], zero)));
		});
		return new Condition(channels, data.sigma(), open[0]);
	}

	private static Tensor plane(final double value, final Tensor like) {
		final float[] values = new float[(int) (like.size(2) * like.size(3))];
		Arrays.fill(values, (float) value);
		return Tensors.to(Tensors.of(values, 1, 1, like.size(2), like.size(3)), like.device());
	}
}
