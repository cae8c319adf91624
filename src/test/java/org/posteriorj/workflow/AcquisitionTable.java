package org.posteriorj.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.sampler.FixedLines;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Chosen lines against masks that are fixed before the scan: same number of lines, same first lines, prior, sampler and noise.
 * <p>
 * Arguments: image file, coils, ACS lines, samples, quality, rounds of seeds, numbers of lines (16,32), scores (variance,...).
 */
public final class AcquisitionTable {

	private static final int SIZE = 128;

	private AcquisitionTable() {}

	/** Prints one line per seed, mask and number of lines, then the means. */
	public static void main(final String[] args) throws Exception {
		final Volume image = resampled(RawData.readVolume(Path.of(args[0])));
		final int coils = Integer.parseInt(args[1]), acs = Integer.parseInt(args[2]), samples = Integer.parseInt(args[3]), seeds = Integer.parseInt(args[5]);
		final String quality = args[4];
		for (final String number : args[6].split(",")) {
			final int lines = Integer.parseInt(number);
			final Map<String, List<double[]>> results = new LinkedHashMap<>();
			for (int seed = 1; seed <= seeds; seed++) {
				final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(coils, "Full", 1, 0, 0.01, true, seed)).run(image, Monitor.NONE);
				final double noise = Double.parseDouble(scan.kspace().reading().get(1).replaceAll("noise: (\\S+) .*", "$1"));
				for (final String score : args[7].split(",")) {
					final long start = System.nanoTime();
					final AcquisitionPlan plan = new PlanAcquisition(new PlanAcquisitionSettings("Retrospective", lines, acs, 1, samples, score, 1, "brain-mri", 0,
						quality, noise, 0, seed, "cpu")).run(scan.kspace(), Monitor.NONE);
					add(results, "active, " + score, seed, plan.posterior().mean(), scan.reference(), (System.nanoTime() - start) / 1e9);
					System.out.println("  chosen " + plan.chosen().stream().map(l -> l - SIZE / 2).toList() + ", " + plan.posterior().provenance().facts());
				}
				final ReadoutLines all = new ReadoutLines(scan.kspace(), 0);
				for (final String name : FixedLines.NAMES) {
					final KSpace some = all.only(FixedLines.of(name, SIZE, lines, acs, seed));
					final long start = System.nanoTime();
					final Volume mean = new ReconstructMri(new ReconstructMriSettings("PnP-DM", "brain-mri", samples, 0, quality, noise, 0.5, 0, seed, "cpu")).run(some,
						Monitor.NONE).mean();
					add(results, name, seed, mean, scan.reference(), (System.nanoTime() - start) / 1e9);
				}
			}
			System.out.printf("%n%d of %d lines, %d ACS, %d coils, %d samples, %s%n%-20s %8s %8s %10s%n", lines, SIZE, acs, coils, samples, quality, "mask", "PSNR",
				"SSIM", "worst PSNR");
			results.forEach((name, rows) -> System.out.printf("%-20s %8.2f %8.4f %10.2f%n", name, mean(rows, 0), mean(rows, 1), rows.stream().mapToDouble(
				r -> r[0]).min().orElseThrow()));
		}
	}

	private static double mean(final List<double[]> rows, final int column) {
		return rows.stream().mapToDouble(r -> r[column]).average().orElseThrow();
	}

	private static void add(final Map<String, List<double[]>> results, final String name, final int seed, final Volume image, final Volume reference,
		final double seconds)
	{
		final Comparison comparison = CompareWithReference.run(image, reference, false);
		results.computeIfAbsent(name, n -> new ArrayList<>()).add(new double[] { comparison.mean().psnr(), comparison.mean().ssim() });
		System.out.printf("seed %d, %s: PSNR %.2f dB, SSIM %.4f, %.0f s%n", seed, name, comparison.mean().psnr(), comparison.mean().ssim(), seconds);
	}

	/** The image at 128 x 128 pixels: padded to a square, then cropped in k-space. */
	private static Volume resampled(final Volume image) {
		final int side = Math.max(image.width(), image.height());
		final float[] values = Scopes.compute(() -> {
			final float[] padded = new float[2 * side * side];
			for (int r = 0; r < image.height(); r++) for (int c = 0; c < image.width(); c++) {
				padded[(r + (side - image.height()) / 2) * side + c + (side - image.width()) / 2] = image.slices().get(0)[r * image.width() + c];
			}
			final int cut = side / 2 - SIZE / 2;
			final Tensor k = Fourier.forward(Complex.fromChannels(Tensors.of(padded, 1, 2, side, side))).narrow(1, cut, SIZE).narrow(2, cut, SIZE);
			return Tensors.toFloats(Tensors.scale(Fourier.inverse(k).abs(), (double) SIZE / side));
		});
		return new Volume(image.title(), SIZE, SIZE, 1, List.of(values), VoxelSize.UNKNOWN, "");
	}
}
