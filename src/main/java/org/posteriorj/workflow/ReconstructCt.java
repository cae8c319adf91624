package org.posteriorj.workflow;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.posteriorj.data.AntitheticPairs;
import org.posteriorj.data.Digits;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Hounsfield;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.io.FileHash;
import org.posteriorj.io.GeometryJson;
import org.posteriorj.physics.ct.ParallelRebinning;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;

/** Line integrals to images: corrections, noise, method, data residual, units. */
public final class ReconstructCt {

	private static final List<String> CLASSICAL = List.of("FBP", "SIRT", "TV");
	/** Detector pixels between neighbouring views at the rim that linear interpolation bridges. */
	private static final double WIDEST_ARC = 4;

	private final ReconstructCtSettings settings;
	private final Function<String, DiffusionPrior> priors;

	public ReconstructCt(final ReconstructCtSettings settings) {
		this(settings, Priors::open);
	}

	/** @param priors opens a prior by its name */
	ReconstructCt(final ReconstructCtSettings settings, final Function<String, DiffusionPrior> priors) {
		this.settings = settings;
		this.priors = priors;
	}

	/** Reconstructs every slice; the residual is {@code (A mean - y)} in units of each datum's noise, [view][detector]. */
	public Posterior run(final Sinogram scan, final Monitor monitor) {
		return run(scan, RunState.none(), monitor);
	}

	/** As above; goes on with the samples that {@code state} has of the same run, and keeps there what is finished. */
	public Posterior run(final Sinogram scan, final RunState state, final Monitor monitor) {
		final RunRecord record = new RunRecord();
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		record.fact("method", settings.sampler() + " (" + kind() + ")");
		if (!settings.variant().equals(Samplers.DEFAULT)) record.fact("variant", settings.variant());
		record.fact("seed", settings.seed());
		record.fact("device", device.name() + ", " + LibTorch.threads() + " thread(s)");
		record.fact("input SHA-256", FileHash.of(scan));
		final Sinogram corrected = CtPreparation.apply(scan, settings, record);
		final int size = CtPreparation.size(corrected, settings.size());
		if (Samplers.needsVolume(settings.sampler()) && corrected.depth() < 2) {
			throw new IllegalArgumentException("sampler: " + settings.sampler() + " couples neighbouring slices and '" + scan.title() + "' has one - choose RED-diff.");
		}
		forecast(corrected, size).require("reconstruct CT");
		final CtNoise noise = CtNoise.of(corrected, settings.noise());
		record.fact("noise", noise.description());
		record.fact("image", size + " x " + size + " pixels of " + Digits.of(corrected.geometry().imagePixel(), 6) + " mm");
		final boolean fourier = settings.fourier() && !List.of("FBP", "SIRT").contains(settings.sampler());
		final Sinogram used = fourier ? parallel(corrected, size, record) : corrected;
		try (CtProblem problem = new CtProblem(used, size, fourier ? noise.white() : noise, settings.filter(), fourier)) {
			return posterior(problem, images(problem, device, record, state, monitor), record);
		}
	}

	/** Rays that the Fourier slice theorem can use. */
	private static Sinogram parallel(final Sinogram scan, final int size, final RunRecord record) {
		record.fact("operator", "Fourier slices of a parallel beam, the same noise for all rays" + (scan.geometry().beam() == Geometry.Beam.PARALLEL ? ""
			: ", rebinned from a fan"));
		final double arc = ParallelRebinning.arcBetweenViews(scan);
		if (scan.geometry().beam() != Geometry.Beam.PARALLEL && arc > WIDEST_ARC) {
			record.warn("Rebinning from a fan blurs: neighbouring views are " + Digits.of(arc, 2) + " detector pixels apart at the rim, at most " + Digits.of(
				WIDEST_ARC, 2) + " are harmless; set fourier=false.");
		}
		return ParallelRebinning.apply(scan, size);
	}

	/** Keys of the option {@code variant} for a sampler. */
	public static List<String> variants(final String sampler) {
		if (CLASSICAL.contains(sampler)) return List.of(Samplers.DEFAULT);
		return Samplers.variants(sampler);
	}

	private String kind() {
		return CLASSICAL.contains(settings.sampler()) ? "classical" : Samplers.kind(settings.sampler()).text();
	}

	private boolean isPosterior() {
		return !CLASSICAL.contains(settings.sampler()) && Samplers.isPosterior(settings.sampler());
	}

	private MemoryForecast forecast(final Sinogram s, final int size) {
		final boolean volume = Samplers.needsVolume(settings.sampler()), network = !CLASSICAL.contains(settings.sampler());
		return MemoryForecast.ct((long) s.views() * s.detectors(), (long) size * size, s.depth(), isPosterior() ? settings.samples() : 1, volume ? s.depth() : 1,
			network);
	}

