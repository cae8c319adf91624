package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.posteriorj.data.Monitor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Posterior;
import org.posteriorj.io.FileHash;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.sampler.Samplers;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.Scopes;

/** Raw multi-coil data to a posterior: noise, coil maps, scale, sampler, mean, standard deviation, residual. */
public final class ReconstructMri {

	/** Samples that are drawn together on a graphics card, which is not busy with one; changes memory and not the result. */
	private static final int CHUNK = 4;
	/** Slices that are looked at for the scale of a volume. */
	private static final int SCALE_SLICES = 5;

	private final ReconstructMriSettings settings;
	private final Function<String, DiffusionPrior> priors;
	private final Set<String> warnings = new LinkedHashSet<>();
	private final Map<String, Object> facts = new LinkedHashMap<>();
	/** Coil maps of the slices that were looked at for the scale. */
	private final Map<Integer, float[]> knownMaps = new HashMap<>();

	public ReconstructMri(final ReconstructMriSettings settings) {
		this(settings, Priors::open);
	}

	/** @param priors opens a prior by its option */
	ReconstructMri(final ReconstructMriSettings settings, final Function<String, DiffusionPrior> priors) {
		this.settings = settings;
		this.priors = priors;
	}

	/**
	 * Reconstructs every slice. Images are in the units of the data: those that a unitary Fourier transform and coil maps with
	 * {@code sum |S_c|^2 = 1} give them.
	 *
	 * @throws java.util.concurrent.CancellationException if it was stopped before the first image was finished
	 */
	public Posterior run(final MriScan scan, final Monitor monitor) {
		return run(scan, RunState.none(), monitor);
	}

