package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

import org.posteriorj.ProcessorTime;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.quality.Coverage;
import org.posteriorj.quality.Spread;
import org.posteriorj.tensor.LibTorch;

/**
 * Samplers and classical methods on the same scans, one line of CSV for each; what the file has already is skipped.
 * <p>
 * Arguments: {@code simulated HEAD.nii.gz FILE.csv METHODS SAMPLES INDEX COUNT [RATES]} for slice INDEX of COUNT, or
 * {@code real KSPACE.npy FILE.csv METHODS SAMPLES SEED [RATES]} with the seed of the mask; RATES are 4,8 by default. METHODS is a list with commas of sampler,
 * sampler:quality, sampler:steps, sampler:steps@PRIOR, or method*trust; a classical method without trust is run over a grid of weights.
 */
public final class MriTable {

	/** Weights of a penalty: 4, 2, 1, 1/2 and 1/4 times the default. */
	private static final double[] TRUSTS = { 0.199, 0.349, 0.5, 0.651, 0.801, 0.9 };

	private final Path file;

	private MriTable(final Path file) {
		this.file = file;
	}

	public static void main(final String[] args) throws IOException {
		LibTorch.start();
		final MriTable table = new MriTable(Path.of(args[2]));
		final int samples = Integer.parseInt(args[4]), index = Integer.parseInt(args[5]);
		final Volume head = args[0].equals("simulated") ? RawData.readVolume(Path.of(args[1])) : null;
		final int last = head == null ? 6 : 7;
		for (final String rate : (args.length > last ? args[last] : "4,8").split(",")) {
			final int r = Integer.parseInt(rate);
			final MriTableCase scan = head == null ? MriTableCase.real(Path.of(args[1]), r, index) : MriTableCase.simulated(head, index, Integer.parseInt(args[6]), r);
			if (head == null) System.out.printf(Locale.ROOT, "R = %d: the true image would have %.2f dB against the reference%n", r, scan.ceiling());
			for (final String method : args[3].split(",")) table.all(scan, method, samples);
		}
	}

	private void all(final MriTableCase scan, final String method, final int samples) throws IOException {
		final String[] byPrior = method.split("@"), parts = byPrior[0].split("[*:]");
		final String prior = byPrior.length > 1 ? byPrior[1] : "brain-mri", second = parts.length > 1 ? parts[1] : "Standard";
		if (byPrior[0].contains("*")) row(scan, prior, parts[0], "Standard", Double.parseDouble(second), samples);
		else if (Method.isClassical(method) && !method.equals("Zero-filled")) for (final double trust : TRUSTS) row(scan, prior, method, "Standard", trust, 1);
		else row(scan, prior, parts[0], second, 0.5, samples);
	}

	/** @param effort a quality, or a number of steps */
	private void row(final MriTableCase scan, final String prior, final String method, final String effort, final double trust, final int samples)
		throws IOException
	{
		final String label = prior.equals("brain-mri") ? method : method + "@" + Path.of(prior).getFileName();
		final String key = String.format(Locale.ROOT, "%s,%d,%s,%s,%.3f,%d,", scan.name(), scan.r(), label, effort, trust, samples);
		if (Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(key))) return;
		final boolean counted = effort.matches("\\d+");
		final double start = ProcessorTime.seconds();
		final Posterior posterior = new ReconstructMri(new ReconstructMriSettings(method, prior, samples, counted ? Integer.parseInt(effort) : 0, counted ? "Standard"
			: effort, 0, trust, 0, 1, "cpu")).run(scan.scan(), Monitor.NONE);
		final double seconds = ProcessorTime.seconds() - start;
		final Comparison.Row mean = compare(posterior.mean(), scan), single = compare(posterior.samples().get(0), scan);
		double coverage = Double.NaN, spread = Double.NaN;
		if (posterior.std() != null) {
			final float[][] drawn = posterior.samples().stream().map(scan::object).toArray(float[][]::new);
			coverage = Coverage.ofPairs(drawn, scan.object(scan.reference()));
			spread = Spread.ofPairs(drawn, scan.object(scan.reference()));
		}
		final Object evaluations = posterior.provenance().facts().getOrDefault("network evaluations per sample", 0);
		final String line = key + String.format(Locale.ROOT, "%.3f,%.4f,%.4f,%.3f,%.4f,%.4f,%s,%.4f,%.3f,%s,%.1f,%.4f,%s", mean.psnr(), mean.ssim(), mean.nrmse(),
			single.psnr(), single.ssim(), single.nrmse(), posterior.provenance().facts().get("residual chi-square"), coverage, spread, evaluations, seconds, scan
				.full() == null ? Double.NaN : scan.unmeasured(posterior.mean()), posterior.provenance().facts().get("noise per real component"));
		Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		System.out.println(line);
	}

	private static Comparison.Row compare(final Volume image, final MriTableCase scan) {
		return CompareWithReference.run(image, scan.reference(), false).mean();
	}
}
