package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.posteriorj.data.Provenance;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.InspectPrior;
import org.posteriorj.workflow.InspectPriorSettings;
import org.posteriorj.workflow.Inspection;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** What a prior file is, checked and tried on an image. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Priors>Inspect Prior...",
	description = "Says what a prior file is, whether it works as a denoiser, its denoising curve, and shows pictures at six noise levels.")
public final class InspectPriorCommand extends PosteriorCommand {

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt).")
	private String prior = "brain-mri";

	@Parameter(label = "Image", persist = false, required = false, description = "Grey image or stack to denoise, any scale; without one a built-in picture.")
	private ImagePlus input;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for pictures and result.json; empty = show windows only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, nii, separated by commas.")
	private String format = "tif";

	@Parameter(label = "Pictures", type = ItemIO.OUTPUT)
	private ImagePlus pictures;

	@Override
	public void check() {
		new InspectPriorSettings(prior);
		ResultFiles.check(output, format, ResultFiles.IMAGES);
	}

	@Override
	protected void execute() throws IOException {
		// NB: in ImageJ the active window comes as input, whatever it is
		final boolean image = input != null && Windows.isImage(input);
		if (input != null && !image) result("note", "window '" + input.getTitle() + "' is not a grey image, so the built-in picture is taken");
		final Inspection inspection = new InspectPrior(new InspectPriorSettings(prior)).run(image ? Windows.volume(input) : null, monitor());
		final Map<String, Object> facts = new LinkedHashMap<>(inspection.facts());
		int n = 0;
		for (final String refusal : inspection.refusals()) facts.put("reason" + (n++ == 0 ? "" : " " + n), refusal);
		for (int l = 0; l < inspection.denoised().length; l++) {
			final double denoised = inspection.denoised()[l];
			facts.put("sigma " + inspection.levels().get(l), Double.isNaN(denoised) ? "outside the range of the prior" : String.format(Locale.ROOT,
				"%.2f dB denoised, %.2f dB noisy", denoised, inspection.noisy()[l]));
		}
		facts.forEach(this::result);
		final Provenance record = new Provenance(commandLine(), options(), facts, List.of());
		if (inspection.pictures() != null) {
			pictures = Windows.image(inspection.pictures());
			Windows.describe(pictures, record);
		}
		if (output == null) return;
		final ResultFiles files = new ResultFiles(output, format);
		if (pictures != null) files.add("pictures", pictures, inspection.pictures());
		files.add(record).write();
	}
}
