package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.posteriorj.ProcessorTime;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.quality.Coverage;
import org.posteriorj.quality.Spread;
import org.posteriorj.tensor.LibTorch;

/**
 * Samplers and classical methods on the same simulated CT scans of one slice, one line of CSV for each; what the file has already is skipped.
 * <p>
 * Arguments: {@code VOLUME.nii.gz SLICE SIZE FOLDER SCANS METHODS SAMPLES [PIXELS]}. SCANS and METHODS are lists with commas; a method is sampler,
 * sampler:quality or sampler:steps; TV is run over a grid of weights. FOLDER gets results.csv and the images as .npy.
 * PIXELS: the slice on so many smaller pixels a side, over the same area.
 */
public final class CtTable {

	private static final double WATER = 0.0193;
	/** Views, range in degrees (0 = 180), photons per ray. */
	private static final Map<String, double[]> SCANS = scans();
	/** Weights of the total variation in units of the automatic one. */
	private static final double[] WEIGHTS = { 0.25, 0.5, 1, 2, 4, 8, 16, 32 };

	private final Path folder;

	private CtTable(final Path folder) {
		this.folder = folder;
	}

	private static Map<String, double[]> scans() {
		final Map<String, double[]> map = new LinkedHashMap<>();
		map.put("64 views", new double[] { 64, 0, 1e5 });
		map.put("32 views", new double[] { 32, 0, 1e5 });
		map.put("16 views", new double[] { 16, 0, 1e5 });
		map.put("90 degrees", new double[] { 64, 90, 1e5 });
		map.put("64 views low dose", new double[] { 64, 0, 1e4 });
		return map;
	}

	public static void main(final String[] args) throws IOException {
		LibTorch.start();
		final Volume measured = InAir.of(RawData.readVolume(Path.of(args[0])), Integer.parseInt(args[1]), 1, Integer.parseInt(args[2]));
		final Volume slice = args.length > 7 ? InAir.onPixels(measured, Integer.parseInt(args[7])) : measured;
		final CtTable table = new CtTable(Files.createDirectories(Path.of(args[3])));
		for (final String name : args[4].split(",")) {
			final double[] s = SCANS.get(name);
			final SimulatedCt scan = new SimulateCt(new SimulateCtSettings("HU", "parallel", (int) s[0], s[1], 0, 0, 0, 0, s[2], 1)).run(slice, Monitor.NONE);
			NumPyWriter.write(table.folder.resolve("reference.npy"), scan.reference());
			for (final String method : args[5].split(",")) {
				if (method.equals("TV")) for (final double weight : WEIGHTS) table.row(name, scan, method, weight, 1);
				else table.row(name, scan, method, 1, Integer.parseInt(args[6]));
			}
		}
	}

	private void row(final String name, final SimulatedCt scan, final String method, final double weight, final int samples) throws IOException {
		final Path file = folder.resolve("results.csv");
		final String key = String.format(Locale.ROOT, "%s,%s,%.3f,%d,", name, method, weight, samples);
		if (Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(key))) return;
		final String[] parts = method.split(":");
		final String effort = parts.length > 1 ? parts[1] : "Standard";
		final boolean counted = effort.matches("\\d+");
		final double start = ProcessorTime.seconds();
		final Posterior posterior = new ReconstructCt(new ReconstructCtSettings(parts[0], "ct", samples, counted ? Integer.parseInt(effort) : 0, counted ? "Standard" : effort,
			0, 0.5, weight, "Hann", scan.reference().width(), false, false, false, false, WATER, false, 1, "cpu")).run(scan.sinogram(), Monitor.NONE);
		final double seconds = ProcessorTime.seconds() - start;
		final Comparison.Row mean = CompareWithReference.run(posterior.mean(), scan.reference(), false).mean();
		double coverage = Double.NaN, spread = Double.NaN;
		if (posterior.std() != null) {
			final float[][] drawn = posterior.samples().stream().map(s -> s.slices().get(0)).toArray(float[][]::new);
			coverage = Coverage.ofPairs(drawn, scan.reference().slices().get(0));
			spread = Spread.ofPairs(drawn, scan.reference().slices().get(0));
		}
		final Map<String, Object> facts = posterior.provenance().facts();
		final String line = key + String.format(Locale.ROOT, "%.3f,%.4f,%.4f,%s,%s,%.4f,%.3f,%s,%.1f", mean.psnr(), mean.ssim(), mean.nrmse(), facts.get(
			"residual chi-square"), facts.getOrDefault("residual chi-square of the samples", ""), coverage, spread, facts.getOrDefault("network evaluations per sample", 0), seconds);
		Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		NumPyWriter.write(folder.resolve((name + "-" + method + (method.equals("TV") ? "-" + weight : "")).replaceAll("[ :]", "-") + ".npy"), posterior.mean());
		System.out.println(line);
	}
}
