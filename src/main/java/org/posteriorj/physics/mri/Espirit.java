package org.posteriorj.physics.mri;

import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Linear;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * ESPIRiT coil maps: at each pixel the eigenvectors with eigenvalue 1 of the operator that projects k-space patches onto the row
 * space of the calibration data.
 * <p>
 * The operator's symbol at pixel r is {@code G(r) = 1/|k| sum_kernels v(r) v(r)^H} with v the Fourier transform of a kernel; it is
 * assembled from the autocorrelation of the kernels, a trigonometric polynomial, so any image size costs one transform.
 * <p>
 * Where the calibration region has few lines, maps come from smaller patches, whose eigenvalues are near 1 in the background too: where
 * there is an object is still asked of the usual ones.
 *
 * @see "M. Uecker et al., Magn. Reson. Med. 71 (2014) 990-1001"
 */
public final class Espirit {

	/** Largest side of the calibration region that is used, and of its long side where the short one has few lines. */
	static final int REGION = 24;
	private static final int LONG = 64;
	/** Fewer lines than this are few. */
	private static final int FEW = 20;
	/** Side of a patch of k-space where there are lines enough. */
	private static final int KERNEL = 6;
	private static final int SMALLEST = 10;
	/** Maps from fewer central lines than this are often wrong, and with them everything that rests on them. */
	private static final int TRUSTED = 16;
	private static final int ITERATIONS = 40;

	private final double threshold;
	private final double crop;

	/** The usual settings: singular values above 2 % of the largest, maps where the eigenvalue is above 0.8. */
	public Espirit() {
		this(0.02, 0.8);
	}

	/**
	 * @param threshold singular values of the calibration matrix that count as signal, relative to the largest
	 * @param crop eigenvalue below which a pixel has no map
	 */
	public Espirit(final double threshold, final double crop) {
		this.threshold = threshold;
		this.crop = crop;
	}

	/** The maps of one set, with the eigenvalues that tell where they hold. */
	public record Maps(Tensor maps, Tensor eigenvalues) {}

	/**
	 * Maps of one or more sets, complex64 [coils, H, W] each, {@code sum |S_c|^2 = 1} where the eigenvalue passes, else 0; the phase
	 * is that of the strongest virtual coil.
	 *
	 * @param kspace [coils, H, W, 2]
	 * @param mask measured samples, [row][column]
	 * @param sets 1, or 2 where the field of view is smaller than the object
	 */
	public Maps[] maps(final Tensor kspace, final boolean[] mask, final int sets) {
		final long coils = kspace.size(0);
		final int rows = (int) kspace.size(1), columns = (int) kspace.size(2);
		final int[] region = region(mask, rows, columns);
		final Tensor[] found = Scopes.keepAll(() -> {
			final int kernel = kernel(Math.min(region[0], region[1]));
			final Tensor calibration = Complex.fromPairs(kspace).narrow(1, rows / 2 - region[0] / 2, region[0]).narrow(2, columns / 2 - region[1] / 2, region[1]);
			final Tensor symbol = symbol(calibration.contiguous(), kernel, rows, columns);
			final Tensor large = kernel == KERNEL ? null : symbol(calibration.contiguous(), KERNEL, rows, columns);
			final Tensor reference = Linear.eigenvectors(gram(calibration.reshape(coils, -1))).select(1, coils - 1);
			final Tensor[] results = new Tensor[2 * sets];
			Part rest = Part.strongest(symbol, reference), other = large == null ? rest : Part.strongest(large, reference);
			for (int s = 0; s < sets; s++) {
				results[2 * s] = finished(rest.vector(), other.value(), reference, rows, columns);
				results[2 * s + 1] = other.value().reshape(rows, columns);
				if (s + 1 == sets) break;
				final boolean same = other == rest;
				rest = rest.next(reference);
				other = same ? rest : other.next(reference);
			}
			return results;
		});
		final Maps[] maps = new Maps[sets];
		for (int s = 0; s < sets; s++) maps[s] = new Maps(found[2 * s], found[2 * s + 1]);
		return maps;
	}

	/**
	 * Side of a patch of k-space for so many lines. Few lines hold few patches, and large ones fit their noise: error of maps from 10, 12
	 * and 16 lines of a real 16-coil brain against those from 24 lines, side 6: 12, 7 and 4 %, as here: 3.0, 2.3 and 1.5 %.
	 */
	private static int kernel(final int lines) {
		return lines >= FEW ? KERNEL : lines >= 15 ? 5 : 4;
	}

	/** Sides of the largest fully measured rectangle around the centre, as square as it can be, then longer where it has few lines. */
	static int[] region(final boolean[] mask, final int rows, final int columns) {
		final int[] sides = region(mask, rows, columns, REGION);
		return Math.min(sides[0], sides[1]) < Math.min(FEW, Math.min(rows, columns)) ? region(mask, rows, columns, LONG) : sides;
	}

	private static int[] region(final boolean[] mask, final int rows, final int columns, final int largest) {
		int height = 0, width = 0;
		boolean tall = true, wide = true;
		while (tall || wide) {
			tall = tall && height < Math.min(largest, rows) && full(mask, rows, columns, height + 1, Math.max(width, 1));
			if (tall) height++;
			wide = wide && width < Math.min(largest, columns) && full(mask, rows, columns, height, width + 1);
			if (wide) width++;
		}
		if (height < SMALLEST || width < SMALLEST) {
			throw new IllegalArgumentException("coil maps: the centre of k-space is fully sampled on " + height + " x " + width + " points only, at least " +
				SMALLEST + " x " + SMALLEST + " are needed - scan with more ACS lines.");
		}
		return new int[] { height, width };
	}

