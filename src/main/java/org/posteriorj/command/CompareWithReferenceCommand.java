package org.posteriorj.command;

import java.util.Locale;

import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.CompareWithReference;
import org.posteriorj.workflow.Comparison;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** PSNR, SSIM and NRMSE of an image against its reference. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Evaluate>Compare With Reference...",
	description = "PSNR, SSIM and NRMSE of an image or volume against its reference; magnitudes are compared.")
public final class CompareWithReferenceCommand extends PosteriorCommand {

	@Parameter(label = "Image", persist = false, description = "Image or stack to judge.")
	private ImagePlus input;

	@Parameter(label = "Reference", persist = false, description = "The truth, of the same size and in the same units.")
	private ImagePlus reference;

	@Parameter(label = "Fit scale", persist = false,
		description = "Whether the image is first scaled to the reference by least squares: true or false. For data in arbitrary units.")
	private boolean fit = false;

	@Override
	public void check() {
		// the images themselves are checked by the comparison
	}

	@Override
	protected void execute() {
		final Comparison comparison = CompareWithReference.run(Windows.volume(input), Windows.volume(reference), fit);
		result("psnr", String.format(Locale.ROOT, "%.3f dB", comparison.mean().psnr()));
		result("ssim", String.format(Locale.ROOT, "%.4f", comparison.mean().ssim()));
		result("nrmse", String.format(Locale.ROOT, "%.5f", comparison.mean().nrmse()));
		result("scale", comparison.scale());
		result("slices", comparison.slices().size());
	}
}
