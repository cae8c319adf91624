package org.posteriorj.physics.mri;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.DensityCompensation;
import org.posteriorj.physics.Nufft;
import org.posteriorj.physics.Lanczos;
import org.posteriorj.physics.ToeplitzNormal;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Non-Cartesian multi-coil MRI: {@code y_c = F_k (S_c x)} with F_k the Fourier transform at the trajectory's frequencies.
 * <p>
 * Images [B, 2, H, W], data [B, coils, shots, samples, 2]. {@link #normal} is a convolution and costs two FFTs of the doubled grid per
 * coil. No density compensation: it would claim a wrong noise level.
 *
 * @see "K. P. Pruessmann et al., Magn. Reson. Med. 46 (2001) 638-651"
 */
public final class NonCartesianSense implements CoilOperator {

	/** Of the largest spectral value; rounding could make a small one negative. */
	private static final float LEAST = 1e-6f;

	private final Tensor maps;
	private final long coils;
	private final long rows;
	private final long columns;
	private final Trajectory trajectory;
	private final Nufft nufft;
	private final ToeplitzNormal toeplitz;
	private double norm;

	/** With the standard accuracy of 1e-4. */
	public NonCartesianSense(final Tensor maps, final Trajectory trajectory) {
		this(maps, trajectory, Nufft.Accuracy.STANDARD);
	}

	/**
	 * @param maps coil sensitivities, complex64 [coils, H, W]; copied
	 * @param trajectory frequencies in cycles per field of view
	 * @param accuracy of the Fourier transform
	 */
	public NonCartesianSense(final Tensor maps, final Trajectory trajectory, final Nufft.Accuracy accuracy) {
		final long[] m = Shapes.of(maps);
		if (m.length != 3) {
			throw new IllegalArgumentException("non-Cartesian SENSE: coil maps have shape " + Arrays.toString(m) + ", expected [coils, H, W].");
		}
		coils = m[0];
		rows = m[1];
		columns = m[2];
		this.trajectory = trajectory;
		nufft = new Nufft(trajectory, (int) rows, (int) columns, accuracy);
		toeplitz = new ToeplitzNormal(trajectory, null, (int) rows, (int) columns);
		this.maps = Scopes.keep(maps::clone);
		this.maps.retainReference();
	}

	@Override
	public long[] imageShape() {
		return new long[] { 2, rows, columns };
	}

	@Override
	public long[] dataShape() {
		return new long[] { coils, trajectory.shots(), trajectory.samples(), 2 };
	}

	@Override
	public Tensor forward(final Tensor images) {
		Shapes.requireBatch("NonCartesianSense.forward", "image", images, imageShape());
		return one(images, x -> Complex.toPairs(nufft.forward(coilImages(x).squeeze(0))).reshape(Shapes.batch(1, dataShape())));
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		Shapes.requireBatch("NonCartesianSense.adjoint", "k-space", data, dataShape());
		return one(data, y -> combined(nufft.adjoint(Complex.fromPairs(y.reshape(coils, nufft.points(), 2))).unsqueeze(0)));
	}

	@Override
	public Tensor normal(final Tensor images) {
		Shapes.requireBatch("NonCartesianSense.normal", "image", images, imageShape());
		return one(images, x -> combined(toeplitz.apply(coilImages(x))));
	}

	private static Tensor one(final Tensor batch, final java.util.function.UnaryOperator<Tensor> work) {
		// NB: item by item on every device, for the transforms take one image of all coils
		return Scopes.keep(() -> {
			final java.util.List<Tensor> results = new java.util.ArrayList<>();
			for (long i = 0; i < batch.size(0); i++) {
				final Tensor item = Tensors.items(batch, i, i + 1);
				results.add(Scopes.keep(() -> work.apply(item)));
			}
			return Tensors.concatenate(results);
		});
	}

	private Tensor coilImages(final Tensor image) {
		return Complex.fromChannels(image).unsqueeze(1).mul(Tensors.to(maps, image.device()));
	}

	private Tensor combined(final Tensor coilImages) {
		return Complex.toChannels(coilImages.mul(torch.conj(Tensors.to(maps, coilImages.device()))).sum(1));
	}

	@Override
	public Tensor firstImage(final Tensor data) {
		return Scopes.keep(() -> {
			final float[] density = DensityCompensation.weights(trajectory, (int) rows, (int) columns);
			return adjoint(data.mul(Tensors.to(Tensors.of(density, 1, 1, trajectory.shots(), trajectory.samples(), 1), data.device())));
		});
	}

	@Override
	public float[] normalSpectrum() {
		return Scopes.compute(() -> {
			final float[] passed = Tensors.toFloats(toeplitz.diagonal(maps));
			float largest = 0;
			for (final float p : passed) largest = Math.max(largest, p);
			for (int i = 0; i < passed.length; i++) passed[i] = Math.max(passed[i], LEAST * largest);
			return passed;
		});
	}

	/** Where a coil sees something. */
	@Override
	public float[] support() {
		final float[] seen = Scopes.compute(() -> Tensors.toFloats(torch.view_as_real(maps).square().sum(0).sum(-1)));
		for (int i = 0; i < seen.length; i++) seen[i] = seen[i] > 0 ? 1 : 0;
		return seen;
	}

	@Override
	public synchronized double norm() {
		if (norm == 0) norm = Lanczos.norm(this);
		return norm;
	}

	@Override
	public long measurements() {
		return 2 * coils * nufft.points();
	}

	@Override
	public void close() {
		maps.close();
		nufft.close();
		toeplitz.close();
	}
}
