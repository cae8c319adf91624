package org.posteriorj.sampler;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.tensor.Tensors;

/** {@code y_ij = s_j x_ij}: every row of the image [1, rows, d] is measured alike; s = 0 is not measured. */
final class DiagonalOperator implements LinearOperator {

	private final int rows;
	private final double[] s;

	DiagonalOperator(final int rows, final double... s) {
		this.rows = rows;
		this.s = s;
	}

	/** The data y, the same in every row. */
	DataConsistency data(final double[] y, final double sigma) {
		final float[] values = new float[rows * s.length];
		for (int i = 0; i < values.length; i++) values[i] = (float) (s[i % s.length] == 0 ? 0 : y[i % s.length]);
		return new DataConsistency(this, Tensors.of(values, 1, 1, rows, s.length), sigma);
	}

	@Override
	public long[] imageShape() {
		return new long[] { 1, rows, s.length };
	}

	@Override
	public long[] dataShape() {
		return imageShape();
	}

	@Override
	public Tensor forward(final Tensor images) {
		final float[] row = new float[s.length];
		for (int j = 0; j < row.length; j++) row[j] = (float) s[j];
		return images.mul(Tensors.of(row, 1, 1, 1, s.length));
	}

	@Override
	public Tensor adjoint(final Tensor data) {
		return forward(data);
	}

	@Override
	public double norm() {
		return Arrays.stream(s).max().orElseThrow();
	}

	@Override
	public long measurements() {
		return rows * Arrays.stream(s).filter(v -> v != 0).count();
	}

	@Override
	public boolean rowsOrthonormal() {
		return Arrays.stream(s).allMatch(v -> v == 0 || v == 1);
	}
}
