package org.posteriorj.command;

import java.io.File;
import java.io.IOException;

import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.SimulateCt;
import org.posteriorj.workflow.SimulateCtSettings;
import org.posteriorj.workflow.SimulatedCt;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Image or volume to a CT scan of any dose. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Simulate>Simulate CT Scan...",
	description = "Makes a CT scan of an image or volume, of any geometry and dose, with the attenuation that it was made from.")
public final class SimulateCtScan extends PosteriorCommand {

	@Parameter(label = "Image", persist = false, description = "Image or stack of slices with square pixels; its pixel size in mm counts.")
	private ImagePlus input;

	@Parameter(label = "Unit", persist = false, choices = { "HU", "1/mm", "Grey values" },
		description = "What the values are: HU, attenuation in 1/mm, or grey values, whose 99th percentile becomes that of water.")
	private String unit = "HU";

	@Parameter(label = "Beam", persist = false, choices = { "parallel", "fan", "fan-curved" },
		description = "Parallel beam, fan on a flat detector, or fan on a detector curved about the source.")
	private String beam = "fan";

	@Parameter(label = "Views", persist = false, min = "1", max = "10000", description = "Number of views, 1 to 10000.")
	private int views = 64;

	@Parameter(label = "Angular range", persist = false, min = "0", max = "360",
		description = "Degrees that the views share evenly, 0 to 360; 0 = 180 for parallel beams, 360 for fans.")
	private double range = 0;

	@Parameter(label = "Detector pitch", persist = false, min = "0", max = "1000",
		description = "Distance of detector pixels in mm, 0 to 1000; 0 = one image pixel as seen at the axis.")
	private double pitch = 0;

	@Parameter(label = "Detector pixels", persist = false, min = "0", max = "100000",
		description = "Number of detector pixels, 0 to 100000; 0 = as many as see the whole image.")
	private int detectors = 0;

	@Parameter(label = "Source to axis", persist = false, min = "0", max = "1000000",
		description = "Distance from source to rotation axis in mm, 0 to 1000000; 0 = twice the image's diagonal; fans only.")
	private double sourceorigin = 0;

	@Parameter(label = "Source to detector", persist = false, min = "0", max = "1000000",
		description = "Distance from source to detector in mm, 0 to 1000000; 0 = twice that to the axis; fans only.")
	private double sourcedetector = 0;

	@Parameter(label = "Photons", persist = false, min = "0",
		description = "Photons per ray before the object, at least 0: 1e5 is a standard dose, 1e4 a low one; 0 = no noise.")
	private double photons = 100000;

	@Parameter(label = "Seed", persist = false, description = "Seed of the noise, any whole number.")
	private long seed = 1;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the files sinogram and reference; empty = show windows only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, separated by commas.")
	private String format = "tif";

	@Parameter(label = "Sinogram", type = ItemIO.OUTPUT)
	private ImagePlus sinogram;

	@Parameter(label = "Reference", type = ItemIO.OUTPUT)
	private ImagePlus reference;

	@Override
	public void check() {
		settings();
		ResultFiles.check(output, format, ResultFiles.KSPACE);
	}

	private SimulateCtSettings settings() {
		return new SimulateCtSettings(unit, beam, views, range, pitch, detectors, sourceorigin, sourcedetector, photons, seed);
	}

	@Override
	protected void execute() throws IOException {
		final SimulatedCt scan = new SimulateCt(settings()).run(Windows.volume(input), monitor());
		sinogram = SinogramWindow.image(scan.sinogram());
		reference = Windows.image(scan.reference());
		if (output != null) new ResultFiles(output, format).add("sinogram", sinogram, scan.sinogram()).add("reference", reference, scan.reference()).write();
		result("views", scan.sinogram().views());
		result("detectors", scan.sinogram().detectors());
	}
}
