package org.posteriorj.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.posteriorj.data.Volume;
import org.posteriorj.quality.Nrmse;
import org.posteriorj.quality.Psnr;
import org.posteriorj.quality.Ssim;
import org.posteriorj.workflow.Comparison.Row;

/** PSNR, SSIM and NRMSE of an image against its reference. */
public final class CompareWithReference {

	private CompareWithReference() {}

	/** Compares magnitudes; with {@code fit} the image is first scaled to the reference by least squares. */
	public static Comparison run(final Volume image, final Volume reference, final boolean fit) {
		final Volume x = image.magnitude(), truth = reference.magnitude();
		final double scale = fit ? fit(x, truth) : 1;
		final Volume scaled = scale == 1 ? x : times(x, scale);
		final double[] psnr = Psnr.slices(scaled, truth), ssim = Ssim.slices(scaled, truth), nrmse = Nrmse.slices(scaled, truth);
		final List<Row> rows = IntStream.range(0, truth.depth()).mapToObj(z -> new Row(psnr[z], ssim[z], nrmse[z])).toList();
		return new Comparison(rows, new Row(mean(psnr), mean(ssim), mean(nrmse)), scale);
	}

	/** {@code <x, truth> / <x, x>}, the factor that brings x nearest to the truth. */
	private static double fit(final Volume x, final Volume truth) {
		double product = 0, square = 0;
		for (int z = 0; z < Math.min(x.depth(), truth.depth()); z++) {
			final float[] a = x.slices().get(z), b = truth.slices().get(z);
			for (int i = 0; i < Math.min(a.length, b.length); i++) {
				product += (double) a[i] * b[i];
				square += (double) a[i] * a[i];
			}
		}
		if (square > 0) return product / square;
		throw new IllegalArgumentException("compare with reference: the image is zero everywhere and cannot be scaled - choose another image.");
	}

	private static Volume times(final Volume x, final double factor) {
		final List<float[]> slices = x.slices().stream().map(slice -> {
			final float[] scaled = new float[slice.length];
			for (int i = 0; i < slice.length; i++) scaled[i] = (float) (factor * slice[i]);
			return scaled;
		}).toList();
		return new Volume(x.title(), x.width(), x.height(), x.channels(), slices, x.voxel(), x.unit());
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().orElse(Double.NaN);
	}
}
