package org.posteriorj.physics.mri;

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
 * W matrices of H x H take 2 s of one core for 256 x 256 and 0.4 s for 160 x 128; a solution of one or two images
 * then costs as much as 2 to 4 applications of A^H A with 8 coils, where conjugate gradients take 10 to 40 for each. Only of the box that coils see: outside of it the
 * eigenvectors are the pixels and the eigenvalues 0.
 */
final class LineEigenbasis implements Eigenbasis, AutoCloseable {

	/** Larger ones are not worth their memory. */
	private static final long LARGEST = 512L << 20;
	/** Matrices that are factorised together: what more of them would take. */
	private static final long TOGETHER = 16;
	/** Images of one product. */
	private static final long ITEMS = 2;

	private final SeenBox box;
	/** Real and imaginary parts side by side, [columns, rows, 2 rows]. */
	private final Tensor vectors;
	/** V^H, likewise. */
	private final Tensor conjugated;
	private final Tensor values;

	/**
	 * @param maps complex64 [coils, H, W]
	 * @param lines 1 for measured lines, else 0, float32 [H], zero frequency in the middle
	 */
	LineEigenbasis(final Tensor maps, final Tensor lines) {
		box = SeenBox.of(maps);
		final long rows = box.rows(), columns = box.columns();
		final Tensor[] own = Scopes.keepAll(() -> {
			final Tensor kernel = Tensors.to(kernel(Tensors.toFloats(lines)), maps.device()).narrow(0, 0, rows).narrow(1, 0, rows), perColumn = box.of(maps, 1).permute(2, 0, 1)
				.contiguous();
			final Tensor v = torch.zeros_like(perColumn.narrow(1, 0, 1).expand(columns, rows, rows)).contiguous();
			final Tensor l = Tensors.to(Tensors.zeros(maps.size(1), maps.size(2)), maps.device()), inside = box.of(l, 0).t();
			for (long first = 0; first < columns; first += TOGETHER) {
				final long from = first, count = Math.min(TOGETHER, columns - first);
				Scopes.run(() -> {
					final Tensor s = perColumn.narrow(0, from, count);
					final Tensor[] eigen = Linear.eigen(torch.matmul(s.conj().resolve_conj().transpose(1, 2), s).mul(kernel));
					inside.narrow(0, from, count).copy_(eigen[0]);
					v.narrow(0, from, count).copy_(eigen[1]);
				});
			}
			return new Tensor[] { parts(v), parts(v.conj().resolve_conj().transpose(1, 2)), l.clamp_min(new Scalar(0)).reshape(1, 1, maps.size(1), maps.size(2)) };
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

	private static Tensor parts(final Tensor matrices) {
		return Scopes.keep(() -> {
			final Tensor turned = matrices.transpose(1, 2);
			return Tensors.channels(torch.real(turned), torch.imag(turned)).transpose(1, 2).contiguous();
		});
	}

	/**
	 * {@code [Re V, Im V] [Re x; -Im x]} and {@code [Re V, Im V] [Im x; Re x]}: a real product reads the matrices in a third of the time of a complex one. Always of
	 * {@link #ITEMS} images: reading takes the time, not their number; and the rounding of an item is then the same in every batch, which it is not with as many columns as
	 * there are items.
	 */
	private Tensor product(final Tensor matrices, final Tensor images) {
		return Scopes.keep(() -> {
			final Tensor out = images.clone().contiguous();
			for (long first = 0; first < images.size(0); first += ITEMS) {
				final Tensor some = Tensors.items(out, first, Math.min(first + ITEMS, images.size(0)));
				Scopes.run(() -> multiply(matrices, box.of(some.select(1, 0), 1), box.of(some.select(1, 1), 1)));
			}
			return out;
		});
	}

	/** Images [items, rows, columns] become their products. */
	private static void multiply(final Tensor matrices, final Tensor real, final Tensor imaginary) {
		final long items = real.size(0), rows = matrices.size(1);
		final Tensor right = Tensors.to(Tensors.zeros(matrices.size(0), 2 * rows, 2 * ITEMS), matrices.device());
		final Tensor re = real.permute(2, 1, 0), im = imaginary.permute(2, 1, 0);
		right.narrow(1, 0, rows).narrow(2, 0, items).copy_(re);
		right.narrow(1, rows, rows).narrow(2, 0, items).copy_(im.neg());
		right.narrow(1, 0, rows).narrow(2, ITEMS, items).copy_(im);
		right.narrow(1, rows, rows).narrow(2, ITEMS, items).copy_(re);
		final Tensor product = torch.matmul(matrices, right);
		re.copy_(product.narrow(2, 0, items));
		im.copy_(product.narrow(2, ITEMS, items));
	}

	@Override
	public void close() {
		vectors.close();
		conjugated.close();
		values.close();
	}
}
