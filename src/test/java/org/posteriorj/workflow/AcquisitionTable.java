package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.sampler.FixedLines;
import org.posteriorj.sampler.PnpDm;

/**
 * Chosen lines against masks that are fixed before the scan, slice by slice of a volume: same number of lines, same first lines,
 * prior, sampler and noise. Every result is a line of {@code results.csv} as soon as it is there; what is there is not made again.
 * {@link AcquisitionSummary} makes the table of it.
 * <p>
 * Arguments: volume, folder, coils, ACS lines, lines, samples, steps, lines per decision, slices counted from 0 (60,70,...), and the sampler of the images (PnP-DM).
 */
public final class AcquisitionTable {

	static final int SIZE = 128;
	static final String ACTIVE = "active";
	private static final double NOISE = 0.01;

	private final Volume volume;
	private final Path folder;
	private final int coils, acs, lines, samples, steps, batch;
	private final String sampler;

	private AcquisitionTable(final String[] args) throws IOException {
		volume = RawData.readVolume(Path.of(args[0]));
		folder = Files.createDirectories(Path.of(args[1]));
		coils = Integer.parseInt(args[2]);
		acs = Integer.parseInt(args[3]);
		lines = Integer.parseInt(args[4]);
		samples = Integer.parseInt(args[5]);
		steps = Integer.parseInt(args[6]);
		batch = Integer.parseInt(args[7]);
		sampler = args.length > 9 ? args[9] : PnpDm.NAME;
	}

	public static void main(final String[] args) throws IOException {
		final AcquisitionTable table = new AcquisitionTable(args);
		for (final String slice : args[8].split(",")) table.slice(Integer.parseInt(slice));
	}

	private void slice(final int z) throws IOException {
		final Volume image = resampled(volume, z);
		final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(coils, "Full", 1, 0, NOISE, true, z)).run(image, Monitor.NONE);
		final double noise = Double.parseDouble(scan.kspace().reading().get(1).replaceAll("noise: (\\S+) .*", "$1"));
		final ReadoutLines every = new ReadoutLines(scan.kspace(), 0);
		if (missing(z, ACTIVE)) {
			final long start = System.nanoTime();
			// its own images are made again below, by the sampler of all masks
			final AcquisitionPlan plan = new PlanAcquisition(new PlanAcquisitionSettings("Retrospective", lines, acs, 1, samples, "variance", batch, List.of(),
				"prox", "brain-mri", 1, "Preview", noise, 0, 180, 0, 0.0193, z, "cpu")).run(scan.kspace(), null, Monitor.NONE);
			final List<Integer> all = new ArrayList<>(plan.first());
			all.addAll(plan.chosen());
			add(z, ACTIVE, all, image(every.only(all), noise, z), scan.reference(), start);
		}
		for (final String name : FixedLines.NAMES) {
			if (!missing(z, name)) continue;
			final long start = System.nanoTime();
			final List<Integer> fixed = FixedLines.of(name, SIZE, lines, acs, z);
			add(z, name, fixed, image(every.only(fixed), noise, z), scan.reference(), start);
		}
	}

	private Volume image(final KSpace some, final double noise, final int z) {
		return new ReconstructMri(new ReconstructMriSettings(sampler, "brain-mri", samples, steps, "Preview", noise, 0.5, 0, z, "cpu")).run(some, Monitor.NONE).mean();
	}

	private String key(final int z, final String mask) {
		return coils + "," + lines + "," + acs + "," + z + "," + mask + ",";
	}

	private boolean missing(final int z, final String mask) throws IOException {
		final Path results = folder.resolve("results.csv");
		return !Files.exists(results) || Files.readAllLines(results).stream().noneMatch(row -> row.startsWith(key(z, mask)));
	}

	private void add(final int z, final String mask, final List<Integer> chosen, final Volume image, final Volume reference, final long start)
		throws IOException
	{
		final Comparison.Row quality = CompareWithReference.run(image, reference, false).mean();
		final String name = String.format("%dcoils-%dlines-%03d-", coils, lines, z);
		NumPyWriter.write(folder.resolve(name + mask.replace(' ', '-') + ".npy"), image);
		NumPyWriter.write(folder.resolve(name + "reference.npy"), reference);
		final String row = String.format(Locale.ROOT, "%s%.4f,%.5f,%.1f,%s%n", key(z, mask), quality.psnr(), quality.ssim(), (System.nanoTime() - start) / 1e9, String
			.join(" ", chosen.stream().map(String::valueOf).toList()));
		Files.writeString(folder.resolve("results.csv"), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		System.out.print(row);
	}

	/** A slice at 128 x 128 pixels: padded to a square, then cropped in k-space. */
	static Volume resampled(final Volume volume, final int z) {
		final int side = Math.max(volume.width(), volume.height());
		return new Volume(volume.title() + " slice " + z, SIZE, SIZE, 1, List.of(ResampledSlice.of(volume, z, side, side, SIZE, SIZE)), VoxelSize.UNKNOWN, "");
	}
}
