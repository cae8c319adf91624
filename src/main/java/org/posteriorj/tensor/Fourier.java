package org.posteriorj.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Centred unitary Fourier transform of the last two axes: zero frequency and image centre at index floor(n/2).
 * <p>
 * {@code X[k] = (HW)^(-1/2) sum_r x[r] exp(-2 pi i k r / n)} with k and r counted from the centre; complex64, any size.
 */
public final class Fourier {

	private static final long LARGEST_PRIME = 61;

	private Fourier() {}

	/** Image to k-space. */
	public static Tensor forward(final Tensor image) {
		return Scopes.keep(() -> centre(scaled(plane(uncentre(image), false), -0.5)));
	}

	/** k-space to image; inverse and adjoint of {@link #forward}. */
	public static Tensor inverse(final Tensor kspace) {
		return Scopes.keep(() -> centre(scaled(plane(uncentre(kspace), true), 0.5)));
	}

	/** Moves index 0 to the centre, floor(n/2), of the last two axes. */
	public static Tensor centre(final Tensor t) {
		return roll(t, t.size(-2) / 2, t.size(-1) / 2);
	}

	/** Moves the centre, floor(n/2), of the last two axes to index 0. */
	public static Tensor uncentre(final Tensor t) {
		return roll(t, (t.size(-2) + 1) / 2, (t.size(-1) + 1) / 2);
	}

	/** Fourier transform of the last two axes without centring and scaling. */
	public static Tensor plain(final Tensor t) {
		return plane(t, false);
	}

	/** Inverse of {@link #plain}. */
	public static Tensor plainInverse(final Tensor t) {
		return plane(t, true);
	}

	/** Fourier transform of the last axis alone, without centring and scaling. */
	public static Tensor lines(final Tensor t) {
		return line(t, false);
	}

	/** Inverse of {@link #lines}. */
	public static Tensor linesInverse(final Tensor t) {
		return line(t, true);
	}

	private static Tensor plane(final Tensor t, final boolean inverse) {
		if (!awkward(t.size(-2)) && !awkward(t.size(-1))) return inverse ? torch.fft_ifft2(t) : torch.fft_fft2(t);
		return Scopes.keep(() -> line(line(t, inverse).transpose(-1, -2).contiguous(), inverse).transpose(-1, -2).contiguous());
	}

	/** Lengths with a large prime factor lose a digit in single precision, so those are matrix products, and long ones are transformed in double. */
	private static Tensor line(final Tensor t, final boolean inverse) {
		final long n = t.size(-1);
		if (!awkward(n)) return inverse ? torch.fft_ifft(t) : torch.fft_fft(t);
		if (n <= FourierMatrix.LONGEST && t.scalar_type() == torch.ScalarType.ComplexFloat) return t.matmul(FourierMatrix.of((int) n, inverse, t.device()));
		return Scopes.keep(() -> {
			final Tensor wide = t.to(torch.ScalarType.ComplexDouble);
			return (inverse ? torch.fft_ifft(wide) : torch.fft_fft(wide)).to(t.scalar_type());
		});
	}

	private static boolean awkward(final long size) {
		return largestPrimeFactor(size) > LARGEST_PRIME;
	}

	static long largestPrimeFactor(final long size) {
		long rest = size, largest = 1;
		for (long p = 2; p * p <= rest; p++) while (rest % p == 0) {
			rest /= p;
			largest = p;
		}
		return Math.max(largest, rest);
	}

	private static Tensor roll(final Tensor t, final long rows, final long columns) {
		return torch.roll(t, new long[] { rows, columns }, -2, -1);
	}

	// NB: scaled by hand; the binding's norm option points at freed memory
	private static Tensor scaled(final Tensor t, final double power) {
		return t.mul(new Scalar(Math.pow(t.size(-2) * t.size(-1), power)));
	}
}
