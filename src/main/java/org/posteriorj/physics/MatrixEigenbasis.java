package org.posteriorj.physics;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Linear;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;

/** Of {@code A^H w A} as a matrix, decomposed once in float64; its tensors belong to the scope in which it is made. */
final class MatrixEigenbasis implements Eigenbasis {

	private final Tensor values;
	/** In columns, [pixels, pixels]. */
	private final Tensor vectors;
	private final Tensor transposed;
	private final long[] image;

	/**
	 * @param gram symmetric, [pixels, pixels]
	 * @param image shape of an image of so many pixels
	 */
	MatrixEigenbasis(final Tensor gram, final long... image) {
		this.image = image;
		final Tensor[] both = Scopes.keepAll(() -> {
			final Tensor[] eigen = Linear.eigen(gram.to(torch.ScalarType.Double));
			final Tensor v = eigen[1].to(torch.ScalarType.Float);
			return new Tensor[] { eigen[0].clamp_min(new Scalar(0)).to(torch.ScalarType.Float).reshape(Shapes.batch(1, image)), v.contiguous(), v.transpose(0, 1).contiguous() };
		});
		values = both[0];
		vectors = both[1];
		transposed = both[2];
	}

	@Override
	public Tensor analyse(final Tensor images) {
		return MatrixOperator.times(images, vectors, image);
	}

	@Override
	public Tensor synthesise(final Tensor coefficients) {
		return MatrixOperator.times(coefficients, transposed, image);
	}

	@Override
	public Tensor values() {
		return values;
	}
}