	/** As above; goes on with the samples that {@code state} has of the same run, and keeps there what is finished. */
	public Posterior run(final MriScan scan, final RunState state, final Monitor monitor) {
		final long start = System.nanoTime();
		Options.range("coils", settings.coils(), 0, scan.coils());
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final int coils = settings.coils() == 0 ? scan.coils() : settings.coils();
		forecast(scan, coils, device).require("Reconstruct MRI");
		final NoiseCovariance noise = noise(scan, device);
		final Posterior result;
		if (Method.isClassical(settings.sampler())) {
			result = run(scan, new Method.Classical(Method.CLASSICAL.get(settings.sampler()).get(), settings.trust()), noise, device, state, monitor);
		}
		else {
			try (DiffusionPrior prior = priors.apply(settings.prior())) {
				require(prior);
				prior.to(device);
				final PosteriorSampler sampler = Samplers.create(settings.sampler(), settings.variant(), settings.steps(), settings.quality(), settings.trust());
				result = run(scan, new Method.Diffusion(sampler, prior), noise, device, state, monitor);
			}
		}
		final Map<String, Object> all = new LinkedHashMap<>(result.provenance().facts());
		all.put("seconds", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
		return new Posterior(result.mean(), result.std(), result.samples(), result.residual(), result.mask(), new org.posteriorj.data.Provenance("", Map.of(), all,
			result.provenance().warnings()), result.partial());
	}

	private MemoryForecast forecast(final MriScan scan, final int coils, final ComputeDevice device) {
		final boolean gridded = scan instanceof NonCartesianKSpace;
		if (!Samplers.needsVolume(settings.sampler())) return MemoryForecast.mri(coils, scan.rows(), scan.columns(), scan.depth(), samples(), chunk(device), gridded);
		if (scan.depth() < 2) {
			throw new IllegalArgumentException("sampler: " + settings.sampler() + " couples neighbouring slices and '" + scan.title() + "' has one - choose RED-diff.");
		}
		return MemoryForecast.mriVolume(coils, scan.rows(), scan.columns(), scan.depth(), gridded);
	}

	/** Refuses a prior that is not for complex images. */
	static void require(final DiffusionPrior prior) {
		if (prior.channels() != 2) {
			throw new IllegalArgumentException("prior: MRI needs a prior for complex images (2 channels), " + prior.name() + " is for real ones - choose brain-mri.");
		}
	}

	private static int chunk(final ComputeDevice device) {
		return device.name().equals("cpu") ? 1 : CHUNK;
	}

	private int samples() {
		return Method.isClassical(settings.sampler()) || !Samplers.isPosterior(settings.sampler()) ? 1 : settings.samples();
	}

	private Posterior run(final MriScan scan, final Method method, final NoiseCovariance noise, final ComputeDevice device,
		final RunState state, final Monitor monitor)
	{
		final double scale = scale(scan, noise, device);
		record(scan, method, device, scale * NoiseEstimate.sigma(noise) * Math.sqrt(2));
		state.begin(settings, identity(scan, device));
		final MriResult result = new MriResult(scan, method, scale);
		if (method instanceof final Method.Diffusion together && Samplers.needsVolume(method.name())) {
			final long network = scan.depth() * method.steps(), all = network + scan.depth();
			final List<float[]> images = volume(scan, together, noise, device, scale, MonitorPart.of(monitor, 0, network, all));
			slices(scan, z -> new Method.Slice(method.name(), images.get(z)), noise, device, scale, result, state, MonitorPart.of(monitor, network, scan.depth(), all));
		}
		else slices(scan, z -> method, noise, device, scale, result, state, monitor);
		warnings.addAll(state.notes());
		if (state.resumed() > 0) facts.put("resumed", state.resumed() + " finished parts of an earlier run");
		return result.posterior(facts, warnings);
	}

	private List<float[]> volume(final MriScan scan, final Method.Diffusion method, final NoiseCovariance noise, final ComputeDevice device, final double scale,
		final Monitor monitor)
	{
		return Scopes.compute(() -> {
			try (MriVolume volume = new MriVolume(scan, noise, settings, scale, device, knownMaps)) {
				return volume.images(method, monitor);
			}
		});
	}

	private void slices(final MriScan scan, final IntFunction<Method> methods, final NoiseCovariance noise, final ComputeDevice device, final double scale,
		final MriResult result, final RunState state, final Monitor monitor)
	{
		for (int z = 0; z < scan.depth() && !result.stopped(); z++) {
			final int now = z;
			final Method method = methods.apply(z);
			final long steps = (long) scan.depth() * samples() * method.steps();
			Scopes.run(() -> {
				try (MriSlice slice = new MriSlice(scan, now, noise, settings.coils(), device, knownMaps.remove(now))) {
					warnings.addAll(slice.warnings());
					final Consumer<float[]> each = result.start(slice.gain(), monitor);
					final Method watched = method.watched(result.first(monitor));
					final SliceRun run = new SliceRun(watched, slice.consistency(scale, device), now, settings.seed(), state);
					final long before = now * samples() * method.steps();
					run.run(samples(), chunk(device), (done, total, message) -> monitor.step(before + done, steps, message), each);
					result.add(run, slice.operator().measurements());
				}
			});
		}
	}

	/** What decides the samples, besides the options. */
	private Map<String, String> identity(final MriScan scan, final ComputeDevice device) {
		final Map<String, String> identity = new LinkedHashMap<>();
		for (final String fact : List.of("input SHA-256", "weights SHA-256", "versions")) identity.put(fact, String.valueOf(facts.get(fact)));
		identity.put("noise scan", scan.noiseCovariance().map(c -> FileHash.ofText(Arrays.toString(c.values()))).orElse("none"));
		identity.put("computed on", device.name() + ", " + LibTorch.threads() + " thread(s)");
		return identity;
	}

	private NoiseCovariance noise(final MriScan scan, final ComputeDevice device) {
		final MriNoise noise = MriNoise.of(scan, settings.noise(), settings.coils(), device);
		facts.put("noise source", noise.source());
		warnings.addAll(noise.warnings());
		facts.put("noise per real component", String.format(Locale.ROOT, "%.4g", NoiseEstimate.sigma(noise.covariance())));
		return noise.covariance();
	}

	/** One scale for the whole volume, in whitened units: the largest of some slices. */
	private double scale(final MriScan scan, final NoiseCovariance noise, final ComputeDevice device) {
		double scale = 0;
		final int looked = Math.min(SCALE_SLICES, scan.depth());
		for (int i = 0; i < looked; i++) {
			final int z = (int) ((i + 0.5) * scan.depth() / looked);
			scale = Math.max(scale, Scopes.compute(() -> {
				try (MriSlice slice = new MriSlice(scan, z, noise, settings.coils(), device)) {
					knownMaps.put(z, slice.mapValues());
					return slice.scale(device);
				}
			}));
		}
		if (!(scale > 0)) throw new IllegalArgumentException("k-space '" + scan.title() + "' holds no image - is it the right file?");
		return scale;
	}

	private void record(final MriScan scan, final Method method, final ComputeDevice device, final double unit) {
		facts.put("method", method.name() + " (" + method.kind() + ")");
		if (!settings.variant().equals(Samplers.DEFAULT)) facts.put("variant", settings.variant());
		if (!method.bias().isEmpty()) warnings.add(method.name() + ": " + method.bias());
		facts.put("seed", settings.seed());
		facts.put("device", device.name() + ", " + LibTorch.threads() + " thread(s)");
		facts.put("coils", scan.coils() + (settings.coils() == 0 ? "" : " compressed to " + settings.coils()));
		facts.put("acceleration", String.format(Locale.ROOT, "%.3f", scan.acceleration()));
		facts.put("intensity of 1 in prior units", String.format(Locale.ROOT, "%.4g", unit));
		facts.put("input SHA-256", FileHash.of(scan));
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

	/** Keys of the option {@code variant} for a sampler. */
	public static List<String> variants(final String sampler) {
		return Method.isClassical(sampler) ? List.of(Samplers.DEFAULT) : Samplers.variants(sampler);
	}

	/** Keys of the option {@code sampler}. */
	public static List<String> methods() {
		return Method.names();
	}
}
