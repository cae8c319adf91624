package org.posteriorj.physics.mri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.BartWriter;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * One iteration of CG-SENSE beside one of {@code bart pics -l2}, 128 x 128 and 16 coils, one thread each, in turns.
 * <p>
 * Seconds of the processor, so that other programs do not count; 120 iterations less 20, so that starting, reading and preparing do not
 * either. Run by hand with -Dposteriorj.threads=1; needs bart on the path.
 */
public final class CgSenseBenchmark {

	private static final int SIZE = 128, COILS = 16, FEW = 20, MANY = 120, ROUNDS = 9;

	private CgSenseBenchmark() {}

	/** No arguments. */
	public static void main(final String[] args) throws IOException, InterruptedException {
		if (LibTorch.threads() != 1) throw new IllegalArgumentException("start with -Dposteriorj.threads=1, as BART runs with OMP_NUM_THREADS=1.");
		final SamplingMask masks = new SamplingMask(SIZE, SIZE, 4, 24);
		compare("readout lines", masks.equispaced());
		compare("2-D Poisson disk", masks.poissonDisk(1));
	}

	private static void compare(final String name, final boolean[] mask) throws IOException, InterruptedException {
		final Path folder = Files.createTempDirectory("cg-sense");
		final KSpace scan = SimulatedScans.scan(COILS, SIZE, SIZE, mask, 0.01, false);
		final float[] maps = CoilSimulation.maps(COILS, SIZE, SIZE, 1);
		BartWriter.write(folder.resolve("k.cfl"), scan);
		BartWriter.write(folder.resolve("maps.cfl"), new KSpace("maps", COILS, SIZE, SIZE, List.of(maps), List.of(new SamplingMask(SIZE, SIZE, 1, 0).full()),
			VoxelSize.UNKNOWN, null, List.of()));
		final double[][] ms = new double[2][ROUNDS];
		final float[] sampled = new float[mask.length];
		for (int i = 0; i < mask.length; i++) sampled[i] = mask[i] ? 1 : 0;
		try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, COILS, SIZE, SIZE, 2)), Tensors.of(sampled, SIZE, SIZE))) {
			final Tensor y = Tensors.of(scan.slices().get(0), 1, COILS, SIZE, SIZE, 2);
			own(operator, y, MANY);
			for (int i = 0; i < ROUNDS; i++) {
				ms[0][i] = (own(operator, y, MANY) - own(operator, y, FEW)) / (MANY - FEW);
				ms[1][i] = (bart(folder, MANY) - bart(folder, FEW)) / (MANY - FEW);
			}
		}
		for (final double[] times : ms) Arrays.sort(times);
		System.out.printf(Locale.ROOT, "%s: CG-SENSE %.2f ms an iteration, BART %.2f ms, ratio %.2f (medians of %d)%n", name, ms[0][ROUNDS / 2], ms[1][ROUNDS / 2],
			ms[0][ROUNDS / 2] / ms[1][ROUNDS / 2], ROUNDS);
	}

	/** Milliseconds of the processor for the whole solution. */
	private static double own(final SenseOperator operator, final Tensor y, final int iterations) {
		final java.lang.management.ThreadMXBean clock = java.lang.management.ManagementFactory.getThreadMXBean();
		final long start = clock.getCurrentThreadCpuTime();
		Scopes.run(() -> {
			final Tensor right = operator.adjoint(y);
			new ConjugateGradient(iterations, 0).solve(x -> Tensors.add(operator.normal(x), 0.01, x), right, Tensors.scale(right, 0));
		});
		return (clock.getCurrentThreadCpuTime() - start) / 1e6;
	}

	/** As {@link #own}; the shell reports the times of the programs that it has run. */
	private static double bart(final Path folder, final int iterations) throws IOException, InterruptedException {
		final Path times = folder.resolve("times");
		final ProcessBuilder builder = new ProcessBuilder("sh", "-c", "bart pics -w 1 -l2 -r 0.01 -i " + iterations + " k maps x >/dev/null && times")
			.directory(folder.toFile()).redirectOutput(times.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("OMP_NUM_THREADS", "1");
		if (builder.start().waitFor() != 0) throw new IOException("bart pics failed");
		double ms = 0;
		// second line, the children: 0m1.234000s 0m0.012000s
		for (final String part : Files.readAllLines(times).get(1).split(" ")) {
			final String[] minutes = part.replace("s", "").split("m");
			ms += 1e3 * (60 * Double.parseDouble(minutes[0]) + Double.parseDouble(minutes[1]));
		}
		return ms;
	}
}
