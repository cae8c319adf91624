package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.host.KSpaceWindow;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.PosteriorFiles;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.AcquisitionPlan;
import org.posteriorj.workflow.PlanAcquisition;
import org.posteriorj.workflow.PlanAcquisitionSettings;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Which readout lines of a scan to measure next, and the image that they give. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Plan Acquisition...",
	description = "Chooses the readout lines of a Cartesian scan one after the other by what they are expected to tell.")
public final class PlanAcquisitionCommand extends PosteriorCommand {

	@Parameter(label = "K-space", persist = false, description = "A k-space window or raw data file: a scan with all its lines, or with those measured so far.")
	private ImagePlus input;

	@Parameter(label = "Mode", persist = false, choices = { "Retrospective", "Prospective" },
		description = "Retrospective tries out on a scan that has all lines, using only those it has chosen; Prospective says what to measure after what the scan has.")
	private String mode = "Retrospective";

	@Parameter(label = "Lines", persist = false, min = "2", max = "4096", description = "Lines of the finished plan, those measured first included, 2 to 4096.")
	private int lines = 32;

	@Parameter(label = "ACS lines", persist = false, min = "1", max = "4096",
		description = "Central lines measured first, 1 to 4096, at least 10 for more than one coil; Retrospective only.")
	private int acs = 12;

	@Parameter(label = "Slice", persist = false, min = "0", max = "100000", description = "Slice to plan, counted from 1, to 100000; 0 = the middle one.")
	private int slice = 0;

	@Parameter(label = "Samples", persist = false, min = "2", max = "256", description = "Particles that choose the lines, and posterior samples in the end, 2 to 256.")
	private int samples = 8;

	@Parameter(label = "Score", persist = false, choices = { "variance", "kl", "bhattacharyya", "ads-plus" },
		description = "What a line is chosen by: variance over the particles, upper or lower bound of the entropy, or the published formula.")
	private String score = "variance";

	@Parameter(label = "Lines per decision", persist = false, min = "1", max = "4096", description = "Lines chosen at a time, 1 to 4096; more is faster; Retrospective only.")
	private int batch = 1;

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt).")
	private String prior = "brain-mri";

	@Parameter(label = "Steps", persist = false, min = "0", max = "10000", description = "Steps of the reconstruction in the end, 0 to 10000; 0 = by quality.")
	private int steps = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" },
		description = "How carefully lines are chosen, and number of steps of the reconstruction where Steps is 0.")
	private String quality = "Standard";

	@Parameter(label = "Noise", persist = false, min = "0",
		description = "Standard deviation of the noise per real component in units of the data, at least 0; 0 = estimate it.")
	private double noise = 0;

	@Parameter(label = "Virtual coils", persist = false, min = "0", max = "1024",
		description = "Compress to this many virtual coils, 0 to 1024; 0 = keep all.")
	private int coils = 0;

	@Parameter(label = "Seed", persist = false, description = "Seed of the random numbers, any whole number; the same seed gives the same plan.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" },
		description = "Where the network runs: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for mask (tif, npy, cfl, csv), decisions.csv, plan.json, the images and result.json; empty = show windows only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats of the images in the output folder: any of tif, npy, nii, separated by commas.")
	private String format = "tif";

	@Parameter(label = "Mean", type = ItemIO.OUTPUT)
	private ImagePlus mean;

	@Parameter(label = "Standard deviation", type = ItemIO.OUTPUT)
	private ImagePlus std;

	@Parameter(label = "Mask", type = ItemIO.OUTPUT)
	private ImagePlus mask;

	@Parameter(label = "Growing mask", type = ItemIO.OUTPUT)
	private ImagePlus growth;

	@Override
	public void check() {
		settings();
		ResultFiles.check(output, format, ResultFiles.IMAGES);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return RawFiles.open(file);
	}

	private PlanAcquisitionSettings settings() {
		return new PlanAcquisitionSettings(mode, lines, acs, slice, samples, score, batch, prior, steps, quality, noise, coils, seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final AcquisitionPlan plan = new PlanAcquisition(settings()).run(KSpaceWindow.kspace(input), monitor());
		final Posterior posterior = signed(plan.posterior());
		final Map<String, ImagePlus> windows = Windows.of(posterior, input.getTitle());
		mean = windows.get("mean");
		std = windows.get("std");
		mask = windows.get("mask");
		growth = Windows.image(plan.growth());
		Windows.describe(growth, posterior.provenance());
		if (output != null) {
			PosteriorFiles.files(output, format, posterior, windows).addMask("mask", mask, plan.mask()).addPicture("growth", growth).addTable("mask.csv", plan
				.lineTable()).addTable("decisions.csv", plan.decisionTable()).addJson("plan.json", Map.of("first", plan.first(), "chosen", plan.chosen(), "decisions",
					plan.decisions())).write();
		}
		result("first", text(plan.first()));
		result("chosen", text(plan.chosen()));
		report(posterior);
	}

	private static String text(final List<Integer> list) {
		return String.join(" ", list.stream().map(String::valueOf).toList());
	}
}
