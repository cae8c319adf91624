package org.posteriorj.workflow;

import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilOperator;
import org.posteriorj.physics.mri.ImageScale;
import org.posteriorj.physics.mri.PrewhitenedCoils;
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

	private final CoilOperator operator;
	private final PrewhitenedCoils coils;
	private final Tensor maps;
	private final Tensor data;
	/** Of samples [1, 1, readouts, samples, 1]; null where the maps are as good as they get. */
	private final Tensor weights;
	private final float[] gain;
	private final List<String> warnings;

	/**
	 * @param noise covariance of the coils
	 * @param virtual coils to keep, 0 for all
	 */
	MriSlice(final MriScan scan, final int z, final NoiseCovariance noise, final int virtual, final ComputeDevice device) {
		this(scan, z, noise, virtual, device, null);
	}

	/** As above, with the {@link #mapValues} of the slice where they were estimated before, else null: they take longest. */
	MriSlice(final MriScan scan, final int z, final NoiseCovariance noise, final int virtual, final ComputeDevice device, final float[] known) {
		final Sampling sampling = Sampling.of(scan, z);
		final Tensor raw = Scopes.keep(() -> Tensors.of(scan.slices().get(z), scan.coils(), scan.readouts(), scan.readoutSamples(), 2));
		coils = PrewhitenedCoils.of(raw.reshape(scan.coils(), -1, 2), noise, virtual);
		data = coils.apply(raw);
		final Tensor[] made = Scopes.keepAll(() -> {
			final Tensor own = known == null ? estimate(scan, sampling) : Complex.fromPairs(Tensors.of(known, data.size(0), scan.rows(), scan.columns(), 2));
			return new Tensor[] { device.place(own), coils.gain(own) };
		});
		final Tensor trust = data.size(0) == 1 ? null : sampling.weights(data);
		weights = trust == null ? null : device.place(trust);
		warnings = data.size(0) == 1 ? List.of() : sampling.warnings();
		maps = made[0];
		gain = Tensors.toFloats(made[1]);
		operator = sampling.operator(maps, device);
	}

	private Tensor estimate(final MriScan scan, final Sampling sampling) {
		return data.size(0) == 1 ? one(scan.rows(), scan.columns()) : sampling.maps(data);
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

	/** The likelihood with the image in units of {@code scale}; samples weigh less where the maps are wrong by more than the noise. */
	DataConsistency consistency(final double scale, final ComputeDevice device) {
		return consistency(scale, weights, device);
	}

	private DataConsistency consistency(final double scale, final Tensor trust, final ComputeDevice device) {
		return new DataConsistency(operator, scaled(scale, device), PrewhitenedCoils.SIGMA / scale, trust);
	}

	private Tensor scaled(final double scale, final ComputeDevice device) {
		return Scopes.keep(() -> device.place(Tensors.scale(data, 1 / scale).unsqueeze(0)));
	}

	/** Whitened samples in units of {@code scale}, [1, coils, readouts, samples, 2], and what they weigh, [1, 1, readouts, samples, 1]: 1 where maps are as good as they get. */
	Tensor[] dataAndWeights(final double scale, final ComputeDevice device) {
		final Tensor own = scaled(scale, device);
		return new Tensor[] { own, weights != null ? weights : Tensors.scale(own.narrow(1, 0, 1).narrow(-1, 0, 1), 0).add(new Scalar(1)) };
	}

	/** The intensity, in whitened units, that becomes 1 for the prior. */
	double scale(final ComputeDevice device) {
		// NB: without the weights, which take most from the strongest samples, and with them half of the intensity
		return Scopes.compute(() -> ImageScale.of(consistency(1, null, device)));
	}

	/** What whitened images are multiplied with to be in the units of the data, pixel by pixel. */
	float[] gain() {
		return gain;
	}

	/** What the user should know about the coil maps; empty if nothing. */
	List<String> warnings() {
		return warnings;
	}

	CoilOperator operator() {
		return operator;
	}

	/** Maps of the whitened coils, complex64 [coils, H, W]. */
	Tensor maps() {
		return maps;
	}

	/** {@link #maps} as [coil][row][column][real, imaginary]. */
	float[] mapValues() {
		return Scopes.compute(() -> Tensors.toFloats(Complex.toPairs(maps)));
	}

	/** Samples [coil][...][real, imaginary] as whitened coils would give them, in units of {@code scale}. */
	float[] whitened(final float[] samples, final int measuredCoils, final double scale) {
		return Scopes.compute(() -> Tensors.toFloats(Tensors.scale(coils.apply(Tensors.of(samples, measuredCoils, samples.length / 2 / measuredCoils, 2)),
			1 / scale)));
	}

	@Override
	public void close() {
		coils.close();
		operator.close();
	}
}