	private CtImages images(final CtProblem problem, final ComputeDevice device, final RunRecord record, final RunState state, final Monitor monitor) {
		return switch (settings.sampler()) {
			case "FBP" -> CtImages.estimate(CtClassical.fbp(problem, monitor), 0);
			case "SIRT" -> CtImages.estimate(CtClassical.sirt(problem, settings.stepsOr(30, 100, 300), monitor), 0);
			case "TV" -> CtImages.estimate(CtClassical.totalVariation(problem, settings.weight(), settings.stepsOr(20, 50, 100), record, monitor), 0);
			default -> diffusion(problem, device, record, state, monitor);
		};
	}

	private CtImages diffusion(final CtProblem problem, final ComputeDevice device, final RunRecord record, final RunState state, final Monitor monitor) {
		try (DiffusionPrior prior = priors.apply(settings.prior())) {
			CtDiffusion.require(prior);
			prior.to(device);
			final CtDiffusion run = new CtDiffusion(problem, prior, settings, device);
			record.fact("prior", prior.name());
			prior.identity().ifPresent(hash -> record.fact("weights SHA-256", hash));
			record.fact("attenuation of 1 in prior units", Digits.of(run.unit(), 5) + " per mm");
			state.begin(settings, identity(problem, record, device));
			final CtImages images = Samplers.needsVolume(settings.sampler()) ? run.volume(monitor) : run.slices(record, state, monitor);
			state.notes().forEach(record::warn);
			if (state.resumed() > 0) record.fact("resumed", state.resumed() + " finished parts of an earlier run");
			record.fact("network evaluations per sample", images.evaluations());
			return images;
		}
	}

	/** What decides the samples, besides the options. */
	private static Map<String, String> identity(final CtProblem problem, final RunRecord record, final ComputeDevice device) {
		final Map<String, Object> facts = record.provenance().facts();
		return Map.of("input SHA-256", String.valueOf(facts.get("input SHA-256")), "geometry SHA-256", FileHash.ofText(GeometryJson.text(problem.scan().geometry())),
			"weights SHA-256", String.valueOf(facts.get("weights SHA-256")), "versions", ReconstructMri.versions(), "computed on", device.name() + ", " + LibTorch
				.threads() + " thread(s)");
	}

	private Posterior posterior(final CtProblem problem, final CtImages images, final RunRecord record) {
		final Sinogram scan = problem.scan();
		final float[] seen = new FieldOfView(scan.geometry(), scan.detectors()).mask(problem.size());
		// what filtered backprojection leaves outside the field of view was never meant to explain the data
		final CtResiduals residuals = CtResiduals.of(problem, settings.sampler().equals("FBP") ? images.mean().stream().map(x -> times(x, seen)).toList() : images
			.mean());
		record.fact("residual chi-square", residuals.text());
		if (images.std() != null) {
			record.fact("mirrored samples", AntitheticPairs.NOTE);
			record.fact("residual chi-square of the samples", String.format(Locale.ROOT, "%.4f", CtResiduals.ofSamples(problem, images.samples())));
		}
		record.fact("samples", images.samples().size());
		record.fact("versions", ReconstructMri.versions());
		if (images.stopped() != null) record.warn(images.stopped().getMessage() + "; the result has " + images.samples().size() + " samples.");
		final Volume mean = inUnits(problem, "Mean", images.mean()), mask = problem.volume("Mask", Collections.nCopies(scan.depth(), seen), "");
		final Volume std = images.std() == null ? null : spread(problem, images.std());
		final List<Volume> samples = images.samples().stream().map(sample -> inUnits(problem, "Sample", sample)).toList();
		return new Posterior(mean, std, samples, residuals.picture(), mask, record.provenance(), images.stopped() != null);
	}

	private Volume inUnits(final CtProblem problem, final String title, final List<float[]> images) {
		if (!settings.hounsfield()) return problem.volume(title, images, "1/mm");
		final Hounsfield scale = new Hounsfield(settings.water());
		return problem.volume(title, images.stream().map(scale::numbers).toList(), "HU");
	}

	private Volume spread(final CtProblem problem, final List<float[]> std) {
		if (!settings.hounsfield()) return problem.volume("Standard deviation", std, "1/mm");
		final float factor = (float) (1000 / settings.water());
		return problem.volume("Standard deviation", std.stream().map(x -> {
			final float[] scaled = new float[x.length];
			for (int i = 0; i < x.length; i++) scaled[i] = factor * x[i];
			return scaled;
		}).toList(), "HU");
	}

	private static float[] times(final float[] image, final float[] mask) {
		final float[] product = new float[image.length];
		for (int i = 0; i < product.length; i++) product[i] = image[i] * mask[i];
		return product;
	}
}
