package org.posteriorj.physics;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;

/**
 * Differences of neighbouring pixels, {@code (D x)_i = x_(i+1) - x_i} along each of some axes and 0 at the last, and the exact
 * adjoint.
 * <p>
 * Images [Z, C, H, W] to differences [axes, Z, C, H, W].
 */
public final class Differences {

	/** Along rows and columns of each image. */
	public static final Differences IN_PLANE = new Differences(2, 3);
	/** Across the images of a batch, which are the slices of a volume. */
	public static final Differences ACROSS_SLICES = new Differences(0);
	/** Along all three axes of a volume. */
	public static final Differences IN_SPACE = new Differences(0, 2, 3);

	private final int[] axes;

	private Differences(final int... axes) {
		this.axes = axes;
	}

	/** Whether images of a batch depend on each other. */
	public boolean couplesSlices() {
		return axes[0] == 0;
	}

	/** {@code D x}. */
	public Tensor forward(final Tensor images) {
		return Scopes.keep(() -> {
			final List<Tensor> differences = new ArrayList<>();
			for (final int axis : axes) {
				final long n = images.size(axis) - 1;
				differences.add(padded(images.narrow(axis, 1, n).sub(images.narrow(axis, 0, n)), axis, 0, 1));
			}
			return torch.stack(new TensorVector(differences.toArray(new Tensor[0])), 0);
		});
	}

	/** {@code D^T d}. */
	public Tensor adjoint(final Tensor differences) {
		return Scopes.keep(() -> {
			Tensor sum = null;
			for (int i = 0; i < axes.length; i++) {
				final Tensor inner = differences.select(0, i).narrow(axes[i], 0, differences.size(axes[i] + 1) - 1);
				final Tensor part = padded(inner, axes[i], 1, 0).sub(padded(inner, axes[i], 0, 1));
				sum = sum == null ? part : sum.add(part);
			}
			return sum;
		});
	}

	private static Tensor padded(final Tensor t, final int axis, final long before, final long after) {
		// pairs from the last axis backwards
		final long[] padding = new long[2 * (4 - axis)];
		padding[padding.length - 2] = before;
		padding[padding.length - 1] = after;
		return torch.constant_pad_nd(t, padding);
	}

	/** Length of the vector of all differences of a pixel, over axes and channels: [Z, 1, H, W]. */
	public static Tensor magnitude(final Tensor differences) {
		return Scopes.keep(() -> differences.square().sum(0, 2).unsqueeze(1).sqrt());
	}

	/** Shortens every pixel's vector of differences by {@code threshold}, to zero at the shortest. */
	public static Tensor shrink(final Tensor differences, final double threshold) {
		return Scopes.keep(() -> {
			final Tensor length = magnitude(differences);
			final Tensor kept = length.sub(new Scalar(threshold)).clamp_min(new Scalar(0));
			return differences.mul(kept.div(length.clamp_min(new Scalar(1e-30))).unsqueeze(0));
		});
	}
}
