package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.WatchedPrior;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Samples of every slice by itself, one after another: all slices of the first sample, then of the second, so that a run that is
 * stopped has whole samples. Sample k of slice z has the number {@code z 2^32 + k} in {@link SampleRandom#antithetic}, whatever else is asked for.
 */
final class CtSampling {

	private static final long PREVIEW = 3_000_000_000L;

	private final CtProblem problem;
	private final DiffusionPrior prior;
	private final PosteriorSampler sampler;
	private final ComputeDevice device;
	private final double unit;
	private final long seed;
	private final Moments[] moments;
	private final List<List<float[]>> samples = new ArrayList<>();
	private final RunState state;
	private long shown = System.nanoTime();

	/**
	 * @param unit attenuation in 1/mm that is 1 in prior units
	 * @param state keeps the finished samples, and has those of an earlier run
	 */
	CtSampling(final CtProblem problem, final DiffusionPrior prior, final PosteriorSampler sampler, final ComputeDevice device,
		final double unit, final long seed, final RunState state)
	{
		this.problem = problem;
		this.prior = prior;
		this.sampler = sampler;
		this.device = device;
		this.unit = unit;
		this.seed = seed;
		this.state = state;
		moments = new Moments[problem.scan().depth()];
		Arrays.setAll(moments, z -> Moments.ofPairs(1, problem.size() * problem.size()));
	}

	/** {@code count} samples, or those that were finished when the user stopped; one of them at least. */
	CtImages run(final int count, final RunRecord record, final Monitor monitor) {
		CancellationException stopped = null;
		try {
			while (samples.size() < count) {
				final List<float[]> sample = sample(samples.size(), count, record, monitor);
				for (int z = 0; z < moments.length; z++) moments[z].add(sample.get(z));
				samples.add(sample);
				preview(count, monitor);
			}
		}
		catch (final CancellationException exc) {
			if (samples.isEmpty()) throw exc;
			stopped = exc;
		}
		final boolean spread = sampler.kind().draws() && samples.size() > 1;
		return new CtImages(Arrays.stream(moments).map(Moments::mean).toList(), spread ? Arrays.stream(moments).map(Moments::std).toList() : null, samples, sampler
			.evaluations(), stopped);
	}

	private List<float[]> sample(final int k, final int count, final RunRecord record, final Monitor monitor) {
		final int depth = moments.length;
		final DiffusionPrior watched = k > 0 ? prior : new WatchedPrior(prior, denoised -> monitor.preview(problem.volume("First sample", List.of(scaled(denoised)), "1/mm")));
		final List<float[]> images = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			final long before = (long) k * depth + z, all = (long) count * depth;
			final FinishedSamples image = finished(k, z, watched, (done, total, message) -> monitor.step(before * total + done, all * total, message));
			image.warnings().forEach(record::warn);
			images.add(image.values());
		}
		return images;
	}

	private float[] scaled(final float[] image) {
		final float[] scaled = new float[image.length];
		for (int i = 0; i < scaled.length; i++) scaled[i] = (float) (unit * image[i]);
		return scaled;
	}

	/** Sample k of slice z of an earlier run, or a fresh one, which is kept; in 1/mm. */
	private FinishedSamples finished(final int k, final int z, final DiffusionPrior watched, final Progress progress) {
		final String name = RunState.name(z, k);
		final Optional<FinishedSamples> kept = state.read(name);
		if (kept.isPresent()) {
			progress.step(sampler.evaluations(), sampler.evaluations(), sampler.name());
			return kept.get();
		}
		final FinishedSamples fresh = Scopes.compute(() -> {
			final SampleRandom random = SampleRandom.antithetic(seed, new long[] { ((long) z << 32) + k }, device.device());
			final Draws draws = sampler.sample(watched, problem.likelihood(z, z + 1, unit, device), random, progress);
			return new FinishedSamples(Tensors.toFloats(Tensors.scale(draws.images(), unit)), draws.warnings());
		});
		state.write(name, fresh);
		return fresh;
	}

	private void preview(final int count, final Monitor monitor) {
		if (samples.size() == count || System.nanoTime() - shown < PREVIEW) return;
		shown = System.nanoTime();
		monitor.preview(problem.volume("Running mean", Arrays.stream(moments).map(Moments::mean).toList(), "1/mm"));
	}
}
