package org.posteriorj.physics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.mri.NonCartesianSense;
import org.posteriorj.physics.mri.Trajectories;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The non-uniform Fourier transform, its adjoint and CG-SENSE beside {@code bart nufft} and {@code bart pics -t}, one thread each.
 * <p>
 * Seconds of the processor, so that other programs do not count; those of BART include starting and files, and the ones here what is
 * prepared for a trajectory, where it says so. Run by hand with -Dposteriorj.threads=1; needs bart on the path.
 */
final class NufftBenchmark {

	private static final int SIZE = 256, COILS = 8, REPEATS = 3, FEW = 10, MANY = 30;

	private NufftBenchmark() {}

	/** No arguments. */
	public static void main(final String[] arguments) throws IOException, InterruptedException {
		if (LibTorch.threads() != 1) throw new IllegalArgumentException("start with -Dposteriorj.threads=1, as BART runs with OMP_NUM_THREADS=1.");
		System.out.println(SIZE + "^2, " + COILS + " coils; milliseconds of the processor, least of " + REPEATS);
		compare("radial, 128 spokes of 512", Trajectories.radial(128, 512, SIZE));
		compare("spiral, 16 interleaves", Trajectories.denseCentreSpiral(16, 32, 2, SIZE));
	}

	private static void compare(final String name, final Trajectory trajectory) throws IOException, InterruptedException {
		System.out.println(name + ", " + trajectory.points() + " samples");
		final Trajectory rounded = trajectory.rounded();
		againstNufft(rounded);
		againstPics(rounded);
	}

	private static void againstNufft(final Trajectory trajectory) throws IOException, InterruptedException {
		final Path folder = Files.createTempDirectory("nufft");
		final float[] image = Tensors.toFloats(SampleRandom.single(1, 0).normal(COILS, SIZE, SIZE, 2)), samples;
		final double forward, adjoint;
		final double prepared = least(() -> new Nufft(trajectory, SIZE, SIZE, Nufft.Accuracy.STANDARD).close());
		try (Nufft nufft = new Nufft(trajectory, SIZE, SIZE, Nufft.Accuracy.STANDARD);
			ToeplitzNormal toeplitz = new ToeplitzNormal(trajectory, null, SIZE, SIZE))
		{
			final Tensor x = Complex.fromPairs(Tensors.of(image, COILS, SIZE, SIZE, 2)), y = nufft.forward(x);
			samples = Tensors.toFloats(Complex.toPairs(y));
			forward = least(() -> nufft.forward(x));
			adjoint = least(() -> nufft.adjoint(y));
			final double normal = least(() -> toeplitz.apply(x));
			final Tensor doubled = Scopes.keep(() -> ImagePadding.pad(x, 2 * SIZE, 2 * SIZE));
			final double two = least(() -> torch.fft_ifft2(torch.fft_fft2(doubled)));
			System.out.printf("  preparing %.0f, forward %.0f, adjoint %.0f, Toeplitz normal %.0f = %.2f of its two FFTs (%.0f)%n", prepared, forward, adjoint, normal,
				normal / two, two);
			write(folder.resolve("k"), positions(trajectory), 3, trajectory.samples(), trajectory.shots());
			// bart's first axis is the one that runs fastest here: columns
			write(folder.resolve("x"), image, SIZE, SIZE, 1, COILS);
			write(folder.resolve("y"), samples, 1, trajectory.samples(), trajectory.shots(), COILS);
			final double there = bart(folder, "nufft k x fy"), back = bart(folder, "nufft -a -d " + SIZE + ":" + SIZE + ":1 k y ax");
			System.out.printf("  bart nufft %.0f: ratio %.2f of forward with preparing; adjoint %.0f: ratio %.2f%n", there, (prepared + forward) / there, back,
				(prepared + adjoint) / back);
			System.out.printf("  difference of the samples %.1e, of the adjoint images %.1e%n", difference(read(folder.resolve("fy")), samples), difference(read(folder
				.resolve("ax")), Tensors.toFloats(Complex.toPairs(nufft.adjoint(y)))));
		}
	}

	/** Least squares of a multi-coil scan by conjugate gradients, both from zero and by the Toeplitz normal operator. */
	private static void againstPics(final Trajectory trajectory) throws IOException, InterruptedException {
		final Path folder = Files.createTempDirectory("pics");
		final float[] maps = coilMaps(), truth = phantom();
		final double prepared = least(() -> new NonCartesianSense(Complex.fromPairs(Tensors.of(maps, COILS, SIZE, SIZE, 2)), trajectory).close());
		try (NonCartesianSense operator = new NonCartesianSense(Complex.fromPairs(Tensors.of(maps, COILS, SIZE, SIZE, 2)), trajectory)) {
			final Tensor x = Complex.toChannels(Complex.fromPairs(Tensors.of(truth, 1, SIZE, SIZE, 2)));
			final Tensor noise = SampleRandom.single(8, 0).normal(COILS, trajectory.shots(), trajectory.samples(), 2);
			final Tensor y = Tensors.add(operator.forward(x), 1e-3, noise);
			final float[] ours = Tensors.toFloats(Complex.toPairs(Complex.fromChannels(solved(operator, y, MANY))));
			final double many = least(() -> solved(operator, y, MANY)), few = least(() -> solved(operator, y, FEW));
			write(folder.resolve("k"), positions(trajectory), 3, trajectory.samples(), trajectory.shots());
			write(folder.resolve("s"), maps, SIZE, SIZE, 1, COILS);
			write(folder.resolve("y"), Tensors.toFloats(y), 1, trajectory.samples(), trajectory.shots(), COILS);
			final String pics = "pics -l2 -r 0.000001 -t k -i ";
			final double bartFew = bart(folder, pics + FEW + " y s x"), bartMany = bart(folder, pics + MANY + " y s x");
			System.out.printf("  CG-SENSE, %d iterations: %.0f and %.0f to prepare, bart pics %.0f: ratio %.2f; an iteration %.0f, bart %.0f: ratio %.2f%n", MANY, many,
				prepared, bartMany, (prepared + many) / bartMany, (many - few) / (MANY - FEW), (bartMany - bartFew) / (MANY - FEW), (many - few) / (bartMany - bartFew));
			final float[] theirs = read(folder.resolve("x"));
			System.out.printf("  relative error to the truth: ours %.1e, bart %.1e; ours against bart %.1e%n", difference(ours, truth), difference(theirs, truth),
				difference(theirs, ours));
		}
	}

