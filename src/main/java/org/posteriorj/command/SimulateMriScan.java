package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.util.Locale;

import org.posteriorj.host.MriWindows;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.SimulateMri;
import org.posteriorj.workflow.SimulateMriSettings;
import org.posteriorj.workflow.SimulatedScan;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Image or volume to a noisy, undersampled multi-coil scan. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Simulate>Simulate MRI Scan...",
	description = "Makes a noisy, undersampled multi-coil scan of an image or volume, with the reference that it was made from.")
public final class SimulateMriScan extends PosteriorCommand {

	@Parameter(label = "Image", persist = false, description = "Image or stack of slices to scan; grey values, any unit.")
	private ImagePlus input;

	@Parameter(label = "Coils", persist = false, min = "1", max = "128", description = "Number of receive coils, 1 to 128.")
	private int coils = 8;

	@Parameter(label = "Mask", persist = false, choices = { "Equispaced", "Random", "Variable density", "Poisson disk", "Full" },
		description = "Which samples are measured: whole lines along ky, points (Poisson disk), or all.")
	private String mask = "Variable density";

	@Parameter(label = "Acceleration", persist = false, min = "1", max = "64", description = "Points of the grid over points measured outside the ACS, 1 to 64; that of the whole scan is reported.")
	private double acceleration = 4;

	@Parameter(label = "ACS lines", persist = false, min = "0", max = "4096",
		description = "Fully sampled lines in the centre, for the coil maps, 0 to 4096; a square for Poisson disk, a circle for a spiral.")
	private int acs = 24;

	@Parameter(label = "Trajectory", persist = false, choices = { "Cartesian", "radial", "golden-angle", "spiral" },
		description = "Cartesian measures by the mask; the others along spokes or spiral arms, and ignore it.")
	private String trajectory = "Cartesian";

	@Parameter(label = "Spokes", persist = false, min = "0", max = "4096",
		description = "Spokes, or interleaves of a spiral, 0 to 4096; 0 = rows of the image over the acceleration, 8 for a spiral.")
	private int spokes = 0;

	@Parameter(label = "Noise", persist = false, min = "0", max = "1",
		description = "Standard deviation of the noise per real component, as a fraction of the image's 99th percentile, 0 to 1.")
	private double noise = 0.01;

	@Parameter(label = "Smooth phase", persist = false, description = "Whether the object gets a smooth phase, as real scans have: true or false.")
	private boolean phase = true;

	@Parameter(label = "Seed", persist = false, description = "Seed of mask, coils, phase and noise, any whole number.")
	private long seed = 1;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the files kspace and reference; empty = show windows only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, separated by commas.")
	private String format = "tif";

	@Parameter(label = "K-space", type = ItemIO.OUTPUT)
	private ImagePlus kspace;

	@Parameter(label = "Reference", type = ItemIO.OUTPUT)
	private ImagePlus reference;

	@Override
	public void check() {
		settings();
		ResultFiles.check(output, format, ResultFiles.KSPACE);
	}

	private SimulateMriSettings settings() {
		return new SimulateMriSettings(coils, mask, acceleration, acs, trajectory, spokes, noise, phase, seed);
	}

	@Override
	protected void execute() throws IOException {
		final SimulatedScan scan = new SimulateMri(settings()).run(Windows.volume(input), monitor());
		kspace = MriWindows.image(scan.scan());
		reference = Windows.image(scan.reference());
		if (output != null) {
			new ResultFiles(output, format).add("kspace", kspace, scan.scan()).add("reference", reference, scan.reference()).write();
		}
		result("acceleration", String.format(Locale.ROOT, "%.3f", scan.scan().acceleration()));
	}
}
