package org.posteriorj.physics.ct;

import java.nio.file.Files;
import java.nio.file.Path;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Geometry;
import org.posteriorj.tensor.LibTorch;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;

/** Times the projectors against scikit-image's radon in the same run; needs python3 with skimage. Run by hand. */
final class ProjectorBenchmark {

	private ProjectorBenchmark() {}

	public static void main(final String[] arguments) throws Exception {
		System.out.println("threads " + LibTorch.threads());
		for (final int size : new int[] { 128, 256, 512, 1024 }) {
			final int detectors = (int) Math.ceil(size * Math.sqrt(2));
			final double[] angles = Geometry.evenAngles(180, 180);
			final double parallel = report("parallel", size, CtOperator.of(Geometry.parallel(angles, 1, 1), detectors, size, size));
			report("fan", size, CtOperator.of(Geometry.fan(angles, 1.5, 4 * size, 6 * size, 1), detectors, size, size));
			if (size <= 512) fourier(size, detectors);
			if (size <= 512) {
				final double skimage = skimage(size);
				System.out.printf("  skimage radon(circle=False) %.1f ms, ratio %.1f%n", skimage, skimage / parallel);
			}
		}
	}

	/** The normal operator by rays and by the Fourier slice theorem. */
	private static void fourier(final int size, final int detectors) {
		for (final int views : new int[] { 16, 64, 180 }) {
			final Geometry geometry = Geometry.parallel(Geometry.evenAngles(views, 180), 1, 1);
			final CtOperator rays = CtOperator.of(geometry, detectors + 2, size, size);
			try (FourierParallelBeam slices = new FourierParallelBeam(geometry, detectors + 2, size, size)) {
				Scopes.run(() -> {
					final Tensor image = SampleRandom.single(1, 0).normal(1, size, size);
					System.out.printf("  A^T A, %d views: rays %.1f ms, Fourier %.1f ms%n", views, best(() -> rays.normal(image)),
						best(() -> slices.normal(image)));
				});
			}
		}
	}

	private static double report(final String name, final int size, final CtOperator operator) {
		return Scopes.compute(() -> {
			final Tensor image = SampleRandom.single(1, 0).normal(operator.imageShape());
			final Tensor data = operator.forward(image);
			final double forward = best(() -> operator.forward(image)), adjoint = best(() -> operator.adjoint(data));
			System.out.printf("%s %d^2 180 views: forward %.1f ms, adjoint %.1f ms%n", name, size, forward, adjoint);
			return forward;
		});
	}

	/** Milliseconds of the fastest run; the first ones warm up. */
	private static double best(final java.util.function.Supplier<Tensor> work) {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < 12; i++) {
			final long start = System.nanoTime();
			Scopes.run(work::get);
			best = Math.min(best, (System.nanoTime() - start) / 1e6);
		}
		return best;
	}

	private static double skimage(final int size) throws Exception {
		final String script = "import time,numpy as np\nfrom skimage.transform import radon\nx=np.random.rand(" + size + "," + size +
			").astype(np.float32)\nth=np.arange(180.)\nbest=1e9\nfor i in range(3):\n t=time.time();radon(x,th,circle=False)\n best=min(best,time.time()-t)\n" +
			"print(best*1000)\n";
		final Path file = Files.writeString(Files.createTempFile("radon", ".py"), script);
		final Process process = new ProcessBuilder("/usr/bin/python3", "-W", "ignore", file.toString()).start();
		final String out = new String(process.getInputStream().readAllBytes()).trim();
		Files.delete(file);
		return Double.parseDouble(out);
	}
}