	/** What the user should know about maps from these samples; empty if nothing. */
	public static List<String> warnings(final boolean[] mask, final int rows, final int columns) {
		final int[] region = region(mask, rows, columns);
		final int lines = Math.min(region[0], region[1]);
		if (lines >= Math.min(TRUSTED, Math.min(rows, columns))) return List.of();
		return List.of("The coil maps rest on " + lines + " central lines, fewer than " + TRUSTED +
			": they are wrong by some percent; image and uncertainty suffer - scan at least " + TRUSTED + ".");
	}

	private static boolean full(final boolean[] mask, final int rows, final int columns, final int height, final int width) {
		for (int r = rows / 2 - height / 2; r < rows / 2 - height / 2 + height; r++) {
			for (int c = columns / 2 - width / 2; c < columns / 2 - width / 2 + width; c++) if (!mask[r * columns + c]) return false;
		}
		return true;
	}

	/** G at every pixel, [coils, coils, H W]. */
	private Tensor symbol(final Tensor calibration, final int kernel, final int rows, final int columns) {
		final long coils = calibration.size(0);
		final Tensor patches = calibration.unfold(1, kernel, 1).unfold(2, kernel, 1).permute(1, 2, 0, 3, 4).reshape(-1, coils * kernel * kernel);
		final Tensor matrix = torch.matmul(patches.transpose(0, 1), patches.conj());
		final Tensor[] eigen = Linear.eigen(matrix);
		final double[] values = Tensors.toDoubles(eigen[0]);
		int noise = 0;
		while (noise < values.length && values[noise] < threshold * threshold * values[values.length - 1]) noise++;
		final Tensor signal = eigen[1].narrow(1, noise, values.length - noise).transpose(0, 1).reshape(-1, coils, kernel, kernel);
		final int size = 2 * kernel - 1;
		// autocorrelation over kernels of every pair of coils: exact on a grid of 2 k - 1 points
		final Tensor padded = torch.constant_pad_nd(signal, new long[] { 0, kernel - 1, 0, kernel - 1 });
		final Tensor spectra = Fourier.plain(padded).permute(2, 3, 1, 0);
		final Tensor correlation = Fourier.plainInverse(torch.matmul(spectra, spectra.conj().transpose(2, 3)).permute(2, 3, 0, 1));
		final Tensor centred = torch.roll(correlation, new long[] { kernel - 1, kernel - 1 }, -2, -1);
		final long top = rows / 2 - (kernel - 1), left = columns / 2 - (kernel - 1);
		final Tensor grid = torch.constant_pad_nd(centred, new long[] { left, columns - size - left, top, rows - size - top });
		final Tensor image = Tensors.scale(Fourier.plainInverse(Fourier.uncentre(grid)), (double) rows * columns);
		return Tensors.scale(Fourier.centre(image).reshape(coils, coils, (long) rows * columns), 1.0 / (kernel * kernel));
	}

	/** The largest eigenvalue [H W] of a symbol at every pixel, and its eigenvector [coils, H W]. */
	private record Part(Tensor symbol, Tensor vector, Tensor value) {

		static Part strongest(final Tensor symbol, final Tensor start) {
			final Tensor vector = Scopes.keep(() -> power(symbol, start));
			return new Part(symbol, vector, torch.real(product(symbol, vector).mul(vector.conj()).sum(0)));
		}

		/** That of what is left without this one. */
		Part next(final Tensor start) {
			return strongest(symbol.sub(vector.unsqueeze(1).mul(vector.conj().unsqueeze(0)).mul(value)), start);
		}
	}

	/** Eigenvector of the largest eigenvalue at every pixel, [coils, H W], by power iteration. */
	private static Tensor power(final Tensor symbol, final Tensor start) {
		Tensor v = Scopes.keep(() -> product(symbol, start.unsqueeze(1)).add(new Scalar(1e-6)));
		for (int i = 0; i < ITERATIONS; i++) {
			v = Scopes.update(v, now -> {
				final Tensor next = torch.view_as_real(product(symbol, now));
				final Tensor squared = next.square().sum(0).sum(-1).clamp_min(new Scalar(1e-30));
				return torch.view_as_complex(next.mul(squared.rsqrt().reshape(1, -1, 1)));
			});
		}
		return v;
	}

	/** Matrix times vector at every pixel, column by column: products of small complex matrices in a batch are several times slower. */
	private static Tensor product(final Tensor matrices, final Tensor vectors) {
		final Tensor sum = matrices.select(1, 0).mul(vectors.narrow(0, 0, 1));
		for (long c = 1; c < vectors.size(0); c++) sum.addcmul_(matrices.select(1, c), vectors.narrow(0, c, 1));
		return sum;
	}

	private Tensor finished(final Tensor vector, final Tensor value, final Tensor reference, final int rows, final int columns) {
		final Tensor phase = vector.mul(reference.conj().unsqueeze(1)).sum(0);
		final Tensor turned = vector.mul(phase.conj().div(phase.abs().clamp_min(new Scalar(1e-20))));
		return turned.mul(value.ge(new Scalar(crop))).reshape(-1, rows, columns).contiguous();
	}

	private static Tensor gram(final Tensor samples) {
		return torch.matmul(samples, samples.conj().transpose(0, 1));
	}
}
