package org.posteriorj.physics.mri;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.physics.Eigenbasis;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Linear;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Eigenvectors of SENSE with whole readout lines: the transform along the lines cancels in A^H A, so that every column of the image has a
 * matrix of its own, {@code N(r, r') = K(r - r') sum_c conj(S_c(r)) S_c(r')} with {@code K(d) = 1/H sum_lines exp(2 pi i k d / H)}.
 * <p>
 * W matrices of H x H take 2 s of one core for 256 x 256 and 0.4 s for 160 x 128; a solution then costs as much as three applications of
 * A^H A with 8 coils, where conjugate gradients take 10 to 40.
 */
final class LineEigenbasis implements Eigenbasis, AutoCloseable {

	/** Larger ones are not worth their memory. */
	private static final long LARGEST = 512L << 20;
	/** Matrices that are factorised together: what more of them would take. */
	private static final long TOGETHER = 16;

	private final Tensor vectors;
	private final Tensor conjugated;
	private final Tensor values;

	/**
	 * @param maps complex64 [coils, H, W]
	 * @param lines 1 for measured lines, else 0, float32 [H], zero frequency in the middle
	 */
	LineEigenbasis(final Tensor maps, final Tensor lines) {
		final long rows = maps.size(1), columns = maps.size(2);
		final Tensor[] own = Scopes.keepAll(() -> {
			final Tensor kernel = Tensors.to(kernel(Tensors.toFloats(lines)), maps.device()), perColumn = maps.permute(2, 0, 1).contiguous();
			final Tensor v = torch.zeros_like(maps.narrow(0, 0, 1).expand(rows, rows, columns).permute(2, 0, 1)).contiguous();
			final Tensor l = Tensors.to(Tensors.zeros(columns, rows, 1), maps.device());
			for (long first = 0; first < columns; first += TOGETHER) {
				final long from = first, count = Math.min(TOGETHER, columns - first);
				Scopes.run(() -> {
					final Tensor s = perColumn.narrow(0, from, count);
					final Tensor[] eigen = Linear.eigen(torch.matmul(s.conj().resolve_conj().transpose(1, 2), s).mul(kernel));
					l.narrow(0, from, count).copy_(eigen[0].unsqueeze(-1));
					v.narrow(0, from, count).copy_(eigen[1]);
				});
			}
			return new Tensor[] { v, v.conj().resolve_conj().transpose(1, 2).contiguous(), l.clamp_min(new Scalar(0)) };
		});
		vectors = own[0];
		conjugated = own[1];
		values = own[2];
		for (final Tensor t : own) t.retainReference();
	}

	/** Memory of one for so large an image; 0 where there is none. */
	static long bytes(final long rows, final long columns) {
		final long bytes = 16 * rows * rows * columns;
		return bytes <= LARGEST ? bytes : 0;
	}

	/** K(r - r'), complex64 [H, H]. */
	private static Tensor kernel(final float[] lines) {
		final int n = lines.length;
		final double[] real = new double[n], imaginary = new double[n];
		for (int d = 0; d < n; d++) for (int k = 0; k < n; k++) {
			// whole turns are taken off first, for the precision of the angle
			final double angle = 2 * Math.PI * Math.floorMod((long) (k - n / 2) * d, n) / n;
			real[d] += lines[k] * Math.cos(angle) / n;
			imaginary[d] += lines[k] * Math.sin(angle) / n;
		}
		final float[] pairs = new float[2 * n * n];
		for (int r = 0; r < n; r++) for (int s = 0; s < n; s++) {
			final int d = Math.floorMod(r - s, n);
			pairs[2 * (r * n + s)] = (float) real[d];
			pairs[2 * (r * n + s) + 1] = (float) imaginary[d];
		}
		return Complex.fromPairs(Tensors.of(pairs, n, n, 2));
	}

	@Override
	public Tensor apply(final Tensor images, final UnaryOperator<Tensor> f) {
		return Scopes.keep(() -> {
			final Tensor gain = f.apply(values);
			return Tensors.eachItem(images, image -> Scopes.keep(() -> {
				final Tensor columns = Complex.fromChannels(image).permute(2, 1, 0).contiguous();
				final Tensor filtered = torch.matmul(vectors, torch.matmul(conjugated, columns).mul(gain));
				return Complex.toChannels(filtered.permute(2, 1, 0).contiguous());
			}));
		});
	}

	@Override
	public void close() {
		vectors.close();
		conjugated.close();
		values.close();
	}
}
