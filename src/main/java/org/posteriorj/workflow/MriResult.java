package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.posteriorj.data.AntitheticPairs;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.quality.ResidualStatistic;

/** Collects the slices of an MRI reconstruction and turns them into volumes in the units of the data. */
final class MriResult {

	/** Beyond these the model does not describe the data. */
	private static final double CHI_LOW = 0.8, CHI_HIGH = 1.3;
	private static final long PREVIEW_INTERVAL = 3_000_000_000L;

	private final MriScan scan;
	private final Method method;
	private final double scale;
	private final List<float[]> means = new ArrayList<>(), deviations = new ArrayList<>(), residuals = new ArrayList<>();
	private final List<List<float[]>> samples = new ArrayList<>();
	private final List<Double> chiSquares = new ArrayList<>();
	private final List<String> warnings = new ArrayList<>();
	private long measurements;
	private boolean stopped;
	private Moments moments;
	private float[] gain;
	private long lastPreview = System.nanoTime();

	/** @param scale whitened intensity that is 1 in prior units */
	MriResult(final MriScan scan, final Method method, final double scale) {
		this.scan = scan;
		this.method = method;
		this.scale = scale;
	}

	/**
	 * Begins the next slice; what is returned takes its samples as they come, and shows their running mean.
	 *
	 * @param sliceGain units of the data per whitened unit at every pixel
	 */
	Consumer<float[]> start(final float[] sliceGain, final Monitor monitor) {
		gain = sliceGain;
		moments = Moments.ofPairs(2, scan.rows() * scan.columns());
		return sample -> {
			moments.add(sample);
			if (System.nanoTime() - lastPreview < PREVIEW_INTERVAL) return;
			lastPreview = System.nanoTime();
			monitor.preview(volume("Running mean", 2, List.of(scaled(moments.mean()))));
		};
	}

	/** Shows denoised images of the slice that was begun, as long as it has no finished sample. */
	Consumer<float[]> first(final Monitor monitor) {
		return denoised -> {
			if (moments.count() == 0) monitor.preview(volume("First sample", 2, List.of(scaled(denoised))));
		};
	}

	/** Adds a finished slice, or the first part of one that was stopped. */
	void add(final SliceRun run, final long measuredValues) {
		stopped = run.stopped();
		// NB: a slice with fewer samples than the others would make an uneven volume
		if (run.samples().isEmpty() || stopped && !means.isEmpty()) return;
		means.add(scaled(moments.mean()));
		deviations.add(scaled(moments.std()));
		residuals.add(run.residual());
		samples.add(run.samples().stream().map(this::scaled).toList());
		chiSquares.addAll(run.chiSquares());
		measurements = measuredValues;
		run.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
	}

	boolean stopped() {
		return stopped;
	}

	private float[] scaled(final float[] image) {
		final float[] out = new float[image.length];
		for (int i = 0; i < out.length; i++) out[i] = (float) (scale * gain[i % gain.length] * image[i]);
		return out;
	}

	/** The result so far. */
	Posterior posterior(final Map<String, Object> facts, final Set<String> earlierWarnings) {
		if (means.isEmpty()) throw new CancellationException("stopped by the user before the first image was finished");
		final List<String> all = new ArrayList<>(earlierWarnings);
		all.addAll(warnings);
		final double chi = chiSquares.stream().mapToDouble(c -> c).average().orElseThrow();
		final ResidualStatistic expected = ResidualStatistic.of(chi * measurements, measurements, 1);
		facts.put("residual chi-square", String.format(Locale.ROOT, "%.4f", chi));
		facts.put("chi-square of noise alone", String.format(Locale.ROOT, "%.4f to %.4f (95 %%)", expected.low(), expected.high()));
		if (method.uncertain() && (chi < CHI_LOW || chi > CHI_HIGH)) {
			all.add(String.format(Locale.ROOT, "The data residual is %.2f times the noise variance, expected about 1: %s.", chi, chi > 1
				? "noise level, coil maps or motion do not fit the data, and the uncertainty is too small" : "the noise level is too high"));
		}
		final boolean complete = means.size() == scan.depth() && !stopped;
		if (!complete) all.add("Stopped by the user: " + means.size() + " of " + scan.depth() + " slices, " + samples.get(0).size() + " samples each.");
		facts.put("samples", samples.get(0).size());
		final boolean spread = method.uncertain() && samples.get(0).size() > 1;
		if (spread) facts.put("mirrored samples", AntitheticPairs.NOTE);
		final List<Volume> volumes = new ArrayList<>();
		for (int k = 0; k < samples.get(0).size(); k++) {
			final int sample = k;
			volumes.add(volume("Sample " + (k + 1), 2, samples.stream().map(s -> s.get(sample)).toList()));
		}
		return new Posterior(volume("Mean", 2, means), spread ? volume("Standard deviation", 1, deviations) : null, volumes, new Volume(
			"Data residual", scan.readoutSamples(), scan.readouts(), 1, residuals, scan.voxel(), ""), mask(), new Provenance("", Map.of(), facts, all), !complete);
	}

	/** Where the grid was sampled; a trajectory has no such picture. */
	private Volume mask() {
		if (!(scan instanceof KSpace kspace)) return null;
		return volume("Mask", 1, kspace.sampled().subList(0, means.size()).stream().map(KSpace::ones).toList());
	}

	private Volume volume(final String title, final int channels, final List<float[]> slices) {
		return new Volume(title, scan.columns(), scan.rows(), channels, slices, scan.voxel(), "");
	}
}
