package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.quality.RankTest;
import org.posteriorj.quality.ScanRanks;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;

/**
 * Is the uncertainty right? Known images are scanned and sampled, and the truth is ranked among the samples of its scan: for a calibrated
 * sampler it is one of them in all that can be measured.
 */
public final class CalibrationReport {

	/** Between data and prior as the samplers have it. */
	private static final double TRUST = 0.5;

	private final CalibrationReportSettings settings;
	private final Supplier<PosteriorSampler> samplers;

	public CalibrationReport(final CalibrationReportSettings settings) {
		this(settings, () -> Samplers.create(settings.sampler(), settings.variant(), settings.steps(), settings.quality(), TRUST));
	}

	/** With a sampler that has no key. */
	CalibrationReport(final CalibrationReportSettings settings, final Supplier<PosteriorSampler> samplers) {
		this.settings = settings;
		this.samplers = samplers;
	}

	/**
	 * Scans and samples; what is finished when the user stops is judged.
	 *
	 * @param volumes images that the prior has never seen; none for draws from the prior
	 * @throws CancellationException if it was stopped before the first scan was finished
	 */
	public CalibrationFindings run(final List<Volume> volumes, final Monitor monitor) {
		final RunRecord record = new RunRecord();
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		try (DiffusionPrior prior = Priors.open(settings.prior())) {
			ReconstructMri.require(prior);
			prior.to(device);
			final PosteriorSampler sampler = samplers.get();
			final List<CalibrationTruth> truths = volumes.isEmpty() ? CalibrationTruth.draws(prior, settings) : CalibrationTruth.slices(volumes, settings);
			final int pixels = truths.stream().mapToInt(t -> t.rows() * t.columns()).max().orElseThrow();
			MemoryForecast.mri(settings.coils(), 1, pixels, truths.size(), settings.samples(), Math.min(8, settings.samples()), false).require("Calibration Report");
			note(record, prior, sampler, volumes, truths.size(), device);
			return sample(new CalibrationScan(settings, sampler, prior, device, record), sampler, truths, record, monitor);
		}
	}

	private CalibrationFindings sample(final CalibrationScan scan, final PosteriorSampler sampler, final List<CalibrationTruth> truths, final RunRecord record,
		final Monitor monitor)
	{
		final Map<CalibrationQuantity, List<ScanRanks>> ranks = new EnumMap<>(CalibrationQuantity.class);
		for (final CalibrationQuantity quantity : CalibrationQuantity.values()) ranks.put(quantity, new ArrayList<>());
		int finished = 0;
		try {
			for (; finished < truths.size(); finished++) {
				final int n = finished;
				final CalibrationQuantity.Sampled sampled = scan.of(truths.get(n), n, MonitorPart.of(monitor, n * 1000L, 1000, truths.size() * 1000L));
				ranks.forEach((quantity, list) -> list.add(ScanRanks.of(quantity.of(sampled), settings.seed() + n)));
			}
		}
		catch (final CancellationException exc) {
			if (finished == 0) throw exc;
			record.warn("stopped by the user after " + finished + " of " + truths.size() + " scans.");
		}
		record.fact("scans", finished);
		record.fact("samples per scan", settings.samples());
		final List<CalibrationFindings.Quantity> quantities = new ArrayList<>();
		ranks.forEach((quantity, list) -> {
			final RankTest test = new RankTest(list, settings.seed());
			final String name = quantity.text();
			quantities.add(new CalibrationFindings.Quantity(name, quantity.judged().stream().map(test::figure).toList(), test.ranks(name), test.coverage(name), test
				.difference(name)));
		});
		return CalibrationFindings.of(sampler.name(), quantities, finished, settings.samples(), record.provenance());
	}

	private void note(final RunRecord record, final DiffusionPrior prior, final PosteriorSampler sampler, final List<Volume> volumes, final int scans,
		final ComputeDevice device)
	{
		record.fact("sampler", sampler.name() + " (" + sampler.kind().text() + ")");
		if (!settings.variant().equals(Samplers.DEFAULT)) record.fact("variant", settings.variant());
		record.fact("network evaluations per sample", sampler.evaluations());
		record.fact("prior", prior.name());
		prior.identity().ifPresent(hash -> record.fact("weights SHA-256", hash));
		record.fact("truths", volumes.isEmpty() ? "draws from the prior" : "slices of " + String.join(", ", volumes.stream().map(Volume::title).toList()));
		record.fact("seed", settings.seed());
		record.fact("device", device.name() + ", " + LibTorch.threads() + " thread(s)");
		record.fact("versions", ReconstructMri.versions());
		if (!sampler.bias().isEmpty()) record.warn(sampler.name() + ": " + sampler.bias());
		if (!sampler.kind().draws()) record.warn(sampler.name() + " is a point estimator: the spread of its runs is no uncertainty.");
		if (settings.assumed() != 1) record.warn("The sampler was told " + settings.assumed() + " times the true noise.");
		if (scans < settings.scans()) record.warn("The volumes have " + scans + " slices that are not empty, " + settings.scans() + " were asked for.");
		if (!volumes.isEmpty() && scans > volumes.size()) {
			record.warn("Slices of one volume resemble each other, so that chance does more than the intervals say; volumes of more people narrow that.");
		}
	}
}
