package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Cartesian multi-coil MRI: {@code y_c = M F (S_c x)} with F the centred unitary 2-D Fourier transform.
 * <p>
 * Images [B, 2, H, W], data [B, coils, H, W, 2] with zeros where not sampled. H runs along ky, W along kx.
 *
 * @see "K. P. Pruessmann et al., Magn. Reson. Med. 42 (1999) 952-962"
 */
public final class SenseOperator implements LinearOperator, AutoCloseable {

	private final Tensor maps;
	private final Tensor mask;
	private final long coils;
	private final long rows;
	private final long columns;
	private final long sampled;
	private final double norm;

	/**
	 * @param maps coil sensitivities, complex64 [coils, H, W]; copied
	 * @param mask 1 where sampled, else 0, float32 [H, W]; copied
	 */
	public SenseOperator(final Tensor maps, final Tensor mask) {
		final long[] m = Shapes.of(maps), k = Shapes.of(mask);
		if (m.length != 3 || k.length != 2 || m[1] != k[0] || m[2] != k[1]) {
			throw new IllegalArgumentException("SENSE operator: coil maps have shape " + java.util.Arrays.toString(m) + " and the mask " +
				java.util.Arrays.toString(k) + ", expected [coils, H, W] and [H, W].");
		}
		coils = m[0];
		rows = m[1];
		columns = m[2];
		final Tensor[] own = Scopes.keepAll(() -> new Tensor[] { maps.clone(), mask.clone() });
		this.maps = own[0];
		this.mask = own[1];
		this.maps.retainReference();
		this.mask.retainReference();
		sampled = Math.round(Scopes.compute(() -> this.mask.sum().item_double()));
		if (sampled == 0) throw new IllegalArgumentException("SENSE operator: the mask samples nothing.");
		norm = org.posteriorj.physics.PowerIteration.norm(this);
	}

	@Override
	public long[] imageShape() {
		return new long[] { 2, rows, columns };
	}

	@Override
	public long[] dataShape() {
		return new long[] { coils, rows, columns, 2 };
	}

	@Override
	public Tensor forward(final Tensor images) {
		Shapes.requireBatch("SenseOperator.forward", "image", images, imageShape());
		return Tensors.eachItem(images, x -> Scopes.keep(() -> Complex.toPairs(
			Fourier.forward(Complex.fromChannels(x).unsqueeze(1).mul(maps)).mul(mask))));
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		Shapes.requireBatch("SenseOperator.adjoint", "k-space", data, dataShape());
		return Tensors.eachItem(data, y -> Scopes.keep(() -> Complex.toChannels(
			Fourier.inverse(Complex.fromPairs(y).mul(mask)).mul(torch.conj(maps)).sum(1))));
	}

	@Override
	public double norm() {
		return norm;
	}

	@Override
	public long measurements() {
		return 2 * coils * sampled;
	}

	@Override
	public void close() {
		maps.close();
		mask.close();
	}
}
