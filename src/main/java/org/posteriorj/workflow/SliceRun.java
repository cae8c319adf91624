package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.sampler.Draws;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * The samples of one slice, drawn a chunk at a time; what is finished when the user stops is kept.
 * <p>
 * Sample k of slice z has the number {@code z 2^32 + k} in {@link SampleRandom#antithetic}, so that nothing depends on chunks or on how many are asked for.
 */
final class SliceRun {

	private final Method method;
	private final DataConsistency data;
	private final int slice;
	private final long seed;
	private final RunState state;
	private final List<float[]> samples = new ArrayList<>();
	private final List<Double> chiSquares = new ArrayList<>();
	private final Set<String> warnings = new LinkedHashSet<>();
	private final double[] residual;
	private boolean stopped;

	/** @param state keeps the finished samples, and has those of an earlier run */
	SliceRun(final Method method, final DataConsistency data, final int slice, final long seed, final RunState state) {
		this.method = method;
		this.data = data;
		this.slice = slice;
		this.seed = seed;
		this.state = state;
		final long[] shape = data.operator().dataShape();
		residual = new double[(int) (shape[1] * shape[2])];
	}

	/**
	 * Draws, or takes from the state, until {@code count} are there or the user stops.
	 *
	 * @param chunk samples at a time
	 * @param progress counts the steps of this slice
	 * @param each gets every finished sample, in prior units
	 */
	void run(final int count, final int chunk, final Progress progress, final Consumer<float[]> each) {
		try {
			while (samples.size() < count) {
				final long from = samples.size(), size = Math.min(chunk, count - from);
				final long done = from * method.steps(), total = count * method.steps();
				final Progress inner = (now, of, message) -> progress.step(done + now * size * method.steps() / Math.max(1, of), total, message);
				Scopes.run(() -> keep(finished(from, size, inner), each));
			}
		}
		catch (final CancellationException exc) {
			stopped = true;
		}
	}

	/** Samples {@code from} to {@code from + size} of an earlier run, or fresh ones, which are kept. */
	private FinishedSamples finished(final long from, final long size, final Progress progress) {
		final String name = RunState.name(slice, from);
		final Optional<FinishedSamples> kept = state.read(name);
		if (kept.isPresent()) {
			progress.step(1, 1, method.name());
			return kept.get();
		}
		final Draws draws = method.draw(data, random(from, size), progress);
		if (!Tensors.isFinite(draws.images())) {
			throw new IllegalStateException("reconstruction: " + method.name() + " gave values that are not finite - is the noise level or the prior right?");
		}
		final FinishedSamples fresh = new FinishedSamples(Tensors.toFloats(draws.images()), draws.warnings());
		if (method.evaluations() > 0) state.write(name, fresh);
		return fresh;
	}

	private SampleRandom random(final long from, final long size) {
		final long[] streams = LongStream.range(from, from + size).map(k -> ((long) slice << 32) + k).toArray();
		return SampleRandom.antithetic(seed, streams, data.data().device());
	}

	private void keep(final FinishedSamples drawn, final Consumer<float[]> each) {
		warnings.addAll(drawn.warnings());
		final long[] shape = Shapes.batch(1, data.operator().imageShape());
		final int n = (int) Shapes.count(shape);
		for (int from = 0; from < drawn.values().length; from += n) {
			final float[] sample = Arrays.copyOfRange(drawn.values(), from, from + n);
			final Tensor image = Tensors.to(Tensors.of(sample, shape), data.data().device());
			chiSquares.add(data.chiSquare(image)[0]);
			addResidual(image);
			samples.add(sample);
			each.accept(sample);
		}
	}

	/** Sums {@code |A x - y|^2 / (2 coils sigma^2)} at every point of k-space. */
	private void addResidual(final Tensor image) {
		final double[] squares = Scopes.compute(() -> {
			final Tensor difference = data.operator().forward(image).sub(data.data());
			return Tensors.toDoubles(difference.square().sum(0, 1, 4));
		});
		final double scale = 1 / (2 * data.operator().dataShape()[0] * data.sigma() * data.sigma());
		for (int i = 0; i < residual.length; i++) residual[i] += scale * squares[i];
	}

	/** Finished samples, prior units. */
	List<float[]> samples() {
		return samples;
	}

	/** Residual per point of k-space in units of the noise, root mean square over coils and samples: 1 is expected where sampled. */
	float[] residual() {
		final float[] rms = new float[residual.length];
		for (int i = 0; i < rms.length; i++) rms[i] = (float) Math.sqrt(residual[i] / Math.max(1, samples.size()));
		return rms;
	}

	List<Double> chiSquares() {
		return chiSquares;
	}

	Set<String> warnings() {
		return warnings;
	}

	/** Whether the user stopped it. */
	boolean stopped() {
		return stopped;
	}
}
