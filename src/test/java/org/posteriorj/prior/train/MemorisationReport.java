package org.posteriorj.prior.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Whether a prior repeats its training images: distance to the nearest training patch of its own samples, of patches of a person
 * it has not seen, and (what a copy would look like) of training patches turned, zoomed and shifted at random.
 * <p>
 * Arguments: prior, folder of volumes, held-out volume, scaling (percentile or hounsfield), patches per group (32).
 */
public final class MemorisationReport {

	private static final int STEPS = 60;

	private MemorisationReport() {}

	public static void main(final String[] args) throws Exception {
		final Path folder = Path.of(args[1]), heldOut = Path.of(args[2]).toAbsolutePath();
		final IntensityScale scale = IntensityScale.of(args[3]);
		final int count = args.length > 4 ? Integer.parseInt(args[4]) : 32;
		final List<Volume> volumes = new ArrayList<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".nii.gz") && !f.toAbsolutePath().equals(heldOut)).sorted().toList()) {
				volumes.add(RawData.readVolume(file));
			}
		}
		final TrainingImages training = new TrainingImages(volumes, scale), other = new TrainingImages(List.of(RawData.readVolume(heldOut)), scale);
		final NearestPatch nearest = new NearestPatch(volumes.stream().map(scale::apply).toList());
		final DiffusionPrior prior = Priors.load(args[0]);
		print("training patches, altered", nearest.distances(NearestPatch.crops(training, count, SampleRandom.generator(1, 1))));
		print("held-out patches", nearest.distances(NearestPatch.crops(other, count, SampleRandom.generator(1, 2))));
		print("samples of the prior", nearest.distances(samples(prior, count)));
	}

	private static void print(final String name, final double[] distances) {
		Arrays.sort(distances);
		System.out.printf(Locale.ROOT, "%-26s n=%d  min %.3f  10%% %.3f  median %.3f  90%% %.3f%n", name, distances.length, distances[0], distances[distances.length /
			10], distances[distances.length / 2], distances[distances.length * 9 / 10]);
	}

	/** Unconditional samples that show something, magnitudes. */
	static List<float[]> samples(final DiffusionPrior prior, final int count) {
		final List<float[]> samples = new ArrayList<>();
		for (int k = 0; samples.size() < count && k < 10 * count; k++) {
			final float[] sample = sample(prior, SampleRandom.single(5, k));
			if (NearestPatch.deviation(sample) > 0.1) samples.add(sample);
		}
		return samples;
	}

	/** Ancestral sampling from sigma 40 to 0.01, levels as in Karras et al. with rho = 7. */
	private static float[] sample(final DiffusionPrior prior, final SampleRandom random) {
		final int n = NearestPatch.SIZE, channels = prior.channels();
		return Scopes.compute(() -> {
			Tensor x = Tensors.scale(random.normal(channels, n, n), level(0));
			for (int i = 0; i < STEPS; i++) {
				final double s = level(i), t = i + 1 < STEPS ? level(i + 1) : 0, keep = t * t / (s * s);
				final Tensor noise = random.normal(channels, n, n);
				x = Scopes.update(x, y -> Tensors.add(Tensors.add(Tensors.scale(y, keep), 1 - keep, prior.denoise(y, s)), t * Math.sqrt(1 - keep), noise));
			}
			final float[] values = Tensors.toFloats(x), magnitude = new float[n * n];
			for (int i = 0; i < magnitude.length; i++) magnitude[i] = channels == 2 ? (float) Math.hypot(values[i], values[n * n + i]) : values[i];
			return magnitude;
		});
	}

	private static double level(final int i) {
		return Math.pow(Math.pow(40, 1 / 7.0) + i / (STEPS - 1.0) * (Math.pow(0.01, 1 / 7.0) - Math.pow(40, 1 / 7.0)), 7);
	}
}
