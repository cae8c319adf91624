package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.posteriorj.ProcessorTime;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.DiffusionMbir;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.Scopes;

/**
 * Neighbouring slices of a head, 160 x 128 pixels of 1.5 mm and 1.5 mm thick, by 8 coils and few lines: errors of the magnitude in three planes.
 * <p>
 * Arguments: {@code HEAD.nii.gz FIRST COUNT R FOLDER METHODS}, FIRST in mm, METHODS of coupled:WEIGHT (DiffusionMBIR, weight 0.25 by default) and samplers of Reconstruct MRI, with commas.
 */
public final class MriVolumeTable {

	private static final int ROWS = 160, COLUMNS = 128, COILS = 8;
	private static final double NOISE = 0.01;
	private static final ComputeDevice CPU = ComputeDevice.choose("cpu");

	private MriVolumeTable() {}

	public static void main(final String[] args) throws IOException {
		LibTorch.start();
		final Volume head = RawData.readVolume(Path.of(args[0]));
		final int count = Integer.parseInt(args[2]), r = Integer.parseInt(args[3]), lines = ROWS / r, acs = lines / 2 + (r > 4 ? 2 : 0);
		final List<float[]> slices = new ArrayList<>();
		for (int k = 0; k < count; k++) slices.add(thick(head, Integer.parseInt(args[1]) + 1.5 * k));
		final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(COILS, "Variable density", (double) (ROWS - acs) / (lines - acs), acs, NOISE, true, 1)).run(
			new Volume(head.title(), COLUMNS, ROWS, 1, slices, new VoxelSize(1.5, 1.5, 1.5), ""), Monitor.NONE);
		final Path folder = Files.createDirectories(Path.of(args[4]));
		NumPyWriter.write(folder.resolve("reference.npy"), scan.reference());
		final float[] truth = VolumeErrors.flat(scan.reference().magnitude().slices());
		for (final String method : args[5].split(",")) {
			final double start = ProcessorTime.seconds();
			final Volume got = method.startsWith("coupled:") ? coupled(scan.kspace(), Double.parseDouble(method.substring(8))) : new ReconstructMri(new ReconstructMriSettings(
				method, "brain-mri", 1, 0, "Standard", 0, 0.5, 0, 1, "cpu")).run(scan.kspace(), Monitor.NONE).mean();
			final double seconds = ProcessorTime.seconds() - start;
			final double[] errors = VolumeErrors.of(VolumeErrors.flat(got.magnitude().slices()), truth, ROWS, COLUMNS);
			final String line = String.format(Locale.ROOT, "%s,R = %d,%d slices,%.2f,%.2f,%.2f,%.4f,%.1f", method, r, count, errors[0], errors[1], errors[2], errors[3], seconds);
			Files.write(folder.resolve("results.csv"), List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			NumPyWriter.write(folder.resolve(method.replace(':', '-') + ".npy"), got);
			System.out.println(line);
		}
	}

	/** The mean of a slice from z to z + 1.5 mm. */
	private static float[] thick(final Volume head, final double z) {
		final int first = (int) z;
		final double part = 1 - (z - first);
		final float[] a = ResampledSlice.of(head, first, 240, 192, ROWS, COLUMNS), b = ResampledSlice.of(head, first + 1, 240, 192, ROWS, COLUMNS);
		for (int i = 0; i < a.length; i++) a[i] = (float) ((part * a[i] + (1.5 - part) * b[i]) / 1.5);
		return a;
	}

	/** DiffusionMBIR with a weight of its own. */
	private static Volume coupled(final KSpace scan, final double weight) {
		final ReconstructMriSettings settings = new ReconstructMriSettings(DiffusionMbir.NAME, "brain-mri", 1, 0, "Standard", 0, 0.5, 0, 1, "cpu");
		final NoiseCovariance noise = MriNoise.of(scan, 0, 0, CPU).covariance();
		final Map<Integer, float[]> maps = new HashMap<>();
		return Scopes.compute(() -> {
			final double[] scale = { 0 };
			float[] gain = null;
			for (int z = 0; z < scan.depth(); z += 5) try (MriSlice slice = new MriSlice(scan, z, noise, 0, CPU)) {
				maps.put(z, slice.mapValues());
				scale[0] = Math.max(scale[0], slice.scale(CPU));
				gain = slice.gain();
			}
			try (DiffusionPrior prior = Priors.open("brain-mri"); MriVolume volume = new MriVolume(scan, noise, settings, scale[0], CPU, maps)) {
				final List<float[]> images = volume.images(new Method.Diffusion(new DiffusionMbir(new DiffusionMbir.Options(50, false, weight, 4)), prior), Progress.NONE);
				for (final float[] image : images) for (int i = 0; i < image.length; i++) image[i] *= (float) (scale[0] * gain[i % gain.length]);
				return new Volume("coupled", COLUMNS, ROWS, 2, images, scan.voxel(), "");
			}
		});
	}
}
