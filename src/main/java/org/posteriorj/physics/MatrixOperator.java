package org.posteriorj.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * A small operator written out as the matrix M of its values, {@code y = M x}, with {@code M^T W M} for every weighting and its eigenvectors: where images have
 * about a thousand pixels at most, projections of many samples become products of matrices, and so do solutions.
 * <p>
 * Takes 4 bytes for every pair of pixel and datum; the tensors belong to the scope in which it is made.
 */
public final class MatrixOperator implements LinearOperator {

	/** Pixels projected at a time. */
	private static final int TOGETHER = 64;

	private final LinearOperator operator;
	/** Transposed, [pixels, data]. */
	private final Tensor matrix;
	private final Tensor gram;
	private final Eigenbasis eigenbasis;

	/** @param operator a small one; asked for norm, spectrum and support, and stays its owner's */
	public MatrixOperator(final LinearOperator operator) {
		this.operator = operator;
		final int pixels = (int) Shapes.count(operator.imageShape());
		matrix = Scopes.keep(() -> {
			final List<Tensor> rows = new ArrayList<>();
			for (int from = 0; from < pixels; from += TOGETHER) rows.add(projections(from, Math.min(pixels, from + TOGETHER)));
			return Tensors.concatenate(rows);
		});
		gram = Scopes.keep(() -> torch.matmul(matrix, matrix.transpose(0, 1)));
		eigenbasis = new MatrixEigenbasis(gram, operator.imageShape());
	}

	/** Data of single pixels, [to - from, data]. */
	private Tensor projections(final int from, final int to) {
		final int n = to - from, pixels = (int) Shapes.count(operator.imageShape());
		final float[] ones = new float[n * pixels];
		for (int i = 0; i < n; i++) ones[i * pixels + from + i] = 1;
		return Scopes.keep(() -> operator.forward(Tensors.of(ones, Shapes.batch(n, operator.imageShape()))).reshape(n, -1));
	}

	@Override
	public long[] imageShape() {
		return operator.imageShape();
	}

	@Override
	public long[] dataShape() {
		return operator.dataShape();
	}

	@Override
	public Tensor forward(final Tensor images) {
		return times(images, matrix, operator.dataShape());
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		return Scopes.keep(() -> times(data, matrix.transpose(0, 1), operator.imageShape()));
	}

	@Override
	public Tensor normal(final Tensor images) {
		return times(images, gram, operator.imageShape());
	}

	@Override
	public UnaryOperator<Tensor> weightedNormal(final Tensor weights) {
		final Tensor weighted = weightedGram(weights);
		return images -> times(images, weighted, operator.imageShape());
	}

	private Tensor weightedGram(final Tensor weights) {
		return Scopes.keep(() -> torch.matmul(matrix.mul(weights.expand(Shapes.batch(1, operator.dataShape())).reshape(1, -1)), matrix.transpose(0, 1)));
	}

	@Override
	public Eigenbasis eigenbasis() {
		return eigenbasis;
	}

	@Override
	public Eigenbasis weightedEigenbasis(final Tensor weights) {
		return new MatrixEigenbasis(weightedGram(weights), operator.imageShape());
	}

	/** Items as rows. */
	static Tensor times(final Tensor items, final Tensor right, final long[] shape) {
		return Scopes.keep(() -> torch.matmul(items.reshape(items.size(0), -1), right).reshape(Shapes.batch(items.size(0), shape)));
	}

	@Override
	public double norm() {
		return operator.norm();
	}

	@Override
	public float[] normalSpectrum() {
		return operator.normalSpectrum();
	}

	@Override
	public float[] support() {
		return operator.support();
	}

	@Override
	public long measurements() {
		return operator.measurements();
	}
}
