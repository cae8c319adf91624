package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.List;

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
 * W matrices of H x H take 2 s of one core for 256 x 256 and 0.4 s for 160 x 128; a solution then costs as much as 10 to 15
 * applications of A^H A with 8 coils, for one image as for four, where conjugate gradients take 10 to 40 for each.
 */
final class LineEigenbasis implements Eigenbasis, AutoCloseable {

	/** Larger ones are not worth their memory. */
	private static final long LARGEST = 512L << 20;
	/** Matrices that are factorised together: what more of them would take. */
	private static final long TOGETHER = 16;
	/** Images of one product. */
	private static final long ITEMS = 4;

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
			final Tensor l = Tensors.to(Tensors.zeros(columns, rows), maps.device());
			for (long first = 0; first < columns; first += TOGETHER) {
				final long from = first, count = Math.min(TOGETHER, columns - first);
				Scopes.run(() -> {
					final Tensor s = perColumn.narrow(0, from, count);
					final Tensor[] eigen = Linear.eigen(torch.matmul(s.conj().resolve_conj().transpose(1, 2), s).mul(kernel));
					l.narrow(0, from, count).copy_(eigen[0]);
					v.narrow(0, from, count).copy_(eigen[1]);
				});
			}
			return new Tensor[] { v, v.conj().resolve_conj().transpose(1, 2).contiguous(), l.clamp_min(new Scalar(0)).t().contiguous().reshape(1, 1, rows, columns) };
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
	public Tensor analyse(final Tensor images) {
		return product(conjugated, images);
	}

	@Override
	public Tensor synthesise(final Tensor coefficients) {
		return product(vectors, coefficients);
	}

	@Override
	public Tensor values() {
		return values;
	}

	/**
	 * Always of {@link #ITEMS} columns: reading the matrices takes the time, not their number; and the rounding of an item is then the same in every batch,
	 * which it is not with as many columns as there are items.
	 */
	private static Tensor product(final Tensor matrices, final Tensor images) {
		final List<Tensor> parts = new ArrayList<>();
		return Scopes.keep(() -> {
			for (long first = 0; first < images.size(0); first += ITEMS) {
				final Tensor some = Tensors.items(images, first, Math.min(first + ITEMS, images.size(0)));
				parts.add(Scopes.keep(() -> {
					final Tensor columns = torch.zeros_like(matrices.narrow(2, 0, ITEMS)), filled = columns.narrow(2, 0, some.size(0));
					filled.copy_(Complex.fromChannels(some).permute(2, 1, 0));
					return Complex.toChannels(torch.matmul(matrices, columns).narrow(2, 0, some.size(0)).permute(2, 1, 0).contiguous());
				}));
			}
			return Tensors.concatenate(parts);
		});
	}

	@Override
	public void close() {
		vectors.close();
		conjugated.close();
		values.close();
	}
}
