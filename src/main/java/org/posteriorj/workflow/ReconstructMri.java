package org.posteriorj.workflow;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Posterior;
import org.posteriorj.io.FileHash;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.Scopes;

/** Raw multi-coil data to a posterior: noise, coil maps, scale, sampler, mean, standard deviation, residual. */
public final class ReconstructMri {

	/** Samples that are drawn together; changes memory and not the result. */
	private static final int CHUNK = 4;
	/** Noise below this part of the root mean square of the data is not told from what models leave unexplained. */
	private static final double NOISELESS = 0.005;
	/** An upper limit of the noise that is lowered by more than this says little. */
	private static final double UNSURE = 0.85;
	/** Slices that are looked at for the scale of a volume. */
	private static final int SCALE_SLICES = 5;

	private final ReconstructMriSettings settings;
	private final Set<String> warnings = new LinkedHashSet<>();
	private final Map<String, Object> facts = new LinkedHashMap<>();

	public ReconstructMri(final ReconstructMriSettings settings) {
		this.settings = settings;
	}

	/**
	 * Reconstructs every slice. Images are in the units of the data: those that a unitary Fourier transform and coil maps with
	 * {@code sum |S_c|^2 = 1} give them.
	 *
	 * @throws java.util.concurrent.CancellationException if it was stopped before the first image was finished
	 */
	public Posterior run(final KSpace kspace, final Monitor monitor) {
		final long start = System.nanoTime();
		Options.range("coils", settings.coils(), 0, kspace.coils());
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final int coils = settings.coils() == 0 ? kspace.coils() : settings.coils();
		MemoryForecast.mri(coils, kspace.rows(), kspace.columns(), kspace.depth(), samples(), CHUNK).require("Reconstruct MRI");
		final NoiseCovariance noise = noise(kspace, device);
		final Posterior result;
		if (Method.isClassical(settings.sampler())) {
			result = run(kspace, new Method.Classical(Method.CLASSICAL.get(settings.sampler()).get(), settings.trust()), noise, device, monitor);
		}
		else {
			try (DiffusionPrior prior = Priors.open(settings.prior())) {
				if (prior.channels() != 2) {
					throw new IllegalArgumentException("prior: MRI needs a prior for complex images (2 channels), " + prior.name() + " is for real ones - choose brain-mri.");
				}
				prior.to(device);
				final int evaluations = settings.steps() > 0 ? settings.steps() : Samplers.evaluations(settings.sampler(), settings.quality());
				final Samplers.Request request = new Samplers.Request(evaluations, settings.trust());
				result = run(kspace, new Method.Diffusion(Samplers.create(settings.sampler(), request), prior), noise, device, monitor);
			}
		}
		final Map<String, Object> all = new LinkedHashMap<>(result.provenance().facts());
		all.put("seconds", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
		return new Posterior(result.mean(), result.std(), result.samples(), result.residual(), result.mask(), new org.posteriorj.data.Provenance("", Map.of(), all,
			result.provenance().warnings()), result.partial());
	}

	private int samples() {
		return Method.isClassical(settings.sampler()) || !Samplers.isPosterior(settings.sampler()) ? 1 : settings.samples();
	}

	private Posterior run(final KSpace kspace, final Method method, final NoiseCovariance noise, final ComputeDevice device, final Monitor monitor) {
		final double scale = scale(kspace, noise, device);
		record(kspace, method, device, scale * NoiseEstimate.sigma(noise) * Math.sqrt(2));
		final MriResult result = new MriResult(kspace, method, scale);
		final long steps = (long) kspace.depth() * samples() * method.steps();
		for (int z = 0; z < kspace.depth() && !result.stopped(); z++) {
			final int now = z;
			Scopes.run(() -> {
				try (MriSlice slice = new MriSlice(kspace, now, noise, settings.coils(), device)) {
					final SliceRun run = new SliceRun(method, slice.consistency(scale, device), now, settings.seed());
					final long before = now * samples() * method.steps();
					run.run(samples(), CHUNK, (done, total, message) -> monitor.step(before + done, steps, message), result.start(slice.gain(), monitor));
					result.add(run, slice.operator().measurements());
				}
			});
		}
		return result.posterior(facts, warnings);
	}

	/** The covariance of the option, of the noise scan, or of the data, in this order. */
	private NoiseCovariance noise(final KSpace kspace, final ComputeDevice device) {
		final NoiseCovariance noise;
		if (settings.noise() > 0) {
			noise = NoiseEstimate.white(kspace.coils(), settings.noise());
			facts.put("noise source", "given");
		}
		else if (kspace.noiseCovariance().isPresent()) {
			noise = kspace.noiseCovariance().get();
			facts.put("noise source", "noise scan");
		}
		else {
			final NoiseEstimate estimate = NoiseEstimate.of(kspace);
			noise = estimate.rough() ? NoiseRefinement.refine(kspace, estimate.covariance(), settings.coils(), device) : estimate.covariance();
			final double lowered = NoiseEstimate.sigma(noise) / NoiseEstimate.sigma(estimate.covariance());
			final boolean noiseless = estimate.noiseless() || NoiseEstimate.sigma(noise) < NOISELESS * NoiseEstimate.rms(kspace);
			facts.put("noise source", noiseless ? "the data show none" : !estimate.rough() ? "background" : lowered < UNSURE
				? "residual of a sparse reconstruction" : "edge of k-space");
			if (noiseless) {
				warnings.add("The data are practically noiseless; the noise stated here is what the reconstruction leaves unexplained, and sets the uncertainty.");
			}
			else if (lowered < UNSURE) {
				warnings.add("The scan shows no samples of noise alone, so that its level is uncertain - give the option noise, or scan noise.");
			}
		}
		facts.put("noise per real component", String.format(Locale.ROOT, "%.4g", NoiseEstimate.sigma(noise)));
		return noise;
	}

	/** One scale for the whole volume, in whitened units: the largest of some slices. */
	private double scale(final KSpace kspace, final NoiseCovariance noise, final ComputeDevice device) {
		double scale = 0;
		final int looked = Math.min(SCALE_SLICES, kspace.depth());
		for (int i = 0; i < looked; i++) {
			final int z = (int) ((i + 0.5) * kspace.depth() / looked);
			scale = Math.max(scale, Scopes.compute(() -> {
				try (MriSlice slice = new MriSlice(kspace, z, noise, settings.coils(), device)) {
					return slice.scale(device);
				}
			}));
		}
		if (!(scale > 0)) throw new IllegalArgumentException("k-space '" + kspace.title() + "' holds no image - is it the right file?");
		return scale;
	}

	private void record(final KSpace kspace, final Method method, final ComputeDevice device, final double unit) {
		facts.put("method", method.name() + " (" + method.kind() + ")");
		if (!method.bias().isEmpty()) warnings.add(method.name() + ": " + method.bias());
		facts.put("seed", settings.seed());
		facts.put("device", device.name() + ", " + LibTorch.threads() + " thread(s)");
		facts.put("coils", kspace.coils() + (settings.coils() == 0 ? "" : " compressed to " + settings.coils()));
		facts.put("acceleration", String.format(Locale.ROOT, "%.3f", kspace.acceleration()));
		facts.put("intensity of 1 in prior units", String.format(Locale.ROOT, "%.4g", unit));
		facts.put("input SHA-256", FileHash.of(kspace));
		if (method instanceof Method.Diffusion diffusion) {
			facts.put("prior", diffusion.prior().name());
			diffusion.prior().identity().ifPresent(hash -> facts.put("weights SHA-256", hash));
			facts.put("network evaluations per sample", method.evaluations());
		}
		facts.put("versions", versions());
	}

	/** Versions of what computes. */
	static String versions() {
		final String version = ReconstructMri.class.getPackage().getImplementationVersion();
		return "PosteriorJ " + (version == null ? "development" : version) + ", Java " + System.getProperty("java.version") + ", JavaCPP " +
			LibTorch.JAVACPP_WANTED;
	}

	/** Keys of the option {@code sampler}. */
	public static List<String> methods() {
		return Method.names();
	}
}
