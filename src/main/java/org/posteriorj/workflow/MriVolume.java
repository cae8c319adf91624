package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.OperatorStack;
import org.posteriorj.physics.mri.CoilOperator;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * All slices of an MRI scan as one likelihood, for samplers that couple them: one operator, coil maps and weights for each slice, one scale for all.
 * The network sees some slices at a time; operators and data of all slices are in memory.
 */
final class MriVolume implements AutoCloseable {

	private final List<CoilOperator> operators = new ArrayList<>();
	private final DataConsistency likelihood;
	private final long seed;
	private final ComputeDevice device;

	/**
	 * Made in a scope of the caller, which owns its tensors.
	 *
	 * @param noise covariance of the coils
	 * @param settings coils to keep, seed
	 * @param scale whitened intensity that is 1 for the prior
	 * @param maps coil maps of slices that are known; gets those of all
	 */
	MriVolume(final MriScan scan, final NoiseCovariance noise, final ReconstructMriSettings settings, final double scale, final ComputeDevice device,
		final Map<Integer, float[]> maps)
	{
		this.device = device;
		seed = settings.seed();
		final List<Tensor> data = new ArrayList<>(), weights = new ArrayList<>();
		try {
			for (int z = 0; z < scan.depth(); z++) {
				final int now = z;
				final Tensor[] own = Scopes.keepAll(() -> slice(scan, now, noise, settings, scale, maps));
				data.add(own[0]);
				weights.add(own[1]);
			}
			likelihood = new DataConsistency(new OperatorStack(operators), joined(data), PrewhitenedCoils.SIGMA / scale, joined(weights));
		}
		catch (final RuntimeException exc) {
			close();
			throw exc;
		}
	}

	/** Data in units of the scale, and what they weigh; keeps the operator. */
	private Tensor[] slice(final MriScan scan, final int z, final NoiseCovariance noise, final ReconstructMriSettings settings, final double scale,
		final Map<Integer, float[]> maps)
	{
		final MriSlice slice = new MriSlice(scan, z, noise, settings.coils(), device, maps.get(z));
		operators.add(slice.operator());
		maps.computeIfAbsent(z, absent -> slice.mapValues());
		return slice.dataAndWeights(scale, device);
	}

	/** One batch; the items are freed. */
	private static Tensor joined(final List<Tensor> items) {
		final Tensor all = Scopes.keep(() -> Tensors.concatenate(items));
		items.forEach(Tensor::close);
		return all;
	}

	/** The images of the slices, [2, H, W] in prior units. */
	List<float[]> images(final Method.Diffusion method, final Progress progress) {
		final SampleRandom random = new SampleRandom(seed, LongStream.range(0, operators.size()).map(z -> z << 32).toArray(), 0, device.device());
		final float[] values = Scopes.compute(() -> Tensors.toFloats(method.draw(likelihood, random, progress).images()));
		final int n = (int) Shapes.count(likelihood.operator().imageShape());
		final List<float[]> images = new ArrayList<>();
		for (int from = 0; from < values.length; from += n) images.add(Arrays.copyOfRange(values, from, from + n));
		return images;
	}

	@Override
	public void close() {
		operators.forEach(CoilOperator::close);
	}
}
