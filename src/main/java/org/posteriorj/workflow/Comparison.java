package org.posteriorj.workflow;

import java.util.List;

/**
 * Metrics of an image against its reference.
 *
 * @param slices one row per slice
 * @param mean the mean over the slices
 * @param scale factor applied to the image before the comparison, 1 unless a fit was asked for
 */
public record Comparison(List<Row> slices, Row mean, double scale) {

	/**
	 * @param psnr dB, against the maximum of the whole reference
	 * @param ssim structural similarity of the magnitudes, 7x7 window
	 * @param nrmse {@code |x - ref| / |ref|}
	 */
	public record Row(double psnr, double ssim, double nrmse) {}
}
