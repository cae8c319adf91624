package org.posteriorj.prior.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.posteriorj.ProcessorTime;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.prior.UNet;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/**
 * Accuracy against cost: networks of several shapes, and two orders of the noise, trained for the same processor time on the same volumes.
 * <p>
 * Arguments: {@code FOLDER_OF_VOLUMES HELD_OUT.nii.gz SECONDS FILE.csv [NAMES]}; designs that the file has already are skipped.
 */
final class DesignCurve {

	private static final double SIGMA_DATA = 0.32;
	private static final int BATCH = 16, CROP = 64, TIMED = 5;

	private DesignCurve() {}

	private record Candidate(UNet.Design design, boolean immiscible, boolean curriculum) {

		Candidate(final int stem, final int kernel, final int[] widths, final int[] blocks) {
			this(new UNet.Design(2, 0, widths, blocks, SIGMA_DATA, stem, kernel), false, false);
		}
	}

	private static Map<String, Candidate> candidates() {
		final Map<String, Candidate> map = new LinkedHashMap<>();
		final UNet.Design laptop = UNet.Design.laptop(2, 0, SIGMA_DATA);
		map.put("laptop", new Candidate(laptop, false, false));
		map.put("half as wide", new Candidate(2, 3, new int[] { 16, 40, 48, 48 }, new int[] { 1, 2, 2, 2 }));
		map.put("wide and shallow", new Candidate(2, 3, new int[] { 40, 96, 128 }, new int[] { 1, 1, 1 }));
		map.put("narrow and deep", new Candidate(2, 3, new int[] { 24, 56, 72, 72 }, new int[] { 2, 4, 4, 4 }));
		map.put("4x4 stem", new Candidate(4, 3, new int[] { 96, 128, 128 }, new int[] { 2, 3, 3 }));
		map.put("no stem", new Candidate(1, 3, new int[] { 12, 24, 64, 80, 80 }, new int[] { 1, 1, 2, 2, 2 }));
		map.put("5x5 kernels", new Candidate(2, 5, new int[] { 20, 48, 64, 64 }, new int[] { 1, 2, 2, 2 }));
		map.put("laptop, immiscible noise", new Candidate(laptop, true, false));
		map.put("laptop, easy to hard", new Candidate(laptop, false, true));
		return map;
	}

	public static void main(final String[] args) throws IOException {
		LibTorch.start();
		LibTorch.useThreads(1);
		final List<Volume> volumes = new ArrayList<>();
		try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".nii.gz")).sorted().toList()) volumes.add(RawData.readVolume(file));
		}
		final TrainingImages images = new TrainingImages(volumes);
		final Validation validation = new Validation(IntensityScale.PERCENTILE.apply(RawData.readVolume(Path.of(args[1]))), 4, 2);
		final Path file = Path.of(args[3]);
		for (final Map.Entry<String, Candidate> entry : candidates().entrySet()) {
			if (args.length > 4 && !List.of(args[4].split(";")).contains(entry.getKey())) continue;
			if (Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(entry.getKey() + ";"))) continue;
			final String line = entry.getKey() + ";" + run(entry.getValue(), images, validation, Double.parseDouble(args[2]));
			Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			System.out.println(line);
		}
	}

	/** GFLOP and milliseconds per 256 x 256 image, weights, steps, dB at each level. */
	private static String run(final Candidate candidate, final TrainingImages images, final Validation validation, final double seconds) {
		final long steps = steps(candidate, images, seconds);
		try (Script network = UNet.build(candidate.design(), 1); Trainer trainer = trainer(candidate, network, images, steps)) {
			trainer.run(Progress.NONE, t -> {});
			final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.2f;%.0f;%d;%d", candidate.design().gflop(256, 256), milliseconds(network), candidate
				.design().weights(), steps));
			for (final double db : trainer.validate(validation)) line.append(String.format(Locale.ROOT, ";%.2f", db));
			return line.toString();
		}
	}

	private static Trainer trainer(final Candidate candidate, final Script network, final TrainingImages images, final long steps) {
		return new Trainer(network, images, null, 2, SIGMA_DATA, new Trainer.Settings(steps, BATCH, CROP, 1.5e-3, true, false, candidate.immiscible(), candidate
			.curriculum(), 1));
	}

	/** As many as fit in the processor time, by a trial of the loop with everything in it. */
	private static long steps(final Candidate candidate, final TrainingImages images, final double seconds) {
		final double[] times = new double[2];
		try (Script network = UNet.build(candidate.design(), 1); Trainer trial = trainer(candidate, network, images, 5 + 4 * TIMED)) {
			trial.run(Progress.NONE, t -> {
				if (t.step() == 5) times[0] = ProcessorTime.seconds();
				if (t.step() == 5 + 4 * TIMED) times[1] = ProcessorTime.seconds();
			});
		}
		return Math.max(50, Math.round(seconds / (times[1] - times[0]) * 4 * TIMED));
	}

	private static double milliseconds(final Script network) {
		return Scopes.compute(() -> {
			final Tensor noisy = SampleRandom.single(1, 1).normal(2, 256, 256), sigma = Tensors.of(new float[] { 0.1f }, 1);
			for (int i = 0; i < 3; i++) network.forward(noisy, sigma);
			final double start = ProcessorTime.seconds();
			for (int i = 0; i < TIMED; i++) network.forward(noisy, sigma);
			return 1e3 * (ProcessorTime.seconds() - start) / TIMED;
		});
	}
}
