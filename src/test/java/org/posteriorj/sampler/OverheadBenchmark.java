package org.posteriorj.sampler;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Eigenbasis;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.BareNetwork;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Where the time of every sampler goes, 256 x 256 with 8 coils: denoiser, operator, and the rest; and the whole beside so many bare calls of
 * the network with the batch. Seconds of the processor on one thread, so that other programs do not count; shares by the clock, which is cheaper to
 * read than the processor's and is read thousands of times. The second run counts: a scan takes many.
 * <p>
 * Run by hand with -Dposteriorj.threads=1; arguments: names of samplers, none for all.
 */
public final class OverheadBenchmark {

	private static final int SIZE = 256, COILS = 8, BATCH = 2, EVALUATIONS = 24, BARE = 12;

	private OverheadBenchmark() {}

	/** The names of samplers, none for all. */
	public static void main(final String[] args) {
		if (LibTorch.threads() != 1) throw new IllegalArgumentException("start with -Dposteriorj.threads=1: only the processor time of the main thread is counted.");
		final float[] mask = new float[SIZE * SIZE];
		final boolean[] lines = new SamplingMask(SIZE, SIZE, 4, 24).equispaced();
		for (int i = 0; i < mask.length; i++) mask[i] = lines[i] ? 1 : 0;
		try (DiffusionPrior prior = Priors.open("brain-mri");
			SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps(), COILS, SIZE, SIZE, 2)), Tensors.of(mask, SIZE, SIZE)))
		{
			final float[] image = new float[2 * SIZE * SIZE];
			for (int i = 0; i < SIZE * SIZE; i++) image[i] = Math.hypot(i / SIZE - 120, i % SIZE - 130) < 90 ? 0.4f : 0;
			Scopes.run(() -> {
				final Tensor y = Tensors.add(operator.forward(Tensors.of(image, 1, 2, SIZE, SIZE)), 0.02, SampleRandom.single(1, 0).normal(operator.dataShape())).mul(
					Tensors.of(mask, 1, 1, SIZE, SIZE, 1));
				for (final String name : args.length == 0 ? Samplers.names() : List.of(args)) measure(name, prior, operator, y);
			});
		}
	}

	/** Like estimated ones, zero beyond the object. */
	private static float[] maps() {
		final float[] maps = CoilSimulation.maps(COILS, SIZE, SIZE, 1);
		for (int i = 0; i < maps.length; i++) if (Math.hypot(i / 2 / SIZE % SIZE - 120, i / 2 % SIZE - 130) > 95) maps[i] = 0;
		return maps;
	}

	private static void measure(final String name, final DiffusionPrior prior, final LinearOperator operator, final Tensor y) {
		final double[] denoiser = new double[1], physics = new double[1];
		final DiffusionPrior timedPrior = timed(DiffusionPrior.class, prior, Set.of("denoise", "denoiseWithGradient"), denoiser);
		final LinearOperator timedOperator = timed(LinearOperator.class, operator, Set.of("forward", "adjoint", "normal", "eigenbasis"), physics);
		final PosteriorSampler sampler = Samplers.create(name, new Samplers.Request(EVALUATIONS, 0.5));
		final DataConsistency data = new DataConsistency(timedOperator, y, 0.02);
		final Runnable run = () -> Scopes.run(() -> sampler.sample(timedPrior, data, new SampleRandom(1, LongStream.range(0, BATCH).toArray(), 0), Progress.NONE));
		run.run();
		double bare = bare() / 2;
		physics[0] = 0;
		denoiser[0] = 0;
		final double start = seconds();
		final long clock = System.nanoTime();
		run.run();
		final double passed = (System.nanoTime() - clock) / 1e9, total = seconds() - start;
		bare += bare() / 2;
		System.out.printf(Locale.ROOT, "%-12s %d evaluations, %.1f s: denoiser %.1f %%, operator %.1f %%, the rest %.1f %%; %.3f times the bare network (%.0f ms a batch of %d)%n",
			name, sampler.evaluations(), total, 100 * denoiser[0] / passed, 100 * physics[0] / passed, 100 * (passed - denoiser[0] - physics[0]) / passed, total / (sampler
				.evaluations() * bare), 1e3 * bare, BATCH);
	}

	/** Seconds of one call of the network with the batch. */
	private static double bare() {
		return Scopes.compute(() -> {
			final NetworkPrior loaded = Priors.load("brain-mri");
			final BareNetwork network = new BareNetwork(loaded);
			final Tensor x = new SampleRandom(1, LongStream.range(0, BATCH).toArray(), 0).normal(2, SIZE, SIZE), sigma = Tensors.of(new float[] { 0.3f, 0.3f }, BATCH);
			Scopes.run(() -> network.forward(x, sigma));
			final double start = seconds();
			for (int i = 0; i < BARE; i++) Scopes.run(() -> network.forward(x, sigma));
			final double mean = (seconds() - start) / BARE;
			loaded.close();
			return mean;
		});
	}

	/** {@code of} with the seconds that its methods take added to {@code sum}. */
	private static <T> T timed(final Class<T> type, final T of, final Set<String> methods, final double[] sum) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, values) -> {
			final long start = System.nanoTime();
			final Object result = method.invoke(of, values);
			if (methods.contains(method.getName())) sum[0] += (System.nanoTime() - start) / 1e9;
			return result instanceof Eigenbasis basis ? timed(Eigenbasis.class, basis, Set.of("analyse", "synthesise"), sum) : result;
		}));
	}

	private static double seconds() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
	}
}
