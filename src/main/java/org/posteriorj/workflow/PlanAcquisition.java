package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.posteriorj.data.Decision;
import org.posteriorj.data.DecisionLog;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.ActiveSampler;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/**
 * Which readout lines of a Cartesian scan, or views of a CT scan, to measure next.
 * <p>
 * Retrospective: some lines of a scan are measured first, everything else about it is taken from them alone, and
 * every line that is then chosen is looked at only after it was chosen; the end is a posterior for the chosen lines.
 * Prospective: everything in the scan was measured, and the posterior for it says which lines should come next.
 */
public final class PlanAcquisition {

	/** Lines that on the average hold so many times what was expected of them are not described by the prior. */
	private static final double SURPRISING = 3;

	private final PlanAcquisitionSettings settings;
	private final Function<String, DiffusionPrior> priors;
	private final RunRecord record = new RunRecord();

	public PlanAcquisition(final PlanAcquisitionSettings settings) {
		this(settings, Priors::open);
	}

	/** @param priors opens a prior by its name, for what is not reconstructed from k-space */
	PlanAcquisition(final PlanAcquisitionSettings settings, final Function<String, DiffusionPrior> priors) {
		this.settings = settings;
		this.priors = priors;
	}

	/**
	 * Plans one slice.
	 *
	 * @param earlier the log of a run with the same options, whose decisions are repeated before new ones are made; null for none
	 * @throws CancellationException if it was stopped before the first decision; later what was chosen is kept
	 */
	public AcquisitionPlan run(final KSpace kspace, final DecisionLog earlier, final Monitor monitor) {
		return run(new PlannedMri(kspace, settings, record), earlier, monitor);
	}

	/** As above, for a CT scan. */
	public AcquisitionPlan run(final Sinogram scan, final DecisionLog earlier, final Monitor monitor) {
		return run(new PlannedCt(scan, settings, record, priors), earlier, monitor);
	}

	private AcquisitionPlan run(final PlannedScan scan, final DecisionLog earlier, final Monitor monitor) {
		final List<Integer> first = settings.prospective() ? scan.present() : scan.first();
		final int most = settings.prospective() ? scan.positions().size() : scan.present().size();
		if (settings.lines() <= first.size() || settings.lines() > most) {
			throw new IllegalArgumentException("lines: expected more than the " + first.size() + " " + scan.noun() + " measured first and at most " + most + ", got " +
				settings.lines() + ".");
		}
		if (!settings.costs().isEmpty() && settings.costs().size() != scan.positions().size()) {
			throw new IllegalArgumentException("costs: expected one number for each of the " + scan.positions().size() + " " + scan.noun() + ", got " + settings.costs()
				.size() + ".");
		}
		if (settings.prospective()) {
			if (earlier != null) throw new IllegalArgumentException("replay: a prospective plan measures nothing and cannot be repeated - use mode=Retrospective.");
			return prospective(scan, first, monitor);
		}
		return retrospective(scan, first, earlier == null ? List.of() : new LoggedDecisions(earlier).decisions(settings, scan, first), monitor);
	}

