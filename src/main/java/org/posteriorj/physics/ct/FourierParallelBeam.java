package org.posteriorj.physics.ct;

import java.util.List;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.Lanczos;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.Nufft;
import org.posteriorj.physics.ToeplitzNormal;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Parallel-beam CT by the Fourier slice theorem: the transform of a view is a line through the transform of the image.
 * <p>
 * {@code y(a, u) = sum over frequencies w of px^2 B(w) X(w cos a, w sin a) exp(2 pi i w u) / (n pitch)}, where B holds the
 * transforms of square image pixels and of the detector's width. {@link #normal} is a convolution, whose cost does not grow
 * with the number of views: the operator for solvers with white noise. Detectors must cover the whole image.
 * <p>
 * Images [B, 1, H, W] in 1/mm, data [B, views, detectors] without unit.
 */
public final class FourierParallelBeam implements LinearOperator, AutoCloseable {

	private final Geometry geometry;
	private final int detectors;
	private final int rows;
	private final int columns;
	private final Nufft nufft;
	private final ToeplitzNormal toeplitz;
	private final Tensor multiplier;
	private double norm;

	/**
	 * @param geometry a parallel beam
	 * @param detectors number of detector pixels
	 * @param rows image rows
	 * @param columns image columns
	 * @throws IllegalArgumentException where the detector does not reach beyond the image's corners
	 */
	public FourierParallelBeam(final Geometry geometry, final int detectors, final int rows, final int columns) {
		if (geometry.beam() != Geometry.Beam.PARALLEL) {
			throw new IllegalArgumentException("Fourier parallel beam: the geometry's type is " + geometry.beam().key() + ", expected parallel.");
		}
		final double corner = Math.hypot(rows, columns) / 2 * geometry.imagePixel();
		final double reach = Math.min(-geometry.detectorPosition(-0.5, detectors), geometry.detectorPosition(detectors - 0.5, detectors));
		if (reach < corner) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
				"Fourier parallel beam: the detector reaches %.1f mm from the axis, the image's corners %.1f mm - use the ray-driven operator.", reach,
				corner));
		}
		this.geometry = geometry;
		this.detectors = detectors;
		this.rows = rows;
		this.columns = columns;
		final FourierSlices slices = new FourierSlices(geometry, detectors, rows, columns);
		final Trajectory trajectory = slices.trajectory();
		nufft = new Nufft(trajectory, rows, columns, Nufft.Accuracy.STANDARD);
		final float[] factors = slices.multipliers(), weights = new float[trajectory.points()];
		for (int p = 0; p < weights.length; p++) {
			weights[p] = detectors * (factors[2 * p] * factors[2 * p] + factors[2 * p + 1] * factors[2 * p + 1]);
		}
		toeplitz = new ToeplitzNormal(trajectory, weights, rows, columns);
		multiplier = Scopes.keep(() -> Complex.fromPairs(Tensors.of(factors, geometry.views(), detectors, 2)).clone());
		multiplier.retainReference();
	}

	@Override
	public long[] imageShape() {
		return new long[] { 1, rows, columns };
	}

	@Override
	public long[] dataShape() {
		return new long[] { geometry.views(), detectors };
	}

	@Override
	public Tensor forward(final Tensor images) {
		Shapes.requireBatch("FourierParallelBeam.forward", "image", images, imageShape());
		return each(images, x -> {
			final Tensor spectra = nufft.forward(complex(x.squeeze(1))).view(1, geometry.views(), detectors).mul(placed(x));
			return torch.real(torch.fft_ifft(spectra)).mul(new Scalar(detectors));
		});
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		Shapes.requireBatch("FourierParallelBeam.adjoint", "sinogram", data, dataShape());
		return each(data, y -> {
			final Tensor spectra = torch.fft_fft(complex(y)).mul(torch.conj(placed(y)));
			return torch.real(nufft.adjoint(spectra.reshape(1, nufft.points()))).unsqueeze(1);
		});
	}

	@Override
	public Tensor normal(final Tensor images) {
		Shapes.requireBatch("FourierParallelBeam.normal", "image", images, imageShape());
		return each(images, x -> torch.real(toeplitz.apply(complex(x))));
	}

	private static Tensor complex(final Tensor real) {
		return real.to(torch.ScalarType.ComplexFloat);
	}

	private Tensor placed(final Tensor like) {
		return Tensors.to(multiplier, like.device());
	}

	private static Tensor each(final Tensor batch, final UnaryOperator<Tensor> work) {
		return Scopes.keep(() -> {
			final List<Tensor> results = new ArrayList<>();
			for (long i = 0; i < batch.size(0); i++) {
				final Tensor item = Tensors.items(batch, i, i + 1);
				results.add(Scopes.keep(() -> work.apply(item)));
			}
			return Tensors.concatenate(results);
		});
	}

	@Override
	public synchronized double norm() {
		if (norm == 0) norm = Lanczos.norm(this);
		return norm;
	}

	@Override
	public float[] normalSpectrum() {
		return BackprojectionSpectrum.of(geometry, rows, columns, norm());
	}

	@Override
	public long measurements() {
		return (long) geometry.views() * detectors;
	}

	@Override
	public void close() {
		nufft.close();
		toeplitz.close();
		multiplier.close();
	}
}
