package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.OperatorCheck;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.sampler.Conditional;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Does this installation work, and is its uncertainty right: versions, device, adjoints, and every sampler against the exact
 * posterior of a Gaussian field measured with 4-fold undersampling.
 */
public final class SelfTest {

	private static final int FIELD = 64, ACS = 8;
	private static final double ADJOINT = 1e-6;

	private final SelfTestSettings settings;
	private final int size;
	private final int[] coils;

	public SelfTest(final SelfTestSettings settings) {
		this(settings, FIELD, 1, 8);
	}

	/**
	 * @param size rows and columns of the fields
	 * @param coils of each problem
	 */
	SelfTest(final SelfTestSettings settings, final int size, final int... coils) {
		this.settings = settings;
		this.size = size;
		this.coils = coils;
	}

	/** Runs every check. */
	public SelfTestResult run(final Monitor monitor) {
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final Map<String, Object> facts = new LinkedHashMap<>(LibTorch.versions());
		facts.put("device", device.name());
		boolean passed = adjoints(facts, device);
		final List<SelfTestResult.Row> rows = new ArrayList<>();
		for (final int count : coils) rows.addAll(samplers(count, count == 1 ? 0.1 : 0.03, device, monitor));
		for (final SelfTestResult.Row row : rows) passed &= row.verdict().startsWith("passed") || !row.kind().equals(PosteriorSampler.Kind.POSTERIOR.text());
		return new SelfTestResult(facts, rows, passed);
	}

	/** Odd, non-square and multi-coil sizes. */
	private static boolean adjoints(final Map<String, Object> facts, final ComputeDevice device) {
		boolean passed = true;
		for (final int[] size : new int[][] { { 64, 64, 1 }, { 63, 48, 3 }, { 128, 96, 8 } }) {
			final OperatorCheck check = Scopes.compute(() -> {
				try (SenseOperator operator = operator(size[2], size[0], size[1], device)) {
					return OperatorCheck.of(operator, 5);
				}
			});
			passed &= check.within(ADJOINT);
			facts.put(String.format("adjoint %d x %d, %d coil(s)", size[0], size[1], size[2]), String.format(Locale.ROOT, "relative error %.1e, %s", check.adjoint(),
				check.within(ADJOINT) ? "passed" : "failed: scale factor " + check.scale()));
		}
		return passed;
	}

	private static SenseOperator operator(final int coils, final int rows, final int columns, final ComputeDevice device) {
		final boolean[] mask = new SamplingMask(rows, columns, 4, ACS).equispaced();
		final float[] maps = CoilSimulation.maps(coils, rows, columns, 1);
		return new SenseOperator(device.place(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2))), device.place(Tensors.of(KSpace.ones(mask), rows, columns)));
	}

	private List<SelfTestResult.Row> samplers(final int coils, final double sigma, final ComputeDevice device, final Monitor monitor) {
		final GaussianFieldPrior prior = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 4.0 / size, 2));
		final long[] streams = LongStream.range(0, settings.samples()).toArray();
		return Scopes.compute(() -> {
			try (SenseOperator operator = operator(coils, size, size, device)) {
				final SampleRandom random = new SampleRandom(settings.seed(), new long[] { -1 - coils }, 0, device.device());
				final Tensor truth = prior.colour(random.normal(2, size, size));
				final Tensor noisy = Tensors.add(operator.forward(truth), sigma, random.normal(coils, size, size, 2));
				final Tensor y = noisy.mul(operator.mask().reshape(1, 1, size, size, 1));
				final DataConsistency data = new DataConsistency(operator, y, sigma);
				final GaussianPosterior exact = new GaussianPosterior(prior, data);
				final Tensor mean = exact.mean(), draws = exact.draw(new SampleRandom(settings.seed() + 1, streams, 0, device.device()));
				final List<SelfTestResult.Row> rows = new ArrayList<>();
				for (final String name : Samplers.names()) {
					// NB: what a conditional sampler draws is what its network learned; no field is known to it
					if (name.equals(Conditional.NAME)) continue;
					rows.add(Scopes.compute(() -> row(name, coils, prior, data, mean, draws, truth, streams, device, monitor)));
				}
				return rows;
			}
		});
	}

	private SelfTestResult.Row row(final String name, final int coils, final GaussianFieldPrior prior, final DataConsistency data, final Tensor mean,
		final Tensor draws, final Tensor truth, final long[] streams, final ComputeDevice device, final Monitor monitor)
	{
		final String problem = coils == 1 ? "1 coil" : coils + " coils";
		final PosteriorSampler sampler = Samplers.create(name, new Samplers.Request(Samplers.evaluations(name, settings.quality()), 0.5));
		final boolean point = sampler.kind() == PosteriorSampler.Kind.POINT;
		final SampleRandom random = new SampleRandom(settings.seed(), point ? new long[] { 0 } : streams, 0, device.device());
		final long start = System.nanoTime();
		final Tensor images = sampler.sample(prior, data, random, (done, total, message) -> monitor.step(done, total, "self-test, " + name + ", " + problem)).images();
		final double seconds = (System.nanoTime() - start) / 1e9;
		if (point) {
			final double error = Math.sqrt(Tensors.squaredNorm(images.sub(mean))[0] / Tensors.squaredNorm(mean)[0]);
			return new SelfTestResult.Row(name, sampler.kind().text(), problem, null, error, sampler.evaluations(), seconds, "no claim of uncertainty");
		}
		final Calibration calibration = Calibration.of(images, draws, mean, truth, data);
		final List<String> faults = calibration.faults();
		return new SelfTestResult.Row(name, sampler.kind().text(), problem, calibration, calibration.error(), sampler.evaluations(), seconds, faults.isEmpty()
			? "passed" : String.join("; ", faults));
	}
}
