package org.posteriorj.workflow;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.Espirit;
import org.posteriorj.physics.mri.ImageScale;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * One slice of a scan made ready: coils pre-whitened and compressed, maps estimated, operator built.
 * <p>
 * Tensors belong to the scope in which it is made; the operator is closed with it.
 */
final class MriSlice implements AutoCloseable {

	private final SenseOperator operator;
	private final Tensor data;
	private final float[] gain;

	/**
	 * @param noise covariance of the coils
	 * @param virtual coils to keep, 0 for all
	 */
	MriSlice(final KSpace kspace, final int z, final NoiseCovariance noise, final int virtual, final ComputeDevice device) {
		final int coils = kspace.coils(), rows = kspace.rows(), columns = kspace.columns();
		final boolean[] mask = kspace.sampled().get(z);
		final float[] sampled = new float[mask.length];
		for (int i = 0; i < mask.length; i++) sampled[i] = mask[i] ? 1 : 0;
		final Tensor[] made = Scopes.keepAll(() -> {
			final Tensor raw = Tensors.of(kspace.slices().get(z), coils, rows, columns, 2);
			try (PrewhitenedCoils matrix = PrewhitenedCoils.of(raw.reshape(coils, -1, 2), noise, virtual)) {
				final Tensor y = matrix.apply(raw);
				final Tensor maps = y.size(0) == 1 ? one(rows, columns) : new Espirit().maps(y, mask, 1)[0].maps();
				return new Tensor[] { y, maps, matrix.gain(maps) };
			}
		});
		data = made[0];
		gain = Tensors.toFloats(made[2]);
		operator = new SenseOperator(device.place(made[1]), device.place(Tensors.of(sampled, rows, columns)));
	}

	/** A single coil has no map of its own: its sensitivity is part of the image. */
	private static Tensor one(final int rows, final int columns) {
		return Complex.fromPairs(Tensors.of(ones(rows * columns), 1, rows, columns, 2));
	}

	private static float[] ones(final int n) {
		final float[] values = new float[2 * n];
		for (int i = 0; i < n; i++) values[2 * i] = 1;
		return values;
	}

	/** The likelihood with the image in units of {@code scale}. */
	DataConsistency consistency(final double scale, final ComputeDevice device) {
		final Tensor scaled = Scopes.keep(() -> device.place(Tensors.scale(data, 1 / scale).unsqueeze(0)));
		return new DataConsistency(operator, scaled, PrewhitenedCoils.SIGMA / scale);
	}

	/** The intensity, in whitened units, that becomes 1 for the prior. */
	double scale(final ComputeDevice device) {
		return Scopes.compute(() -> ImageScale.of(consistency(1, device)));
	}

	/** What whitened images are multiplied with to be in the units of the data, pixel by pixel. */
	float[] gain() {
		return gain;
	}

	SenseOperator operator() {
		return operator;
	}

	@Override
	public void close() {
		operator.close();
	}
}
