package org.posteriorj.workflow;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.ct.FilterWindow;
import org.posteriorj.physics.ct.FilteredBackprojection;
import org.posteriorj.physics.ct.FourierParallelBeam;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * A sinogram with its operator and noise, as the methods of {@link ReconstructCt} need it; images are {@code size} x
 * {@code size}.
 */
final class CtProblem implements AutoCloseable {

	private final Sinogram scan;
	private final int size;
	private final CtOperator operator;
	private final CtNoise noise;
	private final FilteredBackprojection fbp;
	private final FourierParallelBeam fourier;

	/** @param byFourier whether the likelihood uses the Fourier slice theorem; the noise must be white and the beam parallel */
	CtProblem(final Sinogram scan, final int size, final CtNoise noise, final String filter, final boolean byFourier) {
		this.scan = scan;
		this.size = size;
		this.noise = noise;
		operator = CtOperator.of(scan.geometry(), scan.detectors(), size, size);
		fbp = new FilteredBackprojection(scan.geometry(), scan.detectors(), size, size, FilterWindow.of(filter));
		fourier = byFourier ? new FourierParallelBeam(scan.geometry(), scan.detectors(), size, size) : null;
	}

	@Override
	public void close() {
		if (fourier != null) fourier.close();
	}

	Sinogram scan() {
		return scan;
	}

	int size() {
		return size;
	}

	/** The ray-driven operator. */
	CtOperator operator() {
		return operator;
	}

	CtNoise noise() {
		return noise;
	}

	/** Filtered backprojection of a slice, in 1/mm. */
	float[] fbp(final int z) {
		return fbp.reconstruct(scan.slices().get(z));
	}

	/** Line integrals of slices {@code from} to {@code to} (exclusive), [Z, views, detectors]. */
	Tensor data(final int from, final int to) {
		return stack(scan.slices().subList(from, to), scan.views(), scan.detectors());
	}

	/** The likelihood of slice {@code z} for images in 1/mm, on the processor. */
	DataConsistency likelihood(final int z) {
		return likelihood(z, z + 1, 1, ComputeDevice.choose("cpu"));
	}

	/** The likelihood of slices {@code from} to {@code to} (exclusive) for images in units of {@code unit} per mm, on a device. */
	DataConsistency likelihood(final int from, final int to, final double unit, final ComputeDevice device) {
		final Tensor weights = noise.weights() == null ? null : device.place(stack(noise.weights().subList(from, to), scan.views(), scan.detectors()));
		return new DataConsistency(fourier == null ? operator : fourier, device.place(Tensors.scale(data(from, to), 1 / unit)), noise.sigma() / unit, weights);
	}

	/** Arrays of equal length as one batch. */
	static Tensor stack(final List<float[]> items, final long... shape) {
		final int n = items.get(0).length;
		final float[] all = new float[Math.multiplyExact(items.size(), n)];
		for (int i = 0; i < items.size(); i++) System.arraycopy(items.get(i), 0, all, i * n, n);
		return Tensors.of(all, Shapes.batch(items.size(), shape));
	}

	/** Images as a volume of the scan. */
	Volume volume(final String title, final List<float[]> images, final String unit) {
		final double pixel = scan.geometry().imagePixel();
		return new Volume(title, size, size, 1, images, new VoxelSize(pixel, pixel, scan.sliceDistance()), unit);
	}
}
