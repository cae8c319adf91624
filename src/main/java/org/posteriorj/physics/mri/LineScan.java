package org.posteriorj.physics.mri;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/** A Cartesian multi-coil scan whose readout lines, one for each ky, are measured one after the other. */
public final class LineScan implements AdaptiveScan, AutoCloseable {

	private final Tensor maps;
	private final Tensor readout;
	private final SenseOperator all;
	private final IntFunction<float[]> source;
	private final double sigma;
	private final boolean[] possible;
	private final boolean[] measured;
	private final List<Integer> order = new ArrayList<>();
	private final float[] values;
	private final int coils;
	private final int rows;
	private final int columns;
	private SenseOperator operator;
	private Tensor data;

	/**
	 * @param maps coil sensitivities, complex64 [coils, H, W]; copied
	 * @param readout which samples of a line are measured, W values
	 * @param possible which lines can be measured, H values
	 * @param source the samples of a line, [coil][column][real, imaginary]; asked for once, when a line is measured
	 * @param sigma noise per real component in the units of the source
	 */
	public LineScan(final Tensor maps, final boolean[] readout, final boolean[] possible, final IntFunction<float[]> source, final double sigma) {
		coils = (int) maps.size(0);
		rows = (int) maps.size(1);
		columns = (int) maps.size(2);
		if (readout.length != columns || possible.length != rows) {
			throw new IllegalArgumentException("line scan: a readout of " + readout.length + " samples and " + possible.length + " lines do not fit maps of " +
				columns + " columns and " + rows + " rows.");
		}
		this.maps = Scopes.keep(maps::clone);
		this.maps.retainReference();
		this.readout = Scopes.keep(() -> Tensors.to(Tensors.of(KSpace.ones(readout), columns), maps.device()));
		this.readout.retainReference();
		this.possible = possible.clone();
		this.source = source;
		this.sigma = sigma;
		measured = new boolean[rows];
		values = new float[2 * coils * rows * columns];
		all = operator(null);
	}

	/** The operator of the marked lines, null for all. */
	private SenseOperator operator(final boolean[] lines) {
		final float[] marks = new float[rows];
		for (int r = 0; r < rows; r++) marks[r] = lines == null || lines[r] ? 1 : 0;
		final SenseOperator[] made = new SenseOperator[1];
		Scopes.run(() -> made[0] = new SenseOperator(maps, Tensors.to(Tensors.of(marks, rows, 1), maps.device()).mul(readout)));
		return made[0];
	}

	@Override
	public int lines() {
		return rows;
	}

	@Override
	public boolean measured(final int line) {
		return measured[line];
	}

	@Override
	public boolean open(final int line) {
		return possible[line] && !measured[line];
	}

	/** Measured lines in the order in which they were. */
	public List<Integer> order() {
		return List.copyOf(order);
	}

	@Override
	public void measure(final List<Integer> lines) {
		final int length = 2 * columns;
		for (final int line : lines) {
			if (!open(line)) throw new IllegalArgumentException("line scan: line " + line + " was measured before, or cannot be.");
			final float[] samples = source.apply(line);
			if (samples.length != coils * length) {
				throw new IllegalArgumentException("line scan: line " + line + " has " + samples.length + " values, expected " + coils * length + ".");
			}
			for (int c = 0; c < coils; c++) System.arraycopy(samples, c * length, values, (c * rows + line) * length, length);
			measured[line] = true;
			order.add(line);
		}
		free();
		operator = operator(measured);
		// NB: readout samples that are not measured must be zero in the data
		data = Scopes.keep(() -> Tensors.to(Tensors.of(values, 1, coils, rows, columns, 2), maps.device()).mul(readout.reshape(1, 1, 1, columns, 1)));
		data.retainReference();
	}

	@Override
	public DataConsistency data() {
		if (operator == null) throw new IllegalStateException("line scan: no line was measured yet.");
		return new DataConsistency(operator, data, sigma);
	}

	@Override
	public Tensor predict(final Tensor images) {
		return Scopes.keep(() -> all.forward(images).transpose(1, 2).reshape(Shapes.batch(images.size(0), rows, 2L * coils * columns)));
	}

	@Override
	public Tensor values(final int line) {
		return Scopes.keep(() -> data.select(0, 0).select(1, line).reshape(2L * coils * columns).clone());
	}

	private void free() {
		if (operator == null) return;
		operator.close();
		data.close();
	}

	@Override
	public void close() {
		free();
		all.close();
		readout.close();
		maps.close();
	}
}
