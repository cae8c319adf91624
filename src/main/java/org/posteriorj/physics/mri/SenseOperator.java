package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.physics.Eigenbasis;
import org.posteriorj.physics.Lanczos;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * Cartesian multi-coil MRI: {@code y_c = M F (S_c x)} with F the centred unitary 2-D Fourier transform.
 * <p>
 * Images [B, 2, H, W], data [B, coils, H, W, 2] with zeros where not sampled. H runs along ky, W along kx. {@link #normal} works
 * in the order of the FFT, and where whole readout lines are measured it transforms along ky alone.
 *
 * @see "K. P. Pruessmann et al., Magn. Reson. Med. 42 (1999) 952-962"
 */
public final class SenseOperator implements CoilOperator {

	private final Tensor maps;
	private final Tensor mask;
	private final SenseNormal normal;
	private final List<SenseNormal> weighted = new ArrayList<>();
	/** Places of the measured samples in [row][column]. */
	private final Tensor places;
	private final long coils;
	private final long rows;
	private final long columns;
	private final long sampled;
	private LineEigenbasis eigenbasis;
	private double norm = Double.NaN;
	private final boolean orthonormal;

	/**
	 * @param maps coil sensitivities, complex64 [coils, H, W]; copied
	 * @param mask 1 where sampled, else 0, float32 [H, W]; copied
	 */
	public SenseOperator(final Tensor maps, final Tensor mask) {
		final long[] m = Shapes.of(maps), k = Shapes.of(mask);
		if (m.length != 3 || k.length != 2 || m[1] != k[0] || m[2] != k[1]) {
			throw new IllegalArgumentException("SENSE operator: coil maps have shape " + Arrays.toString(m) + " and the mask " +
				Arrays.toString(k) + ", expected [coils, H, W] and [H, W].");
		}
		coils = m[0];
		rows = m[1];
		columns = m[2];
		final Tensor[] own = Scopes.keepAll(() -> new Tensor[] { maps.clone(), mask.clone(), torch.nonzero(mask.reshape(-1)).squeeze(-1).contiguous() });
		this.maps = own[0];
		this.mask = own[1];
		this.places = own[2];
		this.places.retainReference();
		this.maps.retainReference();
		this.mask.retainReference();
		sampled = Math.round(Scopes.compute(() -> this.mask.sum().item_double()));
		if (sampled == 0) throw new IllegalArgumentException("SENSE operator: the mask samples nothing.");
		normal = new SenseNormal(this.maps, this.mask);
		orthonormal = coils == 1 && Scopes.compute(() -> this.maps.abs().sub(new Scalar(1)).abs().max().item_float()) < 1e-6;
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
			Fourier.forward(Complex.fromChannels(x).unsqueeze(1).mul(Tensors.to(maps, x.device()))).mul(Tensors.to(mask, x.device())))));
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		Shapes.requireBatch("SenseOperator.adjoint", "k-space", data, dataShape());
		return Tensors.eachItem(data, y -> Scopes.keep(() -> Complex.toChannels(
			Fourier.inverse(Complex.fromPairs(y).mul(Tensors.to(mask, y.device()))).mul(torch.conj(Tensors.to(maps, y.device()))).sum(1))));
	}

	/** 1 where sampled, else 0, [H, W]; owned by the operator. */
	public Tensor mask() {
		return mask;
	}

	@Override
	public Tensor normal(final Tensor images) {
		Shapes.requireBatch("SenseOperator.normal", "image", images, imageShape());
		return Tensors.eachItem(images, normal::apply);
	}

	/** Weights that all coils share cost nothing: they take the place of the mask. */
	@Override
	public UnaryOperator<Tensor> weightedNormal(final Tensor weights) {
		if (weights.numel() != rows * columns) return CoilOperator.super.weightedNormal(weights);
		final SenseNormal own = Scopes.compute(() -> new SenseNormal(maps, mask.mul(Tensors.to(weights, mask.device()).reshape(rows, columns))));
		weighted.add(own);
		return images -> Tensors.eachItem(images, own::apply);
	}

	/** Where whole readout lines are measured and the image is not too large; made when it is first asked for. */
	@Override
	public synchronized Eigenbasis eigenbasis() {
		if (eigenbasis == null && normal.lines() && LineEigenbasis.bytes(rows, columns) > 0) {
			eigenbasis = Scopes.compute(() -> new LineEigenbasis(maps, mask.select(1, 0)));
		}
		return eigenbasis;
	}

	/** Memory that {@link #eigenbasis} takes, at most. */
	public static long eigenbasisBytes(final long rows, final long columns) {
		return LineEigenbasis.bytes(rows, columns);
	}

	/** Of the measured samples, else 0. */
	@Override
	public Tensor noise(final SampleRandom random) {
		return Scopes.keep(() -> {
			final Tensor values = random.normal(coils, sampled, 2);
			final Tensor all = Tensors.to(Tensors.zeros(values.size(0), coils, rows * columns, 2), values.device());
			return all.index_copy_(2, Tensors.to(places, values.device()), values).reshape(Shapes.batch(random.batch(), dataShape()));
		});
	}

	@Override
	public boolean rowsOrthonormal() {
		return orthonormal;
	}

	@Override
	public synchronized double norm() {
		if (Double.isNaN(norm)) norm = Lanczos.norm(this);
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
		places.close();
		normal.close();
		weighted.forEach(SenseNormal::close);
		if (eigenbasis != null) eigenbasis.close();
	}
}
