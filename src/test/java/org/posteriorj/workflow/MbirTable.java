package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.posteriorj.ProcessorTime;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.DiffusionMbir;
import org.posteriorj.sampler.RedDiff;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A CT volume from few views: DiffusionMBIR in both forms and for several chunks, slice by slice, and total variation in three dimensions.
 * <p>
 * Arguments: {@code VOLUME.nii.gz FIRST COUNT SIZE VIEWS[@DEGREES] FOLDER METHODS}, METHODS of fast, chunk1, chunk16, uncoupled, published:STEPS, RED-diff,
 * tv3d:FACTOR, tv2d:FACTOR (on the automatic weight of the middle slice), with commas.
 */
public final class MbirTable {

	private static final double WATER = 0.0193, PHOTONS = 1e5;
	private static final int TV_ITERATIONS = 50;

	private final Path folder;
	private final SimulatedCt scan;
	private final int size;
	private final int depth;
	private float[] fast;
	private double automatic;
	private CtProblem problem;

	private MbirTable(final Path folder, final SimulatedCt scan) {
		this.folder = folder;
		this.scan = scan;
		size = scan.reference().width();
		depth = scan.reference().depth();
	}

	public static void main(final String[] args) throws IOException {
		LibTorch.start();
		final Volume volume = InAir.of(RawData.readVolume(Path.of(args[0])), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
		final String[] views = args[4].split("@");
		final double range = views.length > 1 ? Double.parseDouble(views[1]) : 0;
		final SimulatedCt scan = new SimulateCt(new SimulateCtSettings("HU", "parallel", Integer.parseInt(views[0]), range, 0, 0, 0, 0, PHOTONS, 1)).run(volume, Monitor.NONE);
		final MbirTable table = new MbirTable(Files.createDirectories(Path.of(args[5])), scan);
		NumPyWriter.write(table.folder.resolve("reference.npy"), scan.reference());
		try (CtProblem problem = new CtProblem(scan.sinogram(), table.size, CtNoise.of(scan.sinogram(), 0), "Hann", false); DiffusionPrior prior = Priors.open("ct")) {
			table.problem = problem;
			table.automatic = AutomaticWeight.find(problem, table.depth / 2);
			Scopes.run(() -> {
				final DataConsistency data = problem.likelihood(0, table.depth, WATER, ComputeDevice.choose("cpu"));
				for (final String method : args[6].split(",")) table.row(method, data, prior);
			});
		}
	}

	private void row(final String method, final DataConsistency data, final DiffusionPrior prior) {
		final double start = ProcessorTime.seconds();
		final float[] values = Scopes.compute(() -> Tensors.toFloats(Tensors.scale(reconstruct(method, data, prior), WATER)));
		final double seconds = ProcessorTime.seconds() - start;
		if (method.equals("fast")) fast = values;
		final float[] truth = VolumeErrors.flat(scan.reference().slices());
		final double[] errors = VolumeErrors.of(values, truth, size, size);
		final String line = String.format(Locale.ROOT, "%s,%d slices,%d views,%.2f,%.2f,%.2f,%.4f,%.3f,%.1f,%s", method, depth, scan.sinogram().views(), errors[0], errors[1], errors[2], errors[3], chi(data, values), seconds, fast == null ? "" : String.format(Locale.ROOT,
				"differs from fast by %.1e", relative(values, fast)));
		write(method, values, line);
		System.out.println(line);
	}

	private void write(final String method, final float[] values, final String line) {
		try {
			Files.write(folder.resolve("results.csv"), List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			final List<float[]> slices = new ArrayList<>();
			for (int z = 0; z < depth; z++) slices.add(Arrays.copyOfRange(values, z * size * size, (z + 1) * size * size));
			NumPyWriter.write(folder.resolve(method.replace(':', '-') + ".npy"), new Volume(method, size, size, 1, slices, scan.reference().voxel(), "1/mm"));
		}
		catch (final IOException exc) {
			throw new java.io.UncheckedIOException(exc);
		}
	}

	private Tensor reconstruct(final String method, final DataConsistency data, final DiffusionPrior prior) {
		final String[] parts = method.split(":");
		final DiffusionMbir.Options usual = DiffusionMbir.Options.fast(50);
		final Supplier<SampleRandom> random = () -> new SampleRandom(1, LongStream.range(0, depth).toArray(), 0);
		return switch (parts[0]) {
			case "fast" -> mbir(usual, 4, usual.coupling(), prior, data, random.get());
			case "chunk1" -> mbir(usual, 1, usual.coupling(), prior, data, random.get());
			case "chunk16" -> mbir(usual, 16, usual.coupling(), prior, data, random.get());
			case "uncoupled" -> mbir(usual, 4, 0, prior, data, random.get());
			case "published" -> {
				final DiffusionMbir.Options p = DiffusionMbir.Options.published(Integer.parseInt(parts[1]));
				yield mbir(p, p.chunk(), p.coupling(), prior, data, random.get());
			}
			case "RED-diff" -> eachSlice((z, likelihood) -> new RedDiff(RedDiff.Options.evaluations(100, 0.5)).sample(prior, likelihood, SampleRandom.single(1, z),
				Progress.NONE).images());
			case "tv3d" -> variation(data, Differences.IN_SPACE, depth, Double.parseDouble(parts[1]));
			case "tv2d" -> eachSlice((z, likelihood) -> variation(likelihood, Differences.IN_PLANE, 1, Double.parseDouble(parts[1])));
			default -> throw new IllegalArgumentException("unknown method " + method);
		};
	}

	/** Methods whose data are one item. */
	private Tensor eachSlice(final BiFunction<Integer, DataConsistency, Tensor> method) {
		return Tensors.concatenate(IntStream.range(0, depth).mapToObj(z -> Scopes.keep(() -> method.apply(z, problem.likelihood(z, z + 1, WATER, ComputeDevice.choose(
			"cpu"))))).toList());
	}

	private Tensor variation(final DataConsistency data, final Differences along, final int slices, final double factor) {
		return new TotalVariation(data, along, factor * automatic * WATER).solve(Tensors.zeros(slices, 1, size, size), TV_ITERATIONS, Progress.NONE);
	}

	private static Tensor mbir(final DiffusionMbir.Options o, final int chunk, final double coupling, final DiffusionPrior prior, final DataConsistency data,
		final SampleRandom random)
	{
		return new DiffusionMbir(new DiffusionMbir.Options(o.steps(), o.published(), coupling, chunk)).sample(prior, data,
			random, Progress.NONE).images();
	}

	private double chi(final DataConsistency data, final float[] values) {
		return Scopes.compute(() -> Arrays.stream(data.chiSquare(Tensors.scale(Tensors.of(values, depth, 1, size, size), 1 / WATER))).average().orElseThrow());
	}

	private static double relative(final float[] a, final float[] b) {
		double difference = 0, square = 0;
		for (int i = 0; i < a.length; i++) {
			difference += (a[i] - b[i]) * (double) (a[i] - b[i]);
			square += (double) b[i] * b[i];
		}
		return Math.sqrt(difference / square);
	}
}
