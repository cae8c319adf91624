package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.ct.ViewScan;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.sampler.AcquisitionScore;
import org.posteriorj.sampler.PnpDm;
import org.posteriorj.tensor.ComputeDevice;

/**
 * A CT scan: its views, one for each angle. A prospective plan can choose other angles too, evenly spaced over half a turn, for a
 * fan over a whole one; those that were measured are not offered again.
 */
final class PlannedCt implements PlannedScan {

	/** Angles that are nearer than this share of a candidate's distance are the same. */
	private static final double SAME = 0.25;

	private final Sinogram scan;
	private final PlanAcquisitionSettings settings;
	private final RunRecord record;
	private final Function<String, DiffusionPrior> priors;
	private final int slice;
	private final int size;
	private final double[] angles;

	/** @param priors opens a prior by its name */
	PlannedCt(final Sinogram scan, final PlanAcquisitionSettings settings, final RunRecord record, final Function<String, DiffusionPrior> priors) {
		Options.range("slice", settings.slice(), 0, scan.depth());
		this.scan = scan;
		this.settings = settings;
		this.record = record;
		this.priors = priors;
		slice = settings.slice() == 0 ? scan.depth() / 2 : settings.slice() - 1;
		size = CtPreparation.size(scan, settings.size());
		angles = settings.prospective() ? DoubleStream.concat(Arrays.stream(scan.geometry().angles()), Arrays.stream(others())).toArray() : scan.geometry().angles();
		MemoryForecast.ct((long) angles.length * scan.detectors(), (long) size * size, 1, settings.samples(), settings.samples(), true).require("Plan Acquisition");
	}

	/** Candidates that were not measured. */
	private double[] others() {
		final double turn = scan.geometry().beam() == Geometry.Beam.PARALLEL ? 180 : 360, distance = turn / settings.candidates();
		return Arrays.stream(Geometry.evenAngles(settings.candidates(), turn)).filter(angle -> Arrays.stream(scan.geometry().angles()).noneMatch(
			measured -> Math.abs(Math.IEEEremainder(angle - measured, turn)) < SAME * distance)).toArray();
	}

	/** Long paths vary more than short ones and tell no more. */
	@Override
	public AcquisitionScore usualScore() {
		return AcquisitionScore.INFORMATION;
	}

	/** Rays pass through each other and through air, so that particles come to agree with them slowly. */
	@Override
	public int mixing() {
		return 3;
	}

	@Override
	public String noun() {
		return "views";
	}

	@Override
	public List<Double> positions() {
		return Arrays.stream(angles).boxed().toList();
	}

	@Override
	public String axis() {
		return "angle";
	}

	@Override
	public List<Integer> present() {
		return IntStream.range(0, scan.views()).boxed().toList();
	}

	/** Evenly spaced ones. */
	@Override
	public List<Integer> first() {
		Options.range("acs", settings.acs(), 1, scan.views());
		return IntStream.range(0, settings.acs()).mapToObj(k -> (int) ((long) k * scan.views() / settings.acs())).toList();
	}

	@Override
	public void require(final DiffusionPrior prior) {
		CtDiffusion.require(prior);
	}

	@Override
	public void open(final Collection<Integer> first, final boolean every, final DiffusionPrior prior, final Use use) {
		final ComputeDevice device = ComputeDevice.choose(settings.device());
		final Sinogram start = only(first);
		final CtNoise noise = CtNoise.of(start, settings.noise()).white();
		record.fact("noise of the choice", noise.description());
		try (CtProblem problem = new CtProblem(start, size, noise, "Hann", false)) {
			final double unit = new CtDiffusion(problem, prior, reconstruction(), device).unit();
			final boolean[] possible = new boolean[angles.length];
			Arrays.fill(possible, 0, every ? possible.length : scan.views(), true);
			final ViewScan views = new ViewScan(scan.geometry().withAngles(angles), scan.detectors(), size, possible, view -> scaled(view, unit), noise.sigma() / unit,
				device);
			views.measure(first.stream().sorted().toList());
			final float[] factor = new float[size * size];
			Arrays.fill(factor, (float) unit);
			use.with(views, factor);
		}
	}

	private float[] scaled(final int view, final double unit) {
		final float[] values = view(view);
		for (int i = 0; i < values.length; i++) values[i] /= (float) unit;
		return values;
	}

	private float[] view(final int view) {
		return Arrays.copyOfRange(scan.slices().get(slice), view * scan.detectors(), (view + 1) * scan.detectors());
	}

	/** The slice with these views only. */
	private Sinogram only(final Collection<Integer> views) {
		final List<Integer> sorted = views.stream().sorted().toList();
		final float[] values = new float[sorted.size() * scan.detectors()];
		for (int v = 0; v < sorted.size(); v++) System.arraycopy(view(sorted.get(v)), 0, values, v * scan.detectors(), scan.detectors());
		return new Sinogram(scan.title(), sorted.size(), scan.detectors(), List.of(values), scan.geometry().withAngles(sorted.stream().mapToDouble(view -> angles[view])
			.toArray()), scan.sliceDistance(), scan.reading());
	}

	@Override
	public Posterior reconstruct(final Collection<Integer> views, final Monitor monitor) {
		return new ReconstructCt(reconstruction(), priors).run(only(views), monitor);
	}

	private ReconstructCtSettings reconstruction() {
		return new ReconstructCtSettings(PnpDm.NAME, settings.prior(), settings.samples(), settings.steps(), settings.quality(), settings.noise(), 0.5, 1, "Hann", size,
			false, false, false, false, settings.water(), false, settings.seed(), settings.device());
	}

	@Override
	public Volume mask(final Collection<Integer> views) {
		final float[] values = new float[angles.length * scan.detectors()];
		for (final int view : views) Arrays.fill(values, view * scan.detectors(), (view + 1) * scan.detectors(), 1);
		return new Volume("Mask", scan.detectors(), angles.length, 1, List.of(values), VoxelSize.UNKNOWN, "");
	}

	@Override
	public Volume image(final String title, final int channels, final float[] values) {
		final double pixel = scan.geometry().imagePixel();
		return new Volume(title, size, size, channels, List.of(values), new VoxelSize(pixel, pixel, scan.sliceDistance()), "1/mm");
	}
}
