package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.physics.Differences;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Differences of neighbouring slices, {@code (D x)_z = exp(-i t_z) x_(z+1) - x_z} and 0 at the last, and the exact adjoint. Real images have {@code t = 0}.
 * <p>
 * The phase of a complex slice is only in part that of the object: coil maps of every slice are estimated on their own and leave a smooth phase to the image, and the phase of
 * the receiver may change between slices. Equal tissue in neighbouring slices then differs by a phase. It is measured where there is signal,
 * {@code t_z = arg (G * conj(x_z) x_(z+1))} for a first volume x and a Gaussian G with a standard deviation of 1/32 of the image, and taken off before slices are compared. Images, and what the prior
 * sees, keep the phase that they have when they are reconstructed one by one. The rotation is unitary: the spectrum of {@code D^T D} stays in [0, 4].
 * <p>
 * Volumes [Z, C, H, W] to differences [1, Z, C, H, W].
 */
final class SliceDifferences implements AutoCloseable {

	/** Standard deviation of G as a part of rows and columns. */
	private static final double SMOOTH = 1.0 / 32;

	/** Cosine and sine of t, [Z - 1, 1, H, W] each; null for real images. */
	private final Tensor[] turns;

	private SliceDifferences(final Tensor[] turns) {
		this.turns = turns;
	}

	/** As a first volume shows its phases; belongs to the surrounding scope. */
	static SliceDifferences of(final Tensor volume) {
		if (volume.size(1) == 1) return new SliceDifferences(null);
		return new SliceDifferences(Scopes.keepAll(() -> {
			final long n = volume.size(0) - 1;
			final Tensor x = Complex.fromChannels(volume), steps = torch.conj(x.narrow(0, 0, n)).mul(x.narrow(0, 1, n));
			final Tensor smooth = torch.fft_ifft2(torch.fft_fft2(steps).mul(gaussian(volume)));
			final Tensor angle = smooth.angle().unsqueeze(1);
			return new Tensor[] { angle.cos(), angle.sin() };
		}));
	}

	/** The transform of G, {@code exp(-2 (pi s)^2 (ky^2 + kx^2))}, k in periods per image and s its part of it. */
	private static Tensor gaussian(final Tensor volume) {
		final int rows = (int) volume.size(2), columns = (int) volume.size(3);
		final float[] gains = new float[rows * columns];
		for (int i = 0; i < gains.length; i++) {
			final double y = Math.min(i / columns, rows - i / columns), x = Math.min(i % columns, columns - i % columns);
			gains[i] = (float) Math.exp(-2 * Math.pow(Math.PI * SMOOTH, 2) * (y * y + x * x));
		}
		return Tensors.to(Tensors.of(gains, rows, columns), volume.device());
	}

	/** {@code D x}. */
	Tensor forward(final Tensor volume) {
		if (turns == null) return Differences.ACROSS_SLICES.forward(volume);
		return Scopes.keep(() -> {
			final long n = volume.size(0) - 1;
			final Tensor inner = turned(volume.narrow(0, 1, n), -1).sub(volume.narrow(0, 0, n));
			return torch.constant_pad_nd(inner, new long[] { 0, 0, 0, 0, 0, 0, 0, 1 }).unsqueeze(0);
		});
	}

	/** {@code D^T d}. */
	Tensor adjoint(final Tensor differences) {
		if (turns == null) return Differences.ACROSS_SLICES.adjoint(differences);
		return Scopes.keep(() -> {
			final Tensor inner = differences.select(0, 0).narrow(0, 0, differences.size(1) - 1);
			return torch.constant_pad_nd(turned(inner, 1), new long[] { 0, 0, 0, 0, 0, 0, 1, 0 }).sub(torch.constant_pad_nd(inner, new long[] { 0, 0, 0, 0, 0, 0, 0, 1 }));
		});
	}

	/** {@code exp(sign i t) x}. */
	private Tensor turned(final Tensor slices, final double sign) {
		final Tensor re = slices.narrow(1, 0, 1), im = slices.narrow(1, 1, 1), cos = turns[0], sin = Tensors.scale(turns[1], sign);
		return Tensors.channels(re.mul(cos).sub(im.mul(sin)), re.mul(sin).add(im.mul(cos)));
	}

	@Override
	public void close() {
		if (turns != null) for (final Tensor t : turns) t.close();
	}
}
