package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Decision;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.AcquisitionScore;
import org.posteriorj.sampler.ActiveSubsampling;
import org.posteriorj.sampler.PnpDm;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/**
 * Which readout lines of a Cartesian scan to measure next.
 * <p>
 * Retrospective: the central lines of a scan are measured first, coil maps, noise and scale are taken from them alone, and
 * every line that is then chosen is looked at only after it was chosen; the end is a posterior for the chosen lines.
 * Prospective: everything in the scan was measured, and the posterior for it says which lines should come next.
 */
public final class PlanAcquisition {

	/** Lines that on the average hold so many times what was expected of them are not described by the prior. */
	private static final double SURPRISING = 3;

	private final PlanAcquisitionSettings settings;
	private final Map<String, Object> facts = new LinkedHashMap<>();
	private final Set<String> warnings = new LinkedHashSet<>();

	public PlanAcquisition(final PlanAcquisitionSettings settings) {
		this.settings = settings;
	}

	/**
	 * Plans one slice.
	 *
	 * @throws CancellationException if it was stopped before the first decision; later what was chosen is kept
	 */
	public AcquisitionPlan run(final KSpace kspace, final Monitor monitor) {
		final int rows = kspace.rows();
		Options.range("slice", settings.slice(), 0, kspace.depth());
		Options.range("coils", settings.coils(), 0, kspace.coils());
		final ReadoutLines lines = new ReadoutLines(kspace, settings.slice() == 0 ? kspace.depth() / 2 : settings.slice() - 1);
		if (!settings.prospective()) Options.range("acs", settings.acs(), 1, rows);
		final List<Integer> first = settings.prospective() ? lines.present() : lines.central(settings.acs());
		final int most = settings.prospective() ? rows : lines.present().size();
		if (settings.lines() <= first.size() || settings.lines() > most) {
			throw new IllegalArgumentException("lines: expected more than the " + first.size() + " lines measured first and at most " + most + ", got " + settings
				.lines() + ".");
		}
		final int coils = settings.coils() == 0 ? kspace.coils() : settings.coils();
		MemoryForecast.mri(coils, rows, kspace.columns(), 1, settings.samples(), settings.samples()).require("Plan Acquisition");
		return settings.prospective() ? prospective(kspace, lines, first, monitor) : retrospective(kspace, lines, first, monitor);
	}

