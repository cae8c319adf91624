package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.PosteriorFiles;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.ReconstructCt;
import org.posteriorj.workflow.ReconstructCtSettings;
import org.posteriorj.workflow.RunState;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Sinogram to a posterior. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Reconstruct>Reconstruct CT...",
	description = "Reconstructs a parallel-beam or fan-beam CT scan: mean, standard deviation (posterior samplers) and data residual.")
public final class ReconstructCtCommand extends PosteriorCommand {

	@Parameter(label = "Sinogram", persist = false,
		description = "A sinogram window or CT file; Open Raw Data... and Simulate CT Scan... make windows.")
	private ImagePlus input;

	@Parameter(label = "Sampler", persist = false, choices = { "FBP", "SIRT", "TV", "DiffusionMBIR", "PnP-DM", "DAPS", "Ensemble SMC", "RED-diff", "DDS",
		"DiffPIR", "DDNM", "Conditional", "DPS" },
		description = "PnP-DM, DAPS and Ensemble SMC are posterior samplers and give uncertainty; DDS, DiffPIR, DDNM, Conditional (few steps) and DPS are approximate, and biased; " +
			"DiffusionMBIR (for volumes) and RED-diff are point estimators; the others are " +
			"classical and use no prior.")
	private String sampler = "FBP";

	@Parameter(label = "Variant", persist = false, choices = { "default", "annealed", "pde-weights", "ode-langevin", "discrepancy", "full-steps", "published", "published-sqrt",
		"published-square", "published-log", "published-clip", "published-power", "published-constant", "published-stopped" },
		description = "Way of running the sampler: default, the measured settings, or one for replication. DiffusionMBIR: published; Ensemble SMC: annealed, pde-weights, " +
			"ode-langevin; RED-diff: discrepancy (weight and end found from the noise), full-steps, published, published-sqrt, published-square, published-log, published-clip, " +
			"published-power, published-constant, published-stopped.")
	private String variant = "default";

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt); classical methods ignore it.")
	private String prior = "ct";

	@Parameter(label = "Samples", persist = false, min = "1", max = "1000",
		description = "Posterior samples, 1 to 1000, best a multiple of 4 (mirrored pairs, whose noise cancels in the mean); point estimators and classical methods make one image.")
	private int samples = 8;

	@Parameter(label = "Steps", persist = false, min = "0", max = "10000", description = "Steps of the sampler or iterations, 0 to 10000; 0 = by quality.")
	private int steps = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" },
		description = "Number of steps where Steps is 0: Preview for a first look, Best for the result to report.")
	private String quality = "Standard";

	@Parameter(label = "Noise", persist = false, min = "0",
		description = "Standard deviation of the line integrals, at least 0; 0 = from the geometry's photons per ray, or estimated.")
	private double noise = 0;

	@Parameter(label = "Trust in data", persist = false, min = "0", max = "1",
		description = "0 trusts the prior, 1 the data; 0.5 is the measured default; point estimators only.")
	private double trust = 0.5;

	@Parameter(label = "TV weight", persist = false, min = "0.001", max = "1000",
		description = "Weight of the total variation, 0.001 to 1000 times the automatic one, which fits the data to their noise; TV only.")
	private double weight = 1;

	@Parameter(label = "Filter", persist = false, choices = { "Ram-Lak", "Shepp-Logan", "Cosine", "Hamming", "Hann" },
		description = "Window of filtered backprojection, from sharp to smooth.")
	private String filter = "Hann";

	@Parameter(label = "Geometry", persist = false, required = false,
		description = "A JSON file with type, angles, detectorPitch, ..., in mm and degrees, that comes before the window's own; empty = the window's own.")
	private File geometry;

	@Parameter(label = "Size", persist = false, min = "0", max = "8192",
		description = "Rows and columns of the image in pixels, 0 to 8192; 0 = all that the detector sees.")
	private int size = 0;

	@Parameter(label = "Find centre", persist = false, description = "Whether the centre of rotation is found from the data: true or false.")
	private boolean centre = false;

	@Parameter(label = "Remove rings", persist = false, description = "Whether stripes of single detector pixels are removed: true or false.")
	private boolean rings = false;

	@Parameter(label = "Remove outliers", persist = false, description = "Whether single values far from their neighbours are replaced: true or false.")
	private boolean outliers = false;

	@Parameter(label = "In HU", persist = false, description = "Whether the result is in HU instead of attenuation in 1/mm: true or false.")
	private boolean hounsfield = false;

	@Parameter(label = "Water", persist = false, min = "0.0001", max = "1",
		description = "Attenuation of water in 1/mm, 0.0001 to 1, for HU and for the scale of the prior; 0.0193 is that at 70 keV.")
	private double water = 0.0193;

	@Parameter(label = "Fourier", persist = false,
		description = "Whether methods that fit the data compute with Fourier transforms: true or false. Several times faster with many views; all line " +
			"integrals get the same noise, and fans are rebinned to parallel beams.")
	private boolean fourier = false;

	@Parameter(label = "Seed", persist = false, description = "Seed of the random numbers, any whole number; the same seed gives the same image.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" },
		description = "Where the network runs: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for mean, std, samples, residual, mask, report.html and result.json; empty = show windows only.")
	private File output;

	@Parameter(label = "Resume", persist = false, description = "Whether the samples that the same run has left unfinished in the output folder are taken up: true or " +
		"false. The images are those of an unbroken run; false starts anew.")
	private boolean resume = true;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, nii, separated by commas.")
	private String format = "tif";

	@Parameter(label = "Mean", type = ItemIO.OUTPUT)
	private ImagePlus mean;

	@Parameter(label = "Standard deviation", type = ItemIO.OUTPUT)
	private ImagePlus std;

	@Parameter(label = "Data residual", type = ItemIO.OUTPUT)
	private ImagePlus residual;

	@Override
	public void check() {
		settings();
		if (geometry != null) RawFiles.require("geometry", geometry);
		ResultFiles.check(output, format, ResultFiles.IMAGES);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return RawFiles.openSinogram(file, geometry);
	}

	private ReconstructCtSettings settings() {
		return new ReconstructCtSettings(sampler, variant, prior, samples, steps, quality, noise, trust, weight, filter, size, centre, rings, outliers, hounsfield,
			water, fourier, seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final RunState state = RunState.in(output, resume);
		final Posterior posterior = signed(new ReconstructCt(settings()).run(SinogramWindow.sinogram(input, RawFiles.geometry(geometry)), state, monitor()));
		final Map<String, ImagePlus> windows = Windows.of(posterior, input.getTitle());
		mean = windows.get("mean");
		std = windows.get("std");
		residual = windows.get("residual");
		if (output != null) PosteriorFiles.write(output, format, posterior, windows);
		if (!posterior.partial()) state.end();
		report(posterior);
	}
}
