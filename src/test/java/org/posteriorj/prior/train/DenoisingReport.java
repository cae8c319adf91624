package org.posteriorj.prior.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * The denoising table of a prior on a held-out volume beside classical denoisers, each at its best setting for every level, and
 * the error of the same content in images of different size.
 * <p>
 * Arguments: prior, held-out volume, scaling (percentile, hounsfield, or the value that counts as 1), slices (4), anything for the sizes alone.
 */
public final class DenoisingReport {

	private static final int[][] SIZES = { { 96, 96 }, { 128, 128 }, { 200, 180 }, { 256, 256 }, { 320, 320 } };

	private static final int DRAWS = 18;

	private final DiffusionPrior prior;
	private final Volume held;
	private final Validation validation;
	private final int channels;

	private DenoisingReport(final DiffusionPrior prior, final Volume held, final int slices) {
		this.prior = prior;
		this.held = held;
		channels = prior.channels();
		validation = new Validation(held, slices, channels);
	}

	public static void main(final String[] args) throws Exception {
		final Volume volume = RawData.readVolume(Path.of(args[1]));
		final Volume held = IntensityScale.KEYS.contains(args[2]) ? IntensityScale.of(args[2]).apply(volume) : IntensityScale.divide(volume, Double.parseDouble(
			args[2]));
		final DenoisingReport report = new DenoisingReport(Priors.load(args[0]), held, args.length > 3 ? Integer.parseInt(args[3]) : 4);
		if (args.length > 4) {
			report.sizes();
			return;
		}
		System.out.println("dB at sigma            " + Validation.LEVELS);
		report.print("noisy", (x, s) -> x);
		report.print("prior", (x, s) -> report.prior.denoise(x, s.item_float()));
		final GaussianFieldPrior field = report.field();
		report.print("Gaussian field", (x, s) -> field.denoise(x, s.item_float()));
		report.printBest("total variation", weights());
		report.printBest("non-local means", filters());
		report.sizes();
	}

	private void print(final String name, final BinaryOperator<Tensor> denoiser) {
		print(name, validation.psnr(denoiser));
	}

	private static void print(final String name, final double[] db) {
		System.out.printf(Locale.ROOT, "%-22s", name);
		for (final double v : db) System.out.printf(Locale.ROOT, " %6.2f", v);
		System.out.println();
	}

	/** The best setting of each level by itself. */
	private void printBest(final String name, final List<BinaryOperator<Tensor>> settings) {
		final double[] best = new double[Validation.LEVELS.size()];
		Arrays.fill(best, Double.NEGATIVE_INFINITY);
		for (final BinaryOperator<Tensor> setting : settings) {
			final double[] db = validation.psnr(setting);
			for (int l = 0; l < best.length; l++) best[l] = Math.max(best[l], db[l]);
		}
		print(name + ", best", best);
	}

	private static List<BinaryOperator<Tensor>> weights() {
		return DoubleStream.of(0.3, 0.5, 0.7, 1, 1.4, 2).<BinaryOperator<Tensor>> mapToObj(weight -> (x, s) -> totalVariation(x, s.item_float(), weight)).toList();
	}

	/** Patches of 5 x 5 to 9 x 9 pixels within 25 x 25. */
	private static List<BinaryOperator<Tensor>> filters() {
		final List<BinaryOperator<Tensor>> filters = new ArrayList<>();
		for (final int patch : new int[] { 2, 3, 4 }) for (final double h : new double[] { 0.3, 0.4, 0.5, 0.6, 0.8 }) {
			filters.add((x, s) -> nonLocalMeans(x, s.item_float(), patch, h));
		}
		return filters;
	}

	/** The Gaussian field that fits the test images themselves: no other linear shift-invariant denoiser is better. */
	private GaussianFieldPrior field() {
		final List<double[]> tables = new ArrayList<>();
		final double lowest = Validation.LEVELS.get(0);
		validation.psnr((x, s) -> {
			if (Math.abs(s.item_float() - lowest) < 1e-6) {
				final double[] table = Spectrum.estimate(new Volume("slice", held.width(), held.height(), channels, List.of(Tensors.toFloats(x)), VoxelSize.UNKNOWN, ""));
				for (int i = 0; i < table.length; i++) table[i] = Math.max(1e-6, table[i] * (channels == 2 ? 1 : 2) - lowest * lowest);
				tables.add(table);
			}
			return x;
		});
		return new GaussianFieldPrior("fitted", channels, Spectrum.table(Spectrum.mean(tables)));
	}