	private static Tensor solved(final NonCartesianSense operator, final Tensor y, final int iterations) {
		return Scopes.keep(() -> {
			final Tensor back = operator.adjoint(y);
			return new ConjugateGradient(iterations, 0).solve(operator::normal, back, Tensors.scale(back, 0));
		});
	}

	private static float[] coilMaps() {
		final float[] maps = new float[2 * COILS * SIZE * SIZE];
		for (int c = 0; c < COILS; c++) for (int i = 0; i < SIZE * SIZE; i++) {
			final double a = 2 * Math.PI * c / COILS, y = i / SIZE / (SIZE / 2.0) - 1 - 1.2 * Math.sin(a), x = i % SIZE / (SIZE / 2.0) - 1 - 1.2 * Math.cos(a);
			final double size = Math.exp(-(x * x + y * y) / 1.5), phase = a + x;
			maps[2 * (c * SIZE * SIZE + i)] = (float) (size * Math.cos(phase));
			maps[2 * (c * SIZE * SIZE + i) + 1] = (float) (size * Math.sin(phase));
		}
		return maps;
	}

	private static float[] phantom() {
		final float[] image = new float[2 * SIZE * SIZE];
		for (int i = 0; i < SIZE * SIZE; i++) {
			final double y = i / SIZE - 120, x = i % SIZE - 134;
			for (int k = 1; k < 6; k++) image[2 * i] += (float) (Math.exp(-(x * x + k * y * y) / (900.0 * k)) * Math.cos(k * x / 9));
		}
		return image;
	}

	private static float[] positions(final Trajectory trajectory) {
		final double[] ky = trajectory.ky(), kx = trajectory.kx();
		final float[] k = new float[6 * ky.length];
		for (int p = 0; p < ky.length; p++) {
			k[6 * p] = (float) kx[p];
			k[6 * p + 2] = (float) ky[p];
		}
		return k;
	}

	private static double least(final Runnable work) {
		final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
		double least = Double.MAX_VALUE;
		for (int i = 0; i <= REPEATS; i++) {
			final long start = clock.getCurrentThreadCpuTime();
			Scopes.run(work);
			if (i > 0) least = Math.min(least, (clock.getCurrentThreadCpuTime() - start) / 1e6);
		}
		return least;
	}

	/** The shell reports the times of the programs that it has run. */
	private static double bart(final Path folder, final String words) throws IOException, InterruptedException {
		double least = Double.MAX_VALUE;
		for (int i = 0; i < REPEATS; i++) {
			final Path times = folder.resolve("times");
			final ProcessBuilder builder = new ProcessBuilder("sh", "-c", "bart " + words + " >/dev/null && times").directory(folder.toFile()).redirectOutput(times
				.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
			builder.environment().put("OMP_NUM_THREADS", "1");
			if (builder.start().waitFor() != 0) throw new IOException("bart failed");
			double ms = 0;
			// second line, the children: 0m1.234000s 0m0.012000s
			for (final String part : Files.readAllLines(times).get(1).split(" ")) {
				final String[] minutes = part.replace("s", "").split("m");
				ms += 1e3 * (60 * Double.parseDouble(minutes[0]) + Double.parseDouble(minutes[1]));
			}
			least = Math.min(least, ms);
		}
		return least;
	}

	private static void write(final Path name, final float[] values, final int... sizes) throws IOException {
		final StringBuilder header = new StringBuilder("# Dimensions\n");
		for (int i = 0; i < 16; i++) header.append(i < sizes.length ? sizes[i] : 1).append(' ');
		Files.writeString(Path.of(name + ".hdr"), header.append('\n'));
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		Files.write(Path.of(name + ".cfl"), bytes.array());
	}

	private static float[] read(final Path name) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(name + ".cfl"))).order(ByteOrder.LITTLE_ENDIAN);
		final float[] values = new float[bytes.capacity() / 4];
		bytes.asFloatBuffer().get(values);
		return values;
	}

	/** Relative difference after the best common scale. */
	private static double difference(final float[] a, final float[] b) {
		double ab = 0, bb = 0, aa = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (double) a[i] * b[i];
			bb += (double) b[i] * b[i];
			aa += (double) a[i] * a[i];
		}
		return Math.sqrt(Math.max(0, aa - ab * ab / bb) / aa);
	}
}
