package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Sinogram;
import org.posteriorj.physics.OperatorCheck;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Does this installation work, and is its uncertainty right: versions, device, adjoints, and every sampler against exact posteriors: of a
 * Gaussian field and of a mixture measured with 4-fold undersampling, and of a field measured as the user's own scan was.
 */
public final class SelfTest {

	private static final double ADJOINT = 1e-6;
	private static final int COILS = 8, MODES_SIZE = 16;

	private final SelfTestSettings settings;
	private final List<KnownPosterior.Problem> problems;
	private final List<PosteriorSampler> samplers;

	/** With built-in problems. */
	public SelfTest(final SelfTestSettings settings) {
		this(settings, List.of(new BuiltInProblems.Field(1, settings.size()), new BuiltInProblems.Field(COILS, settings.size()), new BuiltInProblems.Mixture(MODES_SIZE)),
			samplers(settings));
	}

	/** With the mask, coil maps and noise of a scan in place of built-in ones. */
	public SelfTest(final SelfTestSettings settings, final MriScan scan) {
		this(settings, List.of(new OwnMri(scan, settings.size())), samplers(settings));
	}

	/** With the geometry and noise of a scan in place of built-in ones; images are smaller, for projections take longer than transforms. */
	public SelfTest(final SelfTestSettings settings, final Sinogram scan) {
		this(settings, List.of(new OwnCt(scan, settings.size() * 3 / 4)), samplers(settings));
	}

	/** With samplers that need no key. */
	SelfTest(final SelfTestSettings settings, final List<KnownPosterior.Problem> problems, final List<PosteriorSampler> samplers) {
		this.settings = settings;
		this.problems = problems;
		this.samplers = samplers;
	}

	/** The samplers that the options ask for. */
	static List<PosteriorSampler> samplers(final SelfTestSettings settings) {
		return Samplers.names().stream().filter(name -> settings.sampler().equals(SelfTestSettings.ALL) || settings.sampler().equals(name)).map(
			name -> Samplers.create(name, settings.variant(), 0, settings.quality(), 0.5)).toList();
	}

	/** Runs every check. */
	public SelfTestResult run(final Monitor monitor) {
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final RunRecord record = new RunRecord();
		LibTorch.versions().forEach(record::fact);
		record.fact("device", device.name() + ", " + LibTorch.threads() + " thread(s)");
		if (!settings.variant().equals(Samplers.DEFAULT)) record.fact("variant", settings.variant());
		final boolean exact = adjoints(record, device);
		final List<SelfTestResult.Row> rows = new ArrayList<>();
		for (final KnownPosterior.Problem problem : problems) {
			final int count = problem instanceof BuiltInProblems.Mixture ? settings.modeCount() : settings.count();
			problem.open(new KnownPosterior.Request(count, settings.seed(), device, record), known -> {
				for (final PosteriorSampler sampler : samplers) rows.add(Scopes.compute(() -> row(sampler, problem.name(), known, count, device, part(monitor, rows.size()))));
			});
		}
		record.fact("samples per sampler", settings.count());
		return new SelfTestResult(rows, exact && rows.stream().noneMatch(SelfTestResult.Row::failed), record.provenance());
	}

	private Monitor part(final Monitor monitor, final int finished) {
		return MonitorPart.of(monitor, finished * 1000L, 1000, 1000L * problems.size() * samplers.size());
	}

	/** Odd, non-square and multi-coil sizes. */
	private static boolean adjoints(final RunRecord record, final ComputeDevice device) {
		boolean passed = true;
		for (final int[] size : new int[][] { { 64, 64, 1 }, { 63, 48, 3 }, { 128, 96, 8 } }) {
			final OperatorCheck check = Scopes.compute(() -> {
				try (SenseOperator operator = BuiltInProblems.operator(size[2], size[0], size[1], device)) {
					return OperatorCheck.of(operator, 5);
				}
			});
			passed &= check.within(ADJOINT);
			record.fact(String.format("adjoint %d x %d, %d coil(s)", size[0], size[1], size[2]), String.format(Locale.ROOT, "relative error %.1e, %s", check.adjoint(), check
				.within(ADJOINT) ? "passed" : "failed: scale factor " + check.scale()));
		}
		return passed;
	}

	private SelfTestResult.Row row(final PosteriorSampler sampler, final String problem, final KnownPosterior known, final int count, final ComputeDevice device,
		final Monitor monitor)
	{
		final boolean point = !sampler.kind().draws();
		final SampleRandom random = new SampleRandom(settings.seed(), point ? new long[] { 0 } : LongStream.range(0, count).toArray(), 0, device.device());
		final long start = System.nanoTime();
		final Tensor images = sampler.sample(known.prior(), known.data(), random, (done, total, message) -> monitor.step(done, total, "self-test, " + sampler.name() +
			", " + problem)).images();
		final double seconds = (System.nanoTime() - start) / 1e9;
		final boolean promised = sampler.kind() == PosteriorSampler.Kind.POSTERIOR;
		Calibration calibration = null;
		ModeWeights modes = null;
		final List<String> faults = new ArrayList<>();
		if (!Tensors.isFinite(images)) faults.add("values that are not finite");
		else if (!point) {
			calibration = known.calibration(images);
			modes = known.modes(images);
			faults.addAll(calibration.faults());
		}
		boolean failed = promised && !faults.isEmpty();
		if (modes != null) {
			faults.addAll(modes.faults());
			failed |= promised && (modes.intrudes() || sampler.weighsModes() && !modes.faults().isEmpty());
		}
		final double error = known.errorOfMean(images);
		final String verdict = !faults.isEmpty() ? (failed ? "failed: " : "biased: ") + String.join("; ", faults) : point ? String.format(Locale.ROOT,
			"error of the estimate %.3f; no claim of uncertainty", error) : "passed";
		return new SelfTestResult.Row(sampler.name(), sampler.kind().text(), problem, calibration, modes, error, sampler.evaluations(), seconds, verdict, failed);
	}
}
