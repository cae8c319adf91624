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
		final int points = trajectory.points();
		final double[] ky = trajectory.ky(), kx = trajectory.kx();
		final float[] k = new float[6 * points];
		for (int p = 0; p < points; p++) {
			k[6 * p] = (float) kx[p];
			k[6 * p + 2] = (float) ky[p];
		}
		write(folder.resolve("k"), k, 3, trajectory.samples(), trajectory.shots());
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
		System.out.printf("scale bart / ours %.5f%n", ab / bb);
		return Math.sqrt(Math.max(0, aa - ab * ab / bb) / aa);
	}
}
