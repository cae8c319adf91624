package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Linear;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Pre-whitening and coil compression as one matrix: {@code y' = U^H L^-1 y} with {@code Psi = L L^H} the noise covariance and U the
 * strongest eigenvectors of the whitened data. The noise of y' is white with variance 1 per complex sample.
 *
 * @see "M. Buehrer et al., Magn. Reson. Med. 57 (2007) 1131-1139, for the compression"
 */
public final class PrewhitenedCoils implements AutoCloseable {

	/** Noise of whitened data per real component. */
	public static final double SIGMA = Math.sqrt(0.5);

	private final Tensor matrix;
	private final Tensor back;

	private PrewhitenedCoils(final Tensor[] matrices) {
		matrix = matrices[0];
		back = matrices[1];
		matrix.retainReference();
		back.retainReference();
	}

	/**
	 * @param kspace samples that decide which coils matter, [coils, points, 2]
	 * @param noise covariance of the coils
	 * @param virtual coils to keep, 0 for all
	 */
	public static PrewhitenedCoils of(final Tensor kspace, final NoiseCovariance noise, final int virtual) {
		final int coils = noise.coils();
		if (virtual > coils) {
			throw new IllegalArgumentException("coils: expected 0 to " + coils + " virtual coils, the coils of the data, got " + virtual + ".");
		}
		return new PrewhitenedCoils(Scopes.keepAll(() -> {
			final Tensor psi = Complex.fromPairs(Tensors.ofDoubles(noise.values(), coils, coils, 2));
			final Tensor whiten = Linear.inverseCholesky(psi).to(torch.ScalarType.ComplexFloat);
			final Tensor colour = Linear.cholesky(psi).to(torch.ScalarType.ComplexFloat);
			if (virtual == 0) return new Tensor[] { whiten, colour };
			final Tensor white = torch.matmul(whiten, Complex.fromPairs(kspace));
			final Tensor strongest = Linear.eigenvectors(torch.matmul(white, white.conj().transpose(0, 1))).narrow(1, coils - virtual, virtual);
			return new Tensor[] { torch.matmul(strongest.conj().transpose(0, 1), whiten), torch.matmul(colour, strongest) };
		}));
	}

	/** Samples [coils, ..., 2] to [virtual coils, ..., 2]. */
	public Tensor apply(final Tensor kspace) {
		return Scopes.keep(() -> {
			final Tensor values = Complex.fromPairs(kspace);
			final long[] shape = Shapes.of(values);
			final Tensor mixed = torch.matmul(matrix, values.reshape(shape[0], -1));
			shape[0] = mixed.size(0);
			return Complex.toPairs(mixed.reshape(shape)).clone();
		});
	}

	/**
	 * {@code |L U S(r)|} at every pixel, [H, W]: what an image for maps S of the whitened coils, {@code sum |S_c|^2 = 1}, is multiplied with
	 * to be the image for maps of the measured coils with that property; 0 where there is no map and the data say nothing.
	 */
	public Tensor gain(final Tensor maps) {
		return Scopes.keep(() -> {
			final Tensor measured = torch.matmul(back, maps.reshape(maps.size(0), -1));
			return measured.abs().square().sum(0).sqrt().reshape(maps.size(1), maps.size(2));
		});
	}

	@Override
	public void close() {
		back.close();
		matrix.close();
	}
}
