package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.physics.mri.LineScan;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.sampler.AcquisitionScore;
import org.posteriorj.sampler.PnpDm;
import org.posteriorj.tensor.ComputeDevice;

/** A Cartesian multi-coil scan: its readout lines, one for each ky. */
final class PlannedMri implements PlannedScan {

	private final KSpace kspace;
	private final ReadoutLines lines;
	private final PlanAcquisitionSettings settings;
	private final RunRecord record;

	PlannedMri(final KSpace kspace, final PlanAcquisitionSettings settings, final RunRecord record) {
		Options.range("slice", settings.slice(), 0, kspace.depth());
		Options.range("coils", settings.coils(), 0, kspace.coils());
		this.kspace = kspace;
		this.settings = settings;
		this.record = record;
		lines = new ReadoutLines(kspace, settings.slice() == 0 ? kspace.depth() / 2 : settings.slice() - 1);
		final int coils = settings.coils() == 0 ? kspace.coils() : settings.coils();
		MemoryForecast.mri(coils, kspace.rows(), kspace.columns(), 1, settings.samples(), settings.samples(), false).require("Plan Acquisition");
	}

	/** Values of k-space are orthonormal. */
	@Override
	public AcquisitionScore usualScore() {
		return AcquisitionScore.VARIANCE;
	}

	@Override
	public int mixing() {
		return 1;
	}

	@Override
	public String noun() {
		return "lines";
	}

	@Override
	public List<Double> positions() {
		return IntStream.range(0, kspace.rows()).mapToObj(line -> (double) line - kspace.rows() / 2).toList();
	}

	@Override
	public String axis() {
		return "ky";
	}

	@Override
	public List<Integer> present() {
		return lines.present();
	}

	@Override
	public List<Integer> first() {
		Options.range("acs", settings.acs(), 1, kspace.rows());
		return lines.central(settings.acs());
	}

	@Override
	public void require(final DiffusionPrior prior) {
		ReconstructMri.require(prior);
	}

	@Override
	public void open(final Collection<Integer> first, final boolean every, final DiffusionPrior prior, final Use use) {
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final KSpace start = lines.only(first);
		final NoiseCovariance noise = note(noise(start));
		final boolean[] possible = every ? new boolean[kspace.rows()] : lines.marks();
		if (every) Arrays.fill(possible, true);
		try (MriSlice slice = new MriSlice(start, 0, noise, settings.coils(), device)) {
			final double scale = slice.scale(device);
			if (!(scale > 0)) throw new IllegalArgumentException("k-space '" + start.title() + "' holds no image in its central lines - is it the right file?");
			final float[] unit = slice.gain().clone();
			for (int i = 0; i < unit.length; i++) unit[i] *= (float) scale;
			try (LineScan scan = new LineScan(slice.maps(), lines.readout(), possible, line -> slice.whitened(lines.line(line), start.coils(), scale),
				PrewhitenedCoils.SIGMA / scale))
			{
				scan.measure(List.copyOf(first));
				use.with(scan, unit);
			}
		}
	}

	/** More lines may know the noise better than the first did, and never need more of it. */
	@Override
	public Posterior reconstruct(final Collection<Integer> measured, final Monitor monitor) {
		Noise noise = noise(lines.only(measured));
		if (!settings.prospective()) {
			final Noise before = noise(lines.only(first()));
			if (before.sigma() < noise.sigma()) noise = new Noise("ends of the first lines", before.covariance(), before.rough());
		}
		note(noise);
		if (noise.rough()) {
			record.warn("The lines show no samples of noise alone, so that its level is an upper limit - give the option noise, or scan noise.");
		}
		final ReconstructMriSettings options = new ReconstructMriSettings(PnpDm.NAME, settings.prior(), settings.samples(), settings.steps(), settings.quality(), settings
			.noise(), 0.5, settings.coils(), settings.seed(), settings.device());
		return new ReconstructMri(options).run(lines.only(measured, noise.covariance()), monitor);
	}

	/** Noise of the coils, where it comes from, and whether it is an upper limit. */
	private record Noise(String source, NoiseCovariance covariance, boolean rough) {

		double sigma() {
			return NoiseEstimate.sigma(covariance);
		}
	}

	/**
	 * The covariance of the option, of the noise scan, or of these lines. So few do not bear the refinement that reconstructions
	 * use: a sparse image explains them whatever the noise.
	 */
	private Noise noise(final KSpace some) {
		if (settings.noise() > 0) return new Noise("given", NoiseEstimate.white(some.coils(), settings.noise()), false);
		if (some.noiseCovariance().isPresent()) return new Noise("noise scan", some.noiseCovariance().get(), false);
		final NoiseEstimate estimate = NoiseEstimate.of(some);
		final String source = estimate.noiseless() ? "the lines show none" : estimate.rough() ? "ends of the lines" : "background";
		return new Noise(source, estimate.covariance(), estimate.rough());
	}

	private NoiseCovariance note(final Noise noise) {
		record.fact("noise source", noise.source());
		record.fact("noise per real component", String.format(Locale.ROOT, "%.4g", noise.sigma()));
		return noise.covariance();
	}

	@Override
	public Volume mask(final Collection<Integer> measured) {
		return lines.mask(measured);
	}

	@Override
	public Volume image(final String title, final int channels, final float[] values) {
		return new Volume(title, kspace.columns(), kspace.rows(), channels, List.of(values), kspace.voxel(), "");
	}
}
