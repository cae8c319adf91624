package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Orthonormal periodic wavelets with two vanishing moments (Daubechies, four taps) over images [B, C, H, W]; sizes are filled up
 * with zeros to a multiple of the coarsest cell.
 *
 * @see "I. Daubechies, Ten Lectures on Wavelets (1992), table 6.1"
 */
final class Wavelets {

	private static final int SCALES = 4;
	private static final double ROOT3 = Math.sqrt(3), NORM = 4 * Math.sqrt(2);
	private static final double[] LOW = { (1 + ROOT3) / NORM, (3 + ROOT3) / NORM, (3 - ROOT3) / NORM, (1 - ROOT3) / NORM };
	private static final double[] HIGH = { LOW[3], -LOW[2], LOW[1], -LOW[0] };

	private final long rows;
	private final long columns;
	private final int scales;
	private final long below;
	private final long right;

	Wavelets(final long rows, final long columns) {
		this.rows = rows;
		this.columns = columns;
		int s = 0;
		while (s < SCALES && Math.min(rows, columns) >> s + 1 >= 8) s++;
		scales = s;
		below = Math.floorMod(-rows, 1L << s);
		right = Math.floorMod(-columns, 1L << s);
	}

	/** {@code W^H shrink(W x)} of the image rolled by {@code shift} and back; the coarsest scale is left alone. */
	Tensor shrink(final Tensor image, final double threshold, final long[] shift) {
		return Scopes.keep(() -> {
			final Tensor padded = torch.constant_pad_nd(image, new long[] { 0, right, 0, below });
			final Tensor shrunk = shrink(torch.roll(padded, shift, -2, -1), threshold, scales);
			return torch.roll(shrunk, new long[] { -shift[0], -shift[1] }, -2, -1).narrow(2, 0, rows).narrow(3, 0, columns).contiguous();
		});
	}

	private static Tensor shrink(final Tensor x, final double threshold, final int left) {
		if (left == 0) return x;
		final List<Tensor> bands = new ArrayList<>();
		for (final Tensor half : split(x)) for (final Tensor quarter : split(half.transpose(-1, -2))) bands.add(quarter);
		bands.set(0, shrink(bands.get(0).transpose(-1, -2), threshold, left - 1).transpose(-1, -2));
		for (int b = 1; b < 4; b++) bands.set(b, soft(bands.get(b), threshold));
		final Tensor low = merge(bands.get(0), bands.get(1)).transpose(-1, -2), high = merge(bands.get(2), bands.get(3)).transpose(-1, -2);
		return merge(low, high);
	}

	private static Tensor soft(final Tensor band, final double threshold) {
		final Tensor length = band.square().sum(1).unsqueeze(1).sqrt();
		return band.mul(length.sub(new Scalar(threshold)).clamp_min(new Scalar(0)).div(length.clamp_min(new Scalar(1e-30))));
	}

	/** Low and high band along the last axis. */
	private static Tensor[] split(final Tensor x) {
		final Tensor pairs = x.reshape(x.size(0), x.size(1), x.size(2), x.size(3) / 2, 2);
		final Tensor even = pairs.select(4, 0), odd = pairs.select(4, 1), even2 = torch.roll(even, new long[] { -1 }, -1), odd2 = torch.roll(odd, new long[] { -1 }, -1);
		return new Tensor[] { mix(LOW, even, odd, even2, odd2), mix(HIGH, even, odd, even2, odd2) };
	}

	/** The adjoint and inverse of {@link #split}. */
	private static Tensor merge(final Tensor low, final Tensor high) {
		final Tensor low2 = torch.roll(low, new long[] { 1 }, -1), high2 = torch.roll(high, new long[] { 1 }, -1);
		final Tensor even = mix(new double[] { LOW[0], HIGH[0], LOW[2], HIGH[2] }, low, high, low2, high2);
		final Tensor odd = mix(new double[] { LOW[1], HIGH[1], LOW[3], HIGH[3] }, low, high, low2, high2);
		return torch.stack(new TensorVector(even, odd), 4).reshape(low.size(0), low.size(1), low.size(2), 2 * low.size(3));
	}

	private static Tensor mix(final double[] taps, final Tensor... parts) {
		Tensor sum = Tensors.scale(parts[0], taps[0]);
		for (int i = 1; i < 4; i++) sum = Tensors.add(sum, taps[i], parts[i]);
		return sum;
	}
}
