package org.posteriorj.workflow;

import org.posteriorj.data.Volume;

/** PSNR, SSIM and NRMSE of an image against its reference. */
public final class CompareWithReference {

	private CompareWithReference() {}

	/** Compares magnitudes; with {@code fit} the image is first scaled to the reference by least squares. */
	public static Comparison run(final Volume image, final Volume reference, final boolean fit) {
		throw new UnsupportedOperationException("arrives with the metrics " + image + reference + fit);
	}
}