	private static Tensor totalVariation(final Tensor noisy, final double sigma, final double setting) {
		final DataConsistency data = new DataConsistency(new Identity(Arrays.copyOfRange(Shapes.of(noisy), 1, 4)), noisy, sigma);
		return new TotalVariation(data, Differences.IN_PLANE, setting / sigma).solve(noisy, 60, Progress.NONE);
	}

	private static Tensor nonLocalMeans(final Tensor noisy, final double sigma, final int patch, final double h) {
		final long[] shape = Shapes.of(noisy);
		final NonLocalMeans denoiser = new NonLocalMeans(patch, 12, h * sigma);
		return Tensors.of(denoiser.denoise(Tensors.toFloats(noisy), (int) shape[1], (int) shape[2], (int) shape[3], sigma), shape);
	}

	private record Identity(long[] imageShape) implements LinearOperator {

		@Override
		public long[] dataShape() {
			return imageShape;
		}

		@Override
		public Tensor forward(final Tensor images) {
			return images;
		}

		@Override
		public Tensor adjoint(final Tensor data) {
			return data;
		}

		@Override
		public double norm() {
			return 1;
		}

		@Override
		public long measurements() {
			return Shapes.count(imageShape);
		}
	}

	/**
	 * Three slices at a third of their size in the middle of images of different size, with the same noise there; so many draws of it that chance, which
	 * makes one of them differ by 1 %, does not hide the effect of the size.
	 */
	private void sizes() {
		System.out.println("squared error of the same 96 x 96 pixels in images of " + Arrays.deepToString(SIZES) + ", relative to their mean");
		for (final double sigma : new double[] { 0.05, 0.1, 0.5 }) {
			final double[] errors = Arrays.stream(SIZES).mapToDouble(size -> {
				double sum = 0;
				for (int draw = 0; draw < DRAWS; draw++) sum += error(content(held.depth() * (3 + draw % 3) / 8), size, sigma, draw);
				return sum;
			}).toArray();
			final double mean = Arrays.stream(errors).average().orElseThrow();
			System.out.printf(Locale.ROOT, "sigma %.2f  ", sigma);
			for (final double e : errors) System.out.printf(Locale.ROOT, " %.4f", e / mean);
			System.out.println();
		}
	}

	private double error(final float[] content, final int[] size, final double sigma, final int draw) {
		return Scopes.compute(() -> {
			final Tensor clean = embed(Tensors.of(content, 1, channels, 96, 96), size);
			final Tensor inner = embed(SampleRandom.single(3, 2L * draw).normal(channels, 96, 96), size);
			final Tensor around = SampleRandom.single(3, 2L * draw + 1).normal(channels, size[0], size[1]);
			final Tensor ones = embed(Tensors.of(filled(channels * 96 * 96), 1, channels, 96, 96), size);
			final Tensor noise = inner.add(around.sub(around.mul(ones)));
			return Tensors.squaredNorm(prior.denoise(Tensors.add(clean, sigma, noise), sigma).sub(clean).mul(ones))[0];
		});
	}

	private static float[] filled(final int n) {
		final float[] ones = new float[n];
		Arrays.fill(ones, 1);
		return ones;
	}

	private static Tensor embed(final Tensor image, final int[] size) {
		final int top = (size[0] - 96) / 2, left = (size[1] - 96) / 2;
		return org.bytedeco.pytorch.global.torch.constant_pad_nd(image, new long[] { left, size[1] - 96 - left, top, size[0] - 96 - top },
			new org.bytedeco.pytorch.Scalar(0.0));
	}

	/** A slice at 2.5 pixels to one, in a frame of zeros; a complex one with a constant phase. */
	private float[] content(final int z) {
		final float[] slice = held.slices().get(z), content = new float[channels * 96 * 96];
		final double step = Math.max(held.width(), held.height()) / 88.0;
		for (int r = 4; r < 92; r++) for (int c = 4; c < 92; c++) {
			final int y = (int) ((r - 48) * step + held.height() / 2.0), x = (int) ((c - 48) * step + held.width() / 2.0);
			if (y >= 0 && x >= 0 && y < held.height() && x < held.width()) content[r * 96 + c] = slice[y * held.width() + x];
		}
		for (int i = 0; channels == 2 && i < 96 * 96; i++) {
			content[96 * 96 + i] = 0.6f * content[i];
			content[i] *= 0.8f;
		}
		return content;
	}
}
