package org.posteriorj.physics;

import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * What {@link DataConsistency} does with white noise where {@code A^H A = V diag(l) V^H} is known, coefficient by coefficient. {@code ratio} is
 * {@code sigma^2 / r^2}.
 * <p>
 * NB: noise is that of images, not of coefficients, where it would be other noise for eigenvectors that rounding has turned.
 */
final class ClosedForm {

	private final Eigenbasis basis;
	private final Tensor backprojection;
	private float[] measured;

	/** @param backprojection {@code A^H y}, [1, C, H, W] */
	ClosedForm(final Eigenbasis basis, final Tensor backprojection) {
		this.basis = basis;
		this.backprojection = backprojection;
	}

	/** {@code V [(V^H A^H y + ratio V^H z) / (l + ratio)]}. */
	Tensor prox(final Tensor z, final double ratio) {
		return Scopes.keep(() -> basis.synthesise(mean(basis.analyse(z), ratio)));
	}

	/** The proximal step plus {@code scale V (l + spread)^(-1/2) V^H n}. */
	Tensor draw(final Tensor z, final double ratio, final double spread, final double scale, final Tensor noise) {
		return Scopes.keep(() -> {
			final Tensor[] both = analyse(z, noise);
			return basis.synthesise(Tensors.add(mean(both[0], ratio), scale, both[1].mul(basis.values().add(new Scalar(spread)).rsqrt())));
		});
	}

	/** {@code x - t A^H (A x - y) + r V (1 - t l)^(1/2) V^H n}. */
	Tensor split(final Tensor x, final double t, final double r, final Tensor noise) {
		return Scopes.keep(() -> {
			final Tensor[] both = analyse(x, noise);
			final Tensor kept = Tensors.scale(basis.values(), -t).add(new Scalar(1)).clamp_min(new Scalar(0));
			return basis.synthesise(Tensors.add(Tensors.add(both[0].mul(kept), t, measured()), r, both[1].mul(kept.sqrt())));
		});
	}

	/** {@code (A^H A + ratio)^-1 right}. */
	Tensor invert(final Tensor right, final double ratio) {
		return basis.apply(right, l -> l.add(new Scalar(ratio)).reciprocal());
	}

	private Tensor mean(final Tensor coefficients, final double ratio) {
		return Tensors.add(measured(), ratio, coefficients).div(basis.values().add(new Scalar(ratio)));
	}

	private Tensor[] analyse(final Tensor images, final Tensor noise) {
		final long items = images.size(0);
		final Tensor both = basis.analyse(Tensors.concatenate(List.of(images, noise)));
		return new Tensor[] { Tensors.items(both, 0, items), Tensors.items(both, items, 2 * items) };
	}

	/** {@code V^H A^H y}; kept as numbers, for it is made within the scope of a step. */
	private synchronized Tensor measured() {
		if (measured == null) measured = Scopes.compute(() -> Tensors.toFloats(basis.analyse(backprojection)));
		return Tensors.to(Tensors.of(measured, Shapes.of(backprojection)), backprojection.device());
	}
}
