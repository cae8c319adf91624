package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Trajectory;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Fourier transform of an image at arbitrary frequencies, {@code y_m = (HW)^(-1/2) sum_r x[r] exp(-2 pi i (ky r_y / H + kx r_x
 * / W))}, r counted from the pixel floor(n/2), and its exact adjoint.
 * <p>
 * Image over the kernel's transform, doubled grid, FFT, Kaiser-Bessel interpolation. On the points of a Cartesian grid it
 * equals {@link org.posteriorj.tensor.Fourier#forward}.
 *
 * @see "J. A. Fessler, B. P. Sutton, IEEE Trans. Signal Process. 51 (2003) 560-574"
 */
public final class Nufft implements AutoCloseable {

	/** How near to the explicit sum. */
	public enum Accuracy {

		/** Relative error below 1e-4, single precision. */
		STANDARD(6, torch.ScalarType.ComplexFloat),
		/** Relative error below 1e-6, FFT in double precision. */
		ACCURATE(9, torch.ScalarType.ComplexDouble);

		private final int width;
		private final torch.ScalarType type;

		Accuracy(final int width, final torch.ScalarType type) {
			this.width = width;
			this.type = type;
		}
	}

	private final int rows;
	private final int columns;
	private final int gridRows;
	private final int gridColumns;
	private final int points;
	private final Accuracy accuracy;
	private final Gridding gridding;
	private final Tensor correction;

	/**
	 * @param trajectory frequencies in cycles per field of view
	 * @param rows image rows
	 * @param columns image columns
	 * @param accuracy how near to the explicit sum
	 */
	public Nufft(final Trajectory trajectory, final int rows, final int columns, final Accuracy accuracy) {
		this.rows = rows;
		this.columns = columns;
		this.accuracy = accuracy;
		gridRows = FastSize.atLeast(Math.max(2 * rows, accuracy.width));
		gridColumns = FastSize.atLeast(Math.max(2 * columns, accuracy.width));
		points = trajectory.points();
		final KaiserBessel byRow = new KaiserBessel(accuracy.width, (double) gridRows / rows);
		final KaiserBessel byColumn = new KaiserBessel(accuracy.width, (double) gridColumns / columns);
		gridding = new Gridding(gridRows, gridColumns, scaled(trajectory.ky(), (double) gridRows / rows),
			scaled(trajectory.kx(), (double) gridColumns / columns), byRow, byColumn, accuracy.width);
		correction = Tensors.ofDoubles(correction(byRow, byColumn), rows, columns);
		correction.retainReference();
	}

	private static double[] scaled(final double[] values, final double factor) {
		for (int i = 0; i < values.length; i++) values[i] *= factor;
		return values;
	}

	/** One over the kernel's transform, and the unitary scale. */
	private double[] correction(final KaiserBessel byRow, final KaiserBessel byColumn) {
		final double[] factors = new double[rows * columns];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			factors[r * columns + c] = 1 / (Math.sqrt((double) rows * columns) * byRow.transform((r - rows / 2) / (double) gridRows) *
				byColumn.transform((c - columns / 2) / (double) gridColumns));
		}
		return factors;
	}

	/** Number of frequencies. */
	public int points() {
		return points;
	}

	/** complex64 images [B, H, W] to samples [B, points]. */
	public Tensor forward(final Tensor images) {
		Shapes.requireBatch("Nufft.forward", "image", images, new long[] { rows, columns });
		return each(images, image -> Scopes.keep(() -> {
			final Tensor spectrum = torch.fft_fft2(ImagePadding.pad(image.mul(factors(image)).to(accuracy.type), gridRows, gridColumns));
			return Tensors.of(gridding.interpolate(Tensors.toFloats(Complex.toPairs(spectrum))), 1, points, 2);
		}));
	}

	/** The exact adjoint: complex64 samples [B, points] to images [B, H, W]. */
	public Tensor adjoint(final Tensor samples) {
		Shapes.requireBatch("Nufft.adjoint", "samples", samples, new long[] { points });
		return each(samples, values -> Scopes.keep(() -> {
			final Tensor grid = Tensors.of(gridding.spread(Tensors.toFloats(Complex.toPairs(values))), 1, gridRows, gridColumns, 2);
			final Tensor image = torch.fft_ifft2(Tensors.to(Complex.fromPairs(grid), values.device()).to(accuracy.type));
			final Tensor cropped = Tensors.scale(ImagePadding.crop(image, rows, columns), (double) gridRows * gridColumns);
			return Complex.toPairs(cropped.mul(factors(cropped)).to(torch.ScalarType.ComplexFloat));
		}));
	}

	private Tensor factors(final Tensor like) {
		return Tensors.to(accuracy.type == torch.ScalarType.ComplexDouble ? correction : correction.to(torch.ScalarType.Float), like.device());
	}

	/** Item by item: a coil's doubled grid is the largest thing alive, and results do not depend on the batch. */
	private static Tensor each(final Tensor batch, final UnaryOperator<Tensor> work) {
		return Scopes.keep(() -> {
			final java.util.List<Tensor> results = new java.util.ArrayList<>();
			for (long i = 0; i < batch.size(0); i++) results.add(work.apply(Tensors.items(batch, i, i + 1)));
			return Complex.fromPairs(Tensors.to(Tensors.concatenate(results), batch.device()));
		});
	}

	@Override
	public void close() {
		correction.close();
	}
}
