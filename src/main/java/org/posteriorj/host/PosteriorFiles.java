package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.workflow.ReconstructionPage;

import ij.ImagePlus;

/** The files of a posterior: mean, std, samples, residual, mask, report.html and result.json. */
public final class PosteriorFiles {

	private PosteriorFiles() {}

	/** Writes everything, or nothing if something fails. */
	public static void write(final File output, final String format, final Posterior posterior, final Map<String, ImagePlus> windows) throws IOException {
		files(output, format, posterior, windows).write();
	}

	/** The files, to which others can be added before they are written together. */
	public static ResultFiles files(final File output, final String format, final Posterior posterior, final Map<String, ImagePlus> windows) {
		final ResultFiles files = new ResultFiles(output, format).add("mean", windows.get("mean"), posterior.mean());
		if (posterior.std() != null) {
			files.add("std", windows.get("std"), posterior.std());
			files.add("samples", samples(posterior), posterior.samples());
		}
		if (posterior.residual() != null) files.add("residual", windows.get("residual"), posterior.residual());
		if (posterior.mask() != null) files.add("mask", windows.get("mask"), posterior.mask());
		return files.addText("report.html", ReconstructionPage.html(posterior)).add(posterior.provenance());
	}

	/** Magnitudes of all samples, one frame each. */
	private static ImagePlus samples(final Posterior posterior) {
		final Volume first = posterior.samples().get(0);
		final ij.ImageStack stack = new ij.ImageStack(first.width(), first.height());
		for (final Volume sample : posterior.samples()) sample.magnitude().slices().forEach(slice -> stack.addSlice("", slice));
		final ImagePlus image = new ImagePlus("samples", stack);
		image.setDimensions(1, first.depth(), posterior.samples().size());
		image.setOpenAsHyperStack(true);
		image.setCalibration(Windows.image(first.magnitude()).getCalibration());
		Windows.fitDisplay(image);
		Windows.describe(image, posterior.provenance());
		return image;
	}
}
