package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Trajectory;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * {@code F^H W F} of a non-uniform Fourier transform as a convolution: two FFTs of the doubled grid, whatever the number of
 * samples.
 * <p>
 * The kernel is the point spread function {@code sum_m w_m exp(2 pi i k_m d) / (HW)} for all differences d of two pixels.
 *
 * @see "J. A. Fessler et al., IEEE Trans. Signal Process. 53 (2005) 3393-3402"
 */
public final class ToeplitzNormal implements AutoCloseable {

	private final int rows;
	private final int columns;
	private final int gridRows;
	private final int gridColumns;
	private final Tensor spectrum;

	/**
	 * @param trajectory frequencies in cycles per field of view
	 * @param weights W, one per sample; null for 1
	 * @param rows image rows
	 * @param columns image columns
	 */
	public ToeplitzNormal(final Trajectory trajectory, final float[] weights, final int rows, final int columns) {
		this.rows = rows;
		this.columns = columns;
		gridRows = FastSize.atLeast(2 * rows);
		gridColumns = FastSize.atLeast(2 * columns);
		spectrum = Scopes.keep(() -> spectrum(trajectory, weights));
		spectrum.retainReference();
	}

	private Tensor spectrum(final Trajectory trajectory, final float[] weights) {
		final float[] samples = new float[2 * trajectory.points()];
		for (int p = 0; p < trajectory.points(); p++) samples[2 * p] = weights == null ? 1 : weights[p];
		// an image twice as large holds every difference of two pixels
		try (Nufft nufft = new Nufft(trajectory.scaled(2), 2 * rows, 2 * columns, Nufft.Accuracy.ACCURATE)) {
			final Tensor spread = nufft.adjoint(Complex.fromPairs(Tensors.of(samples, 1, trajectory.points(), 2))).to(torch.ScalarType.ComplexDouble);
			final Tensor response = torch.real(torch.fft_fft2(ImagePadding.pad(symmetric(spread), gridRows, gridColumns)));
			// the transforms' own scale: (4HW)^(-1/2) of the doubled image to 1/(HW)
			return Tensors.scale(response, 2 / Math.sqrt((double) rows * columns)).to(torch.ScalarType.Float).contiguous();
		}
	}

	/** Without the difference -n, which no two pixels have and which alone has no mirror image. */
	private Tensor symmetric(final Tensor spread) {
		final Tensor copy = spread.clone();
		copy.select(-2, 0).zero_();
		copy.select(-1, 0).zero_();
		return copy;
	}

	/** complex64 images [.., H, W] to images of that shape. */
	public Tensor apply(final Tensor images) {
		return Scopes.keep(() -> {
			final Tensor filtered = torch.fft_fft2(ImagePadding.pad(images, gridRows, gridColumns)).mul(Tensors.to(spectrum, images.device()));
			return ImagePadding.crop(torch.fft_ifft2(filtered), rows, columns);
		});
	}

	/**
	 * The diagonal of {@code sum_c S_c^H F^H W F S_c} in Fourier space, [H, W] in the order of an FFT: the circulant matrix nearest to
	 * it, positive.
	 *
	 * @param maps S, complex64 [coils, H, W]
	 * @see "T. F. Chan, SIAM J. Sci. Stat. Comput. 9 (1988) 766-771"
	 */
	public Tensor diagonal(final Tensor maps) {
		return Scopes.keep(() -> {
			// the overlap of the maps at every difference of two pixels weighs the point spread function there
			final Tensor power = torch.fft_fft2(ImagePadding.pad(maps, gridRows, gridColumns)).abs().square().sum(0);
			final Tensor overlap = torch.conj(torch.fft_ifft2(power)), spread = torch.fft_ifft2(Tensors.to(spectrum, maps.device()).squeeze(0));
			final Tensor folded = folded(folded(overlap.mul(spread), 0, rows), 1, columns);
			return Tensors.scale(torch.real(torch.fft_fft2(folded)), 1.0 / ((double) rows * columns)).contiguous();
		});
	}

	/** Differences d and d - n are one in a circulant matrix. */
	private static Tensor folded(final Tensor values, final int axis, final int n) {
		return values.narrow(axis, 0, n).add(values.narrow(axis, values.size(axis) - n, n));
	}

	@Override
	public void close() {
		spectrum.close();
	}
}
