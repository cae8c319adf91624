package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.DecisionLog;
import org.posteriorj.data.Posterior;
import org.posteriorj.host.Charts;
import org.posteriorj.host.KSpaceWindow;
import org.posteriorj.host.PlanFiles;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.PosteriorFiles;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.AcquisitionPlan;
import org.posteriorj.workflow.PlanAcquisition;
import org.posteriorj.workflow.PlanAcquisitionSettings;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Which readout lines or views of a scan to measure next, and the image that they give. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Plan Acquisition...",
	description = "Chooses the readout lines of a Cartesian MRI scan, or the views of a CT scan, one after the other by what they are expected to tell.")
public final class PlanAcquisitionCommand extends PosteriorCommand {

	@Parameter(label = "Measurement", persist = false,
		description = "A k-space or sinogram window or raw data file: a scan with all its lines or views, or with those measured so far.")
	private ImagePlus input;

	@Parameter(label = "Mode", persist = false, choices = { "Retrospective", "Prospective" },
		description = "Retrospective tries out on a scan that has all lines, using only those it has chosen; Prospective says what to measure after what the scan has.")
	private String mode = "Retrospective";

	@Parameter(label = "Lines", persist = false, min = "2", max = "4096",
		description = "Lines (CT: views) of the finished plan, those measured first included, 2 to 4096.")
	private int lines = 32;

	@Parameter(label = "ACS lines", persist = false, min = "1", max = "4096",
		description = "Central lines measured first, 1 to 4096, at least 10 for more than one coil; CT: views, evenly spaced; Retrospective only.")
	private int acs = 12;

	@Parameter(label = "Slice", persist = false, min = "0", max = "100000", description = "Slice to plan, counted from 1, to 100000; 0 = the middle one.")
	private int slice = 0;

	@Parameter(label = "Samples", persist = false, min = "2", max = "256", description = "Particles that choose the lines, and posterior samples in the end, 2 to 256.")
	private int samples = 8;

	@Parameter(label = "Score", persist = false, choices = { "auto", "variance", "kl", "bhattacharyya", "ads-plus", "information" },
		description = "What a line is chosen by: variance over the particles, upper or lower bound of the entropy, the published formula, or information; " +
			"auto: variance for lines, information for views.")
	private String score = "auto";

	@Parameter(label = "Lines per decision", persist = false, min = "1", max = "4096", description = "Lines chosen at a time, 1 to 4096; more is faster; Retrospective only.")
	private int batch = 1;

	@Parameter(label = "Costs", persist = false, required = false,
		description = "A text file with what each line costs, one positive number for every line of the scan; a score is divided by it; empty = all the same.")
	private File costs;

	@Parameter(label = "Guidance", persist = false, choices = { "prox", "DPS" },
		description = "prox: particles start again after every decision, no gradient of the network; DPS: one diffusion for all, as published; Retrospective only.")
	private String guidance = "prox";

