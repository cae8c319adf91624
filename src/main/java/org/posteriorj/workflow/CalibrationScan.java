package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Measures known images with coils, mask and noise of the options, and samples the posterior of each scan; coils and mask are known to the sampler. */
final class CalibrationScan {

	private static final int CHUNK = 8;

	private final CalibrationReportSettings settings;
	private final PosteriorSampler sampler;
	private final DiffusionPrior prior;
	private final ComputeDevice device;
	private final RunRecord record;

	CalibrationScan(final CalibrationReportSettings settings, final PosteriorSampler sampler, final DiffusionPrior prior, final ComputeDevice device,
		final RunRecord record)
	{
		this.settings = settings;
		this.sampler = sampler;
		this.prior = prior;
		this.device = device;
		this.record = record;
	}

	/**
	 * Scan n of {@code image}.
	 *
	 * @param progress counts the evaluations of this scan
	 */
	CalibrationQuantity.Sampled of(final CalibrationTruth image, final int n, final Progress progress) {
		final int rows = image.rows(), columns = image.columns();
		Options.range("acs", settings.acs(), 0, rows);
		return Scopes.compute(() -> {
			try (SenseOperator operator = operator(rows, columns)) {
				final SampleRandom random = new SampleRandom(settings.seed(), new long[] { -1 - n }, 1, device.device());
				final Tensor truth = Tensors.to(Tensors.of(image.values(), 1, 2, rows, columns), device.device());
				final Tensor noisy = Tensors.add(operator.forward(truth), settings.noise(), random.normal(operator.dataShape()));
				final Tensor data = noisy.mul(operator.mask().reshape(1, 1, rows, columns, 1));
				final DataConsistency likelihood = new DataConsistency(operator, data, settings.noise() * settings.assumed());
				final List<float[]> magnitudes = new ArrayList<>();
				final List<Double> misfits = new ArrayList<>();
				add(truth, likelihood, magnitudes, misfits);
				for (int from = 0; from < settings.samples(); from += CHUNK) {
					final int size = Math.min(CHUNK, settings.samples() - from), before = from;
					final Progress part = (done, total, message) -> progress.step(before * total + done * size, settings.samples() * total, message);
					Scopes.run(() -> add(draw(likelihood, n, before, size, part), likelihood, magnitudes, misfits));
				}
				return new CalibrationQuantity.Sampled(rows, columns, magnitudes.toArray(float[][]::new), misfits.stream().mapToDouble(m -> m).toArray());
			}
		});
	}

	private SenseOperator operator(final int rows, final int columns) {
		final boolean[] mask = new SimulateMri(new SimulateMriSettings(settings.coils(), settings.mask(), settings.acceleration(), settings.acs(), 0, false, settings
			.seed())).mask(rows, columns);
		final float[] maps = CoilSimulation.maps(settings.coils(), rows, columns, settings.seed());
		return new SenseOperator(device.place(Complex.fromPairs(Tensors.of(maps, settings.coils(), rows, columns, 2))), device.place(Tensors.of(KSpace.ones(mask),
			rows, columns)));
	}

	private Tensor draw(final DataConsistency likelihood, final int n, final int from, final int size, final Progress progress) {
		final long[] streams = LongStream.range(from, from + size).map(k -> ((long) n << 32) + k).toArray();
		final Draws draws = sampler.sample(prior, likelihood, new SampleRandom(settings.seed(), streams, 0, device.device()), progress);
		draws.warnings().forEach(record::warn);
		if (Tensors.isFinite(draws.images())) return draws.images();
		throw new IllegalStateException("calibration report: " + sampler.name() + " gave values that are not finite - is the noise level or the prior right?");
	}

	private static void add(final Tensor images, final DataConsistency likelihood, final List<float[]> magnitudes, final List<Double> misfits) {
		for (final double misfit : likelihood.misfit(images)) misfits.add(misfit);
		final float[] all = Tensors.toFloats(images.square().sum(1).sqrt());
		final int n = all.length / (int) images.size(0);
		for (int from = 0; from < all.length; from += n) magnitudes.add(Arrays.copyOfRange(all, from, from + n));
	}
}
