package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

import org.posteriorj.data.Sinogram;
import org.posteriorj.host.GeometryPicture;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.workflow.CtGeometryReport;
import org.posteriorj.workflow.InspectCtGeometry;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Gives a stack of line integrals its geometry, draws it, and projects a test point. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>CT Geometry...",
	description = "Sets or changes the geometry of a sinogram, draws it, and shows where a test point must appear in the sinogram.")
public final class CtGeometryCommand extends PosteriorCommand {

	@Parameter(label = "Sinogram", persist = false, description = "A sinogram window, or a stack with X = detector, Y = view, Z = slice.")
	private ImagePlus input;

	@Parameter(label = "Geometry", persist = false, required = false,
		description = "A JSON file with type, angles, detectorPitch, ..., in mm and degrees, before the window's own; the options below come before both.")
	private File geometry;

	@Parameter(label = "Beam", persist = false, choices = { "keep", "parallel", "fan", "fan-curved" },
		description = "Parallel beam, fan on a flat detector, fan on a detector curved about the source, or as it is.")
	private String beam = "keep";

	@Parameter(label = "Angular range", persist = false, min = "0", max = "3600",
		description = "Degrees that the views share evenly from 0 on, 0 to 3600; 0 = keep the angles.")
	private double range = 0;

	@Parameter(label = "Detector pitch", persist = false, min = "0", description = "Distance of detector pixels in mm, at least 0; 0 = keep.")
	private double pitch = 0;

	@Parameter(label = "Source to axis", persist = false, min = "0", description = "Distance from source to rotation axis in mm, at least 0; 0 = keep; fans only.")
	private double sourceorigin = 0;

	@Parameter(label = "Source to detector", persist = false, min = "0", description = "Distance from source to detector in mm, at least 0; 0 = keep; fans only.")
	private double sourcedetector = 0;

	@Parameter(label = "Axis at detector index", persist = false, min = "-1",
		description = "Detector index, counted from 0, of the ray through the rotation axis, at least -1; -1 = keep.")
	private double centre = -1;

	@Parameter(label = "Image pixel", persist = false, min = "0", description = "Pixel size of the image in mm, at least 0; 0 = keep.")
	private double pixel = 0;

	@Parameter(label = "Photons", persist = false, min = "0", description = "Photons per ray before the object, at least 0; 0 = keep.")
	private double photons = 0;

	@Parameter(label = "Test point x", persist = false, description = "Position of the test point in mm, to the right of the rotation axis.")
	private double testx = 20;

	@Parameter(label = "Test point y", persist = false, description = "Position of the test point in mm, above the rotation axis.")
	private double testy = 0;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the files sinogram, geometry.json and picture.tif; empty = show windows only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats of the sinogram in the output folder: any of tif, npy, separated by commas.")
	private String format = "tif";

	@Parameter(label = "Sinogram with geometry", type = ItemIO.OUTPUT)
	private ImagePlus sinogram;

	@Parameter(label = "Picture", type = ItemIO.OUTPUT)
	private ImagePlus picture;

	@Override
	public void check() {
		if (!List.of("keep", "parallel", "fan", "fan-curved").contains(beam)) {
			throw new IllegalArgumentException("beam: expected one of keep, parallel, fan, fan-curved; got '" + beam + "'.");
		}
		if (geometry != null) RawFiles.require("geometry", geometry);
		ResultFiles.check(output, format, ResultFiles.KSPACE);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return RawFiles.openStack(file, geometry);
	}

	@Override
	protected void execute() throws IOException {
		final Sinogram scan = SinogramWindow.with(input, RawFiles.geometry(geometry), changes(), centre);
		final CtGeometryReport report = InspectCtGeometry.run(scan, testx, testy);
		sinogram = SinogramWindow.image(scan);
		picture = GeometryPicture.image(scan, report, testx, testy);
		if (output != null) new ResultFiles(output, format).add("sinogram", sinogram, scan).addPicture("picture", picture).write();
		report.facts().forEach(this::result);
		for (int i = 0; i < report.warnings().size(); i++) result("warning" + (i == 0 ? "" : " " + (i + 1)), report.warnings().get(i));
	}

	/** The options that change something, as the text of a geometry file. */
	private String changes() {
		final StringJoiner json = new StringJoiner(", ", "{", "}");
		if (!beam.equals("keep")) json.add("\"type\": \"" + beam + "\"");
		if (range > 0) json.add("\"angularRange\": " + range);
		if (pitch > 0) json.add("\"detectorPitch\": " + pitch);
		if (sourceorigin > 0) json.add("\"sourceToOrigin\": " + sourceorigin);
		if (sourcedetector > 0) json.add("\"sourceToDetector\": " + sourcedetector);
		if (pixel > 0) json.add("\"imagePixel\": " + pixel);
		if (photons > 0) json.add("\"photons\": " + photons);
		return json.toString();
	}
}
