package org.posteriorj.physics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

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

/** Times the non-uniform Fourier transform against {@code bart nufft} in the same run. Run by hand; needs bart on the path. */
final class NufftBenchmark {

	private static final int SIZE = 256;
	private static final int COILS = 8;

	private NufftBenchmark() {}

	public static void main(final String[] arguments) throws IOException, InterruptedException {
		System.out.println("threads " + LibTorch.threads() + ", " + SIZE + "^2, " + COILS + " coils, 128 spokes of 512");
		final Trajectory trajectory = Trajectories.radial(128, 512, SIZE);
		final float[] image = Tensors.toFloats(SampleRandom.single(1, 0).normal(COILS, SIZE, SIZE, 2));
		final float[] samples;
		final double forward, adjoint, normal;
		try (Nufft nufft = new Nufft(trajectory, SIZE, SIZE, Nufft.Accuracy.STANDARD);
			ToeplitzNormal toeplitz = new ToeplitzNormal(trajectory, null, SIZE, SIZE))
		{
			final Tensor x = Complex.fromPairs(Tensors.of(image, COILS, SIZE, SIZE, 2));
			final Tensor y = nufft.forward(x);
			samples = Tensors.toFloats(Complex.toPairs(y));
			forward = best(() -> nufft.forward(x));
			adjoint = best(() -> nufft.adjoint(y));
			normal = best(() -> toeplitz.apply(x));
			final Tensor doubled = Scopes.keep(() -> ImagePadding.pad(x, 2 * SIZE, 2 * SIZE));
			final double two = best(() -> torch.fft_ifft2(torch.fft_fft2(doubled)));
			System.out.printf("forward %.0f ms, adjoint %.0f ms, Toeplitz %.0f ms = %.2f of its two FFTs (%.0f ms)%n", forward, adjoint, normal,
				normal / two, two);
		}
		againstBart(trajectory, image, samples, forward, adjoint);
		againstPics(trajectory);
	}

	/** Least squares of a multi-coil radial scan, 30 iterations of conjugate gradients each. */
	private static void againstPics(final Trajectory trajectory) throws IOException, InterruptedException {
		final Path folder = Files.createTempDirectory("pics");
		final float[] maps = coilMaps(), truth = phantom();
		final int points = trajectory.points();
		final long[] times = new long[2];
		final float[][] ours = new float[2][];
		Scopes.run(() -> {
			times[0] = System.nanoTime();
			try (NonCartesianSense operator = new NonCartesianSense(Complex.fromPairs(Tensors.of(maps, COILS, SIZE, SIZE, 2)), trajectory)) {
				times[0] = System.nanoTime() - times[0];
				final Tensor x = Complex.toChannels(Complex.fromPairs(Tensors.of(truth, 1, SIZE, SIZE, 2)));
				final Tensor y = operator.forward(x).add(SampleRandom.single(8, 0).normal(COILS, trajectory.shots(), trajectory.samples(), 2).mul(Tensors.of(new float[] { 1e-3f }, 1)));
				times[1] = System.nanoTime();
				final Tensor back = operator.adjoint(y);
				final Tensor solved = new ConjugateGradient(30, 0).solve(operator::normal, back, Tensors.scale(back, 0));
				times[1] = System.nanoTime() - times[1];
				ours[0] = Tensors.toFloats(y);
				ours[1] = Tensors.toFloats(Complex.toPairs(Complex.fromChannels(solved)));
			}
		});
		write(folder.resolve("k"), positions(trajectory), 3, trajectory.samples(), trajectory.shots());
		write(folder.resolve("s"), maps, SIZE, SIZE, 1, COILS);
		write(folder.resolve("y"), ours[0], 1, trajectory.samples(), trajectory.shots(), COILS);
		final double bart = bart(folder, "pics", "-l2", "-r", "0.000001", "-i", "30", "-t", "k", "y", "s", "x");
		System.out.printf("CG-SENSE ours %.0f ms and %.0f ms to prepare, bart pics %.0f ms: ratio %.1f%n", times[1] / 1e6, times[0] / 1e6, bart,
			bart / ((times[0] + times[1]) / 1e6));
		final float[] theirs = read(folder.resolve("x"));
		System.out.printf("relative error to the truth: ours %.1e, bart %.1e; ours against bart %.1e%n", difference(ours[1], truth),
			difference(theirs, truth), difference(theirs, ours[1]));
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

	private static double best(final Supplier<Tensor> work) {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < 8; i++) {
			final long start = System.nanoTime();
			Scopes.run(work::get);
			best = Math.min(best, (System.nanoTime() - start) / 1e6);
		}
		return best;
	}

	private static void againstBart(final Trajectory trajectory, final float[] image, final float[] samples, final double forward,
		final double adjoint) throws IOException, InterruptedException
	{
		final Path folder = Files.createTempDirectory("nufft");
		write(folder.resolve("k"), positions(trajectory), 3, trajectory.samples(), trajectory.shots());
		// bart's first axis is the one that runs fastest here: columns
		write(folder.resolve("x"), image, SIZE, SIZE, 1, COILS);
		write(folder.resolve("y"), samples, 1, trajectory.samples(), trajectory.shots(), COILS);
		final double there = bart(folder, "nufft", "k", "x", "fy"), back = bart(folder, "nufft", "-a", "-d", SIZE + ":" + SIZE + ":1", "k", "y", "ax");
		System.out.printf("bart nufft %.0f ms (ratio %.1f), adjoint %.0f ms (ratio %.1f), program start and files included%n", there,
			there / forward, back, back / adjoint);
		System.out.printf("difference of the samples %.1e%n", difference(read(folder.resolve("fy")), samples));
	}

	private static double bart(final Path folder, final String... words) throws IOException, InterruptedException {
		final java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("bart"));
		command.addAll(java.util.List.of(words));
		double best = Double.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
			builder.environment().put("OMP_NUM_THREADS", String.valueOf(LibTorch.threads()));
			final long start = System.nanoTime();
			if (builder.start().waitFor() != 0) throw new IOException("bart failed");
			best = Math.min(best, (System.nanoTime() - start) / 1e6);
		}
		return best;
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
