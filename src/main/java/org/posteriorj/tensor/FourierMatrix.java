package org.posteriorj.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The Fourier transform of one length as a matrix, {@code F[j, k] = exp(-2 pi i j k / n)}, or its inverse {@code conj(F) / n}, complex64.
 * <p>
 * For lengths with a large prime factor: there an FFT in single precision loses a digit and one in double takes three times as long as this product
 * (8 images of 146 x 146, one thread: 10.7 and 3.3 ms). Every matrix that was asked for is kept.
 */
final class FourierMatrix {

	/** Longer ones are slower than the FFT in double. */
	static final long LONGEST = 384;

	private record Key(int n, boolean inverse, String device) {}

	private static final Map<Key, Tensor> KEPT = new ConcurrentHashMap<>();

	private FourierMatrix() {}

	/** The symmetric matrix [n, n], which is not to be closed. */
	static Tensor of(final int n, final boolean inverse, final Device device) {
		return KEPT.computeIfAbsent(new Key(n, inverse, device.str().getString()), key -> {
			final Tensor matrix = Scopes.keep(() -> Tensors.to(Complex.fromPairs(Tensors.of(values(n, inverse), n, n, 2)), device));
			matrix.retainReference();
			return matrix;
		});
	}

	private static float[] values(final int n, final boolean inverse) {
		final float[] values = new float[2 * n * n];
		final double scale = inverse ? 1.0 / n : 1, sign = inverse ? 1 : -1;
		for (int j = 0; j < n; j++) for (int k = 0; k < n; k++) {
			final double angle = sign * 2 * Math.PI * ((long) j * k % n) / n;
			values[2 * (j * n + k)] = (float) (scale * Math.cos(angle));
			values[2 * (j * n + k) + 1] = (float) (scale * Math.sin(angle));
		}
		return values;
	}
}