	@Parameter(label = "Replay", persist = false, required = false,
		description = "A plan.json of the same scan and options, whose decisions are repeated before new ones are made; empty = none; Retrospective only.")
	private File replay;

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt); ct for CT.")
	private String prior = "brain-mri";

	@Parameter(label = "Steps", persist = false, min = "0", max = "10000", description = "Steps of the reconstruction in the end, 0 to 10000; 0 = by quality.")
	private int steps = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" },
		description = "How carefully lines are chosen, and number of steps of the reconstruction where Steps is 0.")
	private String quality = "Standard";

	@Parameter(label = "Noise", persist = false, min = "0",
		description = "Standard deviation of the noise (MRI: per real component) in units of the data, at least 0; 0 = estimate it.")
	private double noise = 0;

	@Parameter(label = "Virtual coils", persist = false, min = "0", max = "1024",
		description = "Compress to this many virtual coils, 0 to 1024; 0 = keep all; MRI only.")
	private int coils = 0;

	@Parameter(label = "Geometry", persist = false, required = false,
		description = "A JSON file with type, angles, detectorPitch, ..., in mm and degrees, that comes before the window's own; empty = the window's own; CT only.")
	private File geometry;

	@Parameter(label = "Candidates", persist = false, min = "2", max = "3600",
		description = "Evenly spaced angles to choose from beside those measured, 2 to 3600, over 180 degrees, for a fan 360; Prospective CT only.")
	private int candidates = 180;

	@Parameter(label = "Size", persist = false, min = "0", max = "8192",
		description = "Rows and columns of the image in pixels, 0 to 8192; 0 = all that the detector sees; CT only.")
	private int size = 0;

	@Parameter(label = "Water", persist = false, min = "0.0001", max = "1",
		description = "Attenuation of water in 1/mm, 0.0001 to 1, for the scale of the prior; 0.0193 is that at 70 keV; CT only.")
	private double water = 0.0193;

	@Parameter(label = "Seed", persist = false, description = "Seed of the random numbers, any whole number; the same seed gives the same plan.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" },
		description = "Where the network runs: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for mask (tif, npy, cfl, csv), decisions.csv, plan.json, plots, the images, report.html and result.json; empty = show windows only.")
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

	@Parameter(label = "Uncertainty", type = ItemIO.OUTPUT)
	private ImagePlus uncertainty;

	@Parameter(label = "Mean at each decision", type = ItemIO.OUTPUT)
	private ImagePlus course;

	@Override
	public void check() {
		settings(List.of());
		if (costs != null) RawFiles.require("costs", costs);
		if (replay != null) RawFiles.require("replay", replay);
		if (geometry != null) RawFiles.require("geometry", geometry);
		ResultFiles.check(output, format, ResultFiles.IMAGES);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return geometry != null || RawFiles.isSinogram(file) ? RawFiles.openSinogram(file, geometry) : RawFiles.open(file);
	}

	private PlanAcquisitionSettings settings(final List<Double> cost) {
		return new PlanAcquisitionSettings(mode, lines, acs, slice, samples, score, batch, cost, guidance, prior, steps, quality, noise, coils, candidates, size, water,
			seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final AcquisitionPlan plan = plan();
		final Posterior posterior = signed(plan.posterior());
		final Map<String, ImagePlus> windows = Windows.of(posterior, input.getTitle());
		mean = windows.get("mean");
		std = windows.get("std");
		mask = windows.get("mask");
		growth = Windows.image(plan.growth());
		uncertainty = Charts.image(plan.chart());
		if (plan.course() != null) course = Windows.image(plan.course());
		Windows.describe(growth, posterior.provenance());
		if (output != null) files(plan, posterior, windows).write();
		result("first", text(plan.first()));
		result("chosen", text(plan.chosen()));
		result(plan.axis() + " of the chosen", String.join(" ", plan.chosenPositions()));
		report(posterior);
	}

	private AcquisitionPlan plan() throws IOException {
		final PlanAcquisition work = new PlanAcquisition(settings(PlanFiles.costs(costs)));
		final DecisionLog earlier = PlanFiles.log(replay);
		return geometry != null || SinogramWindow.accepts(input) ? work.run(SinogramWindow.sinogram(input, RawFiles.geometry(geometry)), earlier, monitor())
			: work.run(KSpaceWindow.kspace(input), earlier, monitor());
	}

	private ResultFiles files(final AcquisitionPlan plan, final Posterior posterior, final Map<String, ImagePlus> windows) {
		final ResultFiles files = PosteriorFiles.files(output, format, posterior, windows).addMask("mask", mask, plan.mask()).addPicture("growth", growth).addPicture(
			"uncertainty", uncertainty).addTable("mask.csv", plan.lineTable()).addTable("decisions.csv", plan.decisionTable()).addJson("plan.json", plan.log());
		return course == null ? files : files.addPicture("course", course);
	}

	private static String text(final List<Integer> list) {
		return String.join(" ", list.stream().map(String::valueOf).toList());
	}
}