	private AcquisitionPlan retrospective(final PlannedScan scan, final List<Integer> first, final List<Decision> earlier, final Monitor monitor) {
		final ActiveSampler active = settings.sampler(scan);
		final List<Integer> all = new ArrayList<>(first);
		earlier.forEach(d -> all.addAll(d.lines()));
		final boolean complete = all.size() >= settings.lines();
		final long each = complete ? 0 : active.evaluations(all.size()), planning = each * settings.samples(), total = planning + settings.sampling() * settings
			.samples();
		final PlannedParticles particles = new PlannedParticles(scan, first.size(), earlier, monitor);
		boolean stopped = false;
		final long began = System.nanoTime();
		try {
			if (!complete) Scopes.run(() -> choose(scan, first, earlier, active, particles, MonitorPart.of(monitor, 0, planning, total)));
		}
		catch (final CancellationException exc) {
			if (!particles.any()) throw exc;
			stopped = true;
		}
		record.fact("network evaluations of the choice per particle", each);
		record.fact("seconds of the choice", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9));
		if (!earlier.isEmpty()) record.fact("decisions repeated from a log", earlier.size());
		particles.decisions().subList(earlier.size(), particles.decisions().size()).forEach(d -> all.addAll(d.lines()));
		if (stopped) record.warn("Stopped by the user after " + all.size() + " of " + settings.lines() + " " + scan.noun() + ".");
		return plan(scan, first, particles.decisions(), particles.course(), stopped ? particles(particles) : end(scan, all, particles, MonitorPart.of(monitor, planning,
			total - planning, total)));
	}

	private Posterior end(final PlannedScan scan, final List<Integer> all, final PlannedParticles particles, final Monitor monitor) {
		try {
			return scan.reconstruct(all, monitor);
		}
		catch (final CancellationException exc) {
			if (!particles.any()) throw exc;
			return particles(particles);
		}
	}

	private Posterior particles(final PlannedParticles particles) {
		record.warn("The images are the particles that chose the last lines, not yet samples of the posterior for all of them.");
		return particles.posterior();
	}

	/** Nothing is known here but the first lines, and others once they were chosen. */
	private void choose(final PlannedScan scan, final List<Integer> first, final List<Decision> earlier, final ActiveSampler active,
		final PlannedParticles particles, final Monitor monitor)
	{
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		try (DiffusionPrior prior = open(scan, device)) {
			scan.open(first, false, prior, (lines, unit) -> {
				particles.units(unit);
				earlier.forEach(d -> lines.measure(d.lines()));
				final SampleRandom random = new SampleRandom(settings.seed(), LongStream.range(0, settings.samples()).toArray(), active.draws(earlier.size()), device
					.device());
				active.run(prior, lines, earlier.size(), random, monitor, particles);
			});
		}
	}

	private DiffusionPrior open(final PlannedScan scan, final ComputeDevice device) {
		final DiffusionPrior prior = priors.apply(settings.prior());
		scan.require(prior);
		prior.to(device);
		return prior;
	}

	private AcquisitionPlan prospective(final PlannedScan scan, final List<Integer> first, final Monitor monitor) {
		final Posterior posterior = scan.reconstruct(first, monitor);
		if (posterior.samples().size() < 2) throw new CancellationException("stopped by the user before the second sample was finished");
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final List<Decision> next = new ArrayList<>();
		Scopes.run(() -> {
			try (DiffusionPrior prior = open(scan, device)) {
				scan.open(first, true, prior, (lines, unit) -> next.add(settings.policy(scan).next(lines, device.place(PlannedParticles.particles(posterior.samples(), unit)),
					settings.lines() - first.size())));
			}
		});
		return plan(scan, first, next, null, posterior);
	}

	private AcquisitionPlan plan(final PlannedScan scan, final List<Integer> first, final List<Decision> decisions, final Volume course,
		final Posterior posterior)
	{
		final DecisionLog log = new DecisionLog(first, settings.costs(), decisions);
		final List<Integer> all = new ArrayList<>(first);
		all.addAll(log.chosen());
		final double surprise = decisions.stream().mapToDouble(Decision::surprise).average().orElse(Double.NaN);
		if (surprise > SURPRISING) {
			record.warn(String.format(Locale.ROOT, "The chosen %s held %.1f times the power that was expected of them: the prior does not know such images.", scan
				.noun(), surprise));
		}
		record.fact("mode", settings.mode());
		record.fact(scan.noun() + " measured first", first.size());
		record.fact(scan.noun() + " chosen", log.chosen().size() + " in " + decisions.size() + " decisions by " + settings.score(scan).key());
		if (!settings.costs().isEmpty()) record.fact("cost of all " + scan.noun(), all.stream().mapToDouble(settings.costs()::get).sum());
		if (!Double.isNaN(surprise)) record.fact("surprise", String.format(Locale.ROOT, "%.3f (expected about 1)", surprise));
		posterior.provenance().warnings().forEach(record::warn);
		final Map<String, Object> facts = new LinkedHashMap<>(record.provenance().facts());
		posterior.provenance().facts().forEach(facts::putIfAbsent);
		final Provenance provenance = new Provenance("", Map.of(), facts, record.provenance().warnings());
		return new AcquisitionPlan(scan.axis(), scan.positions(), log, course, new Posterior(posterior.mean(), posterior.std(), posterior.samples(), posterior
			.residual(), scan.mask(all), provenance, posterior.partial()));
	}
}
