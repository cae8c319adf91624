package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Reconstructions of CT with a diffusion prior over slices. */
final class CtDiffusion {

	/** Scaling of priors whose unit is the attenuation of water, as their description begins. */
	private static final String HOUNSFIELD = "hounsfield";
	private static final double PERCENTILE = 0.995;
	private static final double BACKGROUND = 0.02;

	private final CtProblem problem;
	private final DiffusionPrior prior;
	private final ReconstructCtSettings settings;
	private final ComputeDevice device;
	private final double unit;

	CtDiffusion(final CtProblem problem, final DiffusionPrior prior, final ReconstructCtSettings settings, final ComputeDevice device) {
		this.problem = problem;
		this.prior = prior;
		this.settings = settings;
		this.device = device;
		unit = scaledByWater() ? settings.water() : percentile();
	}

	/** Refuses a prior that is not for real images. */
	static void require(final DiffusionPrior prior) {
		if (prior.channels() != 1) {
			throw new IllegalArgumentException("prior: " + prior.name() + " is for complex images (" + prior.channels() + " channels), CT needs one for real ones (1) - choose ct.");
		}
	}

	/** The attenuation in 1/mm that is 1 in prior units: that of water, or, for priors without units, a percentile of the FBP. */
	double unit() {
		return unit;
	}

	private boolean scaledByWater() {
		return prior.scaling().filter(scaling -> scaling.startsWith(HOUNSFIELD)).isPresent();
	}

	private double percentile() {
		final float[] values = problem.fbp(problem.scan().depth() / 2);
		Arrays.sort(values);
		final double least = BACKGROUND * values[values.length - 1];
		int first = 0;
		while (first < values.length - 1 && values[first] <= least) first++;
		final double value = values[first + (int) (PERCENTILE * (values.length - 1 - first))];
		if (value > 0) return value;
		throw new IllegalArgumentException("reconstruct CT: the filtered backprojection of the middle slice is nowhere positive, so the prior has no scale - check the " +
			"sign of the line integrals.");
	}

	/** Samples, or the estimate, of a sampler of {@link Samplers}. */
	CtImages slices(final RunRecord record, final RunState state, final Monitor monitor) {
		final PosteriorSampler sampler = sampler();
		final int count = sampler.kind().draws() ? settings.samples() : 1;
		if (!sampler.bias().isEmpty()) record.warn(sampler.name() + ": " + sampler.bias());
		return new CtSampling(problem, prior, sampler, device, unit, settings.seed(), state).run(count, record, monitor);
	}

	private PosteriorSampler sampler() {
		return Samplers.create(settings.sampler(), settings.variant(), settings.steps(), settings.quality(), settings.trust());
	}

	/** A sampler of whole volumes. */
	CtImages volume(final Progress progress) {
		final int depth = problem.scan().depth(), n = problem.size() * problem.size();
		final PosteriorSampler sampler = sampler();
		final float[] values = Scopes.compute(() -> {
			final SampleRandom random = new SampleRandom(settings.seed(), LongStream.range(0, depth).toArray(), 0, device.device());
			final Tensor volume = sampler.sample(prior, problem.likelihood(0, depth, unit, device), random, progress).images();
			return Tensors.toFloats(Tensors.scale(volume, unit));
		});
		final List<float[]> images = new ArrayList<>();
		for (int z = 0; z < depth; z++) images.add(Arrays.copyOfRange(values, z * n, (z + 1) * n));
		return CtImages.estimate(images, sampler.evaluations());
	}
}