	private AcquisitionPlan retrospective(final KSpace kspace, final ReadoutLines lines, final List<Integer> first, final Monitor monitor) {
		final NoiseCovariance noise = noise(lines.only(first));
		final ActiveSubsampling active = new ActiveSubsampling(ActiveSubsampling.Options.of(settings.lines(), settings.batch(), score(), settings.rounds()));
		final long planning = active.evaluations(first.size()) * settings.samples(), total = planning + sampling();
		final PlannedParticles particles = new PlannedParticles(kspace, first.size(), monitor);
		boolean stopped = false;
		final long began = System.nanoTime();
		try {
			Scopes.run(() -> choose(lines, first, noise, active, particles, MonitorPart.of(monitor, 0, planning, total)));
		}
		catch (final CancellationException exc) {
			if (particles.decisions().isEmpty()) throw exc;
			stopped = true;
		}
		facts.put("network evaluations of the choice per particle", active.evaluations(first.size()));
		facts.put("seconds of the choice", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9));
		final List<Integer> all = new ArrayList<>(first);
		particles.decisions().forEach(d -> all.addAll(d.lines()));
		Posterior posterior = null;
		if (stopped) warnings.add("Stopped by the user after " + all.size() + " of " + settings.lines() + " lines.");
		else posterior = reconstruct(lines.only(all, settled(noise, lines.only(all))), MonitorPart.of(monitor, planning, total - planning, total));
		if (posterior == null) {
			warnings.add("The images are the particles that chose the last lines, not yet samples of the posterior for all of them.");
			posterior = particles.posterior();
		}
		return plan(lines, first, particles.decisions(), posterior);
	}

	/** Nothing is known here but the first lines, and others once they were chosen. */
	private void choose(final ReadoutLines lines, final List<Integer> first, final NoiseCovariance noise, final ActiveSubsampling active,
		final PlannedParticles particles, final Monitor monitor)
	{
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final KSpace start = lines.only(first);
		try (DiffusionPrior prior = Priors.open(settings.prior()); MriSlice slice = new MriSlice(start, 0, noise, settings.coils(), device)) {
			if (prior.channels() != 2) {
				throw new IllegalArgumentException("prior: MRI needs a prior for complex images (2 channels), " + prior.name() + " is for real ones - choose brain-mri.");
			}
			prior.to(device);
			final double scale = slice.scale(device);
			if (!(scale > 0)) throw new IllegalArgumentException("k-space '" + start.title() + "' holds no image in its central lines - is it the right file?");
			particles.units(scale, slice.gain());
			try (LineScan scan = new LineScan(slice.maps(), lines.readout(), lines.marks(), line -> slice.whitened(lines.line(line), start.coils(), scale),
				PrewhitenedCoils.SIGMA / scale))
			{
				scan.measure(first);
				final SampleRandom random = new SampleRandom(settings.seed(), LongStream.range(0, settings.samples()).toArray(), 0, slice.maps().device());
				active.run(prior, scan, random, monitor, particles);
			}
		}
	}

	private AcquisitionPlan prospective(final KSpace kspace, final ReadoutLines lines, final List<Integer> first, final Monitor monitor) {
		final NoiseCovariance noise = noise(lines.only(first));
		final KSpace measured = lines.only(first, noise);
		final Posterior posterior = reconstruct(measured, monitor);
		if (posterior == null || posterior.samples().size() < 2) throw new CancellationException("stopped by the user before the second sample was finished");
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final boolean[] all = new boolean[kspace.rows()];
		Arrays.fill(all, true);
		final Decision next = Scopes.compute(() -> {
			try (MriSlice slice = new MriSlice(measured, 0, noise, settings.coils(), device);
				LineScan scan = new LineScan(slice.maps(), lines.readout(), all, line -> slice.whitened(lines.line(line), kspace.coils(), 1), PrewhitenedCoils.SIGMA))
			{
				scan.measure(first);
				final Tensor particles = device.place(PlannedParticles.whitened(posterior.samples(), slice.gain()));
				return ActiveSubsampling.next(score(), scan, particles, settings.lines() - first.size());
			}
		});
		return plan(lines, first, List.of(next), posterior);
	}

	/**
	 * The covariance of the option, of the noise scan, or of these lines. So few do not bear the refinement that reconstructions
	 * use: a sparse image explains them whatever the noise.
	 */
	private NoiseCovariance noise(final KSpace lines) {
		if (settings.noise() > 0) return noise("given", NoiseEstimate.white(lines.coils(), settings.noise()));
		if (lines.noiseCovariance().isPresent()) return noise("noise scan", lines.noiseCovariance().get());
		final NoiseEstimate estimate = NoiseEstimate.of(lines);
		if (estimate.rough()) {
			warnings.add("The lines show no samples of noise alone, so that its level is an upper limit - give the option noise, or scan noise.");
		}
		else warnings.removeIf(w -> w.contains("upper limit"));
		return noise(estimate.noiseless() ? "the lines show none" : estimate.rough() ? "ends of the lines" : "background", estimate.covariance());
	}

	/** More lines may know the noise better than the first did. */
	private NoiseCovariance settled(final NoiseCovariance before, final KSpace all) {
		final NoiseCovariance now = noise(all);
		return NoiseEstimate.sigma(now) <= NoiseEstimate.sigma(before) ? now : noise("ends of the first lines", before);
	}

	private NoiseCovariance noise(final String source, final NoiseCovariance noise) {
		facts.put("noise source", source);
		facts.put("noise per real component", String.format(Locale.ROOT, "%.4g", NoiseEstimate.sigma(noise)));
		return noise;
	}

	private AcquisitionScore score() {
		return AcquisitionScore.of(settings.score());
	}

	/** Network evaluations of the samples in the end. */
	private long sampling() {
		final int each = settings.steps() > 0 ? settings.steps() : Samplers.evaluations(PnpDm.NAME, settings.quality());
		return (long) settings.samples() * each;
	}

	/** Null if it was stopped before the first sample. */
	private Posterior reconstruct(final KSpace measured, final Monitor monitor) {
		try {
			return new ReconstructMri(settings.reconstruction()).run(measured, monitor);
		}
		catch (final CancellationException exc) {
			return null;
		}
	}

	private AcquisitionPlan plan(final ReadoutLines lines, final List<Integer> first, final List<Decision> decisions, final Posterior posterior) {
		final List<Integer> chosen = decisions.stream().flatMap(d -> d.lines().stream()).toList(), all = new ArrayList<>(first);
		all.addAll(chosen);
		final double surprise = decisions.stream().mapToDouble(Decision::surprise).average().orElse(Double.NaN);
		if (surprise > SURPRISING) {
			warnings.add(String.format(Locale.ROOT, "The chosen lines held %.1f times the power that was expected of them: the prior does not know such images.",
				surprise));
		}
		facts.put("mode", settings.mode());
		facts.put("lines measured first", first.size());
		facts.put("lines chosen", chosen.size() + " in " + decisions.size() + " decisions by " + settings.score());
		if (!Double.isNaN(surprise)) facts.put("surprise", String.format(Locale.ROOT, "%.3f (expected about 1)", surprise));
		posterior.provenance().facts().forEach(facts::putIfAbsent);
		warnings.addAll(posterior.provenance().warnings());
		final Provenance record = new Provenance("", Map.of(), facts, List.copyOf(warnings));
		return new AcquisitionPlan(first, chosen, decisions, new Posterior(posterior.mean(), posterior.std(), posterior.samples(), posterior.residual(), lines
			.mask(all), record, posterior.partial()));
	}
}
