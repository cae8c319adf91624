package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.host.MriWindows;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.PosteriorFiles;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.ReconstructMri;
import org.posteriorj.workflow.ReconstructMriSettings;
import org.posteriorj.workflow.RunState;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Raw multi-coil scan to a posterior. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Reconstruct>Reconstruct MRI...",
	description = "Reconstructs a raw multi-coil scan: mean, standard deviation (posterior samplers) and data residual.")
public final class ReconstructMriCommand extends PosteriorCommand {

	@Parameter(label = "K-space", persist = false, description = "A k-space window or raw data file; Open Raw Data... makes a window.")
	private ImagePlus input;

	@Parameter(label = "Sampler", persist = false, choices = { "PnP-DM", "DAPS", "Ensemble SMC", "RED-diff", "DDS", "DiffPIR", "DDNM", "Conditional", "DPS", "DiffusionMBIR", "TV", "L1-wavelet",
		"CG-SENSE", "Zero-filled" },
		description = "PnP-DM, DAPS and Ensemble SMC are posterior samplers and give uncertainty; DDS, DiffPIR, DDNM and DPS are approximate, and biased; Conditional, biased too, needs few steps, and is meant for a conditional prior (brain-mri-conditional); RED-diff is a point estimator, and DiffusionMBIR one for volumes, whose slices it couples; the others are classical and use no prior.")
	private String sampler = "PnP-DM";

	@Parameter(label = "Variant", persist = false, choices = { "default", "annealed", "pde-weights", "ode-langevin", "discrepancy", "full-steps", "published", "published-sqrt",
		"published-square", "published-log", "published-clip", "published-power", "published-constant", "published-stopped" },
		description = "Way of running the sampler: default, the measured settings, or one for replication. Ensemble SMC: annealed, pde-weights, ode-langevin; DiffusionMBIR: published; RED-diff: " +
			"discrepancy (weight and end found from the noise), full-steps, published, published-sqrt, published-square, published-log, published-clip, published-power, " +
			"published-constant, published-stopped.")
	private String variant = "default";

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt); classical methods ignore it.")
	private String prior = "brain-mri";

	@Parameter(label = "Samples", persist = false, min = "1", max = "1000",
		description = "Posterior samples, 1 to 1000, best a multiple of 4 (mirrored pairs, whose noise cancels in the mean); point estimators and classical methods make one image.")
	private int samples = 8;

	@Parameter(label = "Steps", persist = false, min = "0", max = "10000", description = "Steps of the sampler, 0 to 10000; 0 = by quality.")
	private int steps = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" },
		description = "Number of steps where Steps is 0: Preview for a first look, Best for the result to report.")
	private String quality = "Standard";

	@Parameter(label = "Noise", persist = false, min = "0",
		description = "Standard deviation of the noise per real component in units of the data, at least 0; 0 = estimate it.")
	private double noise = 0;

	@Parameter(label = "Trust in data", persist = false, min = "0", max = "1",
		description = "0 trusts the prior, 1 the data; 0.5 is the measured default; point estimators only.")
	private double trust = 0.5;

	@Parameter(label = "Virtual coils", persist = false, min = "0", max = "1024",
		description = "Compress to this many virtual coils, 0 to 1024; 0 = keep all.")
	private int coils = 0;

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
		ResultFiles.check(output, format, ResultFiles.IMAGES);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return RawFiles.open(file);
	}

	private ReconstructMriSettings settings() {
		return new ReconstructMriSettings(sampler, variant, prior, samples, steps, quality, noise, trust, coils, seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final RunState state = RunState.in(output, resume);
		final Posterior posterior = signed(new ReconstructMri(settings()).run(MriWindows.scan(input), state, monitor()));
		final Map<String, ImagePlus> windows = Windows.of(posterior, input.getTitle());
		mean = windows.get("mean");
		std = windows.get("std");
		residual = windows.get("residual");
		if (output != null) PosteriorFiles.write(output, format, posterior, windows);
		if (!posterior.partial()) state.end();
		report(posterior);
	}
}
