package org.posteriorj.physics.ct;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Every twelfth view of a real fan-beam scan against the image of all views. */
@Tag("slow")
class RealScanTest {

	private static final int SIZE = 256;
	private static final int DETECTORS = 560;
	private static final int SKIP = 12;

	@Test
	void totalVariationOfSparseViewsIsNearerToTheFullScanThanFbpAndSirt() throws IOException {
		final float[] sinogram = NumPy.read("sinograms/htc2022-fan/sino_htc2022_tb.npy");
		final Geometry full = Geometry.fan(Geometry.evenAngles(720, 360), 0.2, 410.66, 553.74, 2 * 0.14832);
		final float[] all = java.util.Arrays.copyOf(sinogram, 720 * DETECTORS), few = new float[720 / SKIP * DETECTORS];
		for (int v = 0; v < 720 / SKIP; v++) System.arraycopy(all, v * SKIP * DETECTORS, few, v * DETECTORS, DETECTORS);
		final float[] reference = new FilteredBackprojection(full, DETECTORS, SIZE, SIZE, FilterWindow.HANN).reconstruct(all);
		final Geometry sparse = full.withAngles(Geometry.evenAngles(720 / SKIP, 360));
		final CtOperator operator = CtOperator.of(sparse, DETECTORS, SIZE, SIZE);
		Scopes.run(() -> {
			final Tensor y = Tensors.of(few, 1, 720 / SKIP, DETECTORS);
			final Tensor fbp = new FilteredBackprojection(sparse, DETECTORS, SIZE, SIZE, FilterWindow.HANN).reconstruct(y);
			final double sigma = 0.02;
			final Tensor tv = new TotalVariation(new DataConsistency(operator, y, sigma), Differences.IN_PLANE, 1000).solve(fbp, 40, Progress.NONE);
			final Tensor cgls = new Cgls(operator, null).reconstruct(y, Tensors.scale(fbp, 0), 15, Progress.NONE);
			try (Sirt sirt = new Sirt(operator)) {
				final double a = report("fbp", fbp, reference), b = report("sirt", sirt.reconstruct(y, fbp, 30, true, Progress.NONE), reference);
				final double c = report("cgls", cgls, reference), d = report("tv", tv, reference);
				assertTrue(d > a && d > b && d > c && d > 0.99, a + ", " + b + ", " + c + ", " + d);
			}
			System.out.printf("residual of TV per datum in units of sigma: %.2f%n", Math.sqrt(new DataConsistency(operator, y, sigma).chiSquare(tv)[0]));
		});
		Pictures.write("htc-60-reference", reference, SIZE, SIZE);
	}

	private static double report(final String name, final Tensor image, final float[] reference) {
		final float[] values = Tensors.toFloats(image);
		final double correlation = Statistics.correlation(values, reference);
		System.out.printf("%s: correlation %.4f, scale %.4f%n", name, correlation, Statistics.slope(reference, values));
		try {
			Pictures.write("htc-60-" + name, values, SIZE, SIZE);
		}
		catch (final IOException exc) {
			throw new java.io.UncheckedIOException(exc);
		}
		return correlation;
	}
}
