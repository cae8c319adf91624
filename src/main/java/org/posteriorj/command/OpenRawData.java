package org.posteriorj.command;

import java.io.File;
import java.io.IOException;

import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.host.MriWindows;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.host.Windows;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Raw data file to a k-space or sinogram window; says how it understood axes, units, noise and geometry. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Open Raw Data...",
	description = "Opens a raw data file as a k-space or sinogram window and prints its reading of axes, units, noise, acceleration or geometry; NIfTI files as images.")
public final class OpenRawData extends PosteriorCommand {

	@Parameter(label = "File", persist = false,
		description = "MRI: ISMRMRD or fastMRI .h5, BART .cfl or .hdr, complex NumPy .npy [coil, ky, kx] or [slice, coil, ky, kx], " +
			"and [1, sample, shot, coil] (BART) or [coil, shot, sample] along a trajectory. CT: Data Exchange .h5, MATLAB 5 .mat, real NumPy .npy [view, detector] " +
			"or [slice, view, detector]. Images: NIfTI .nii and .nii.gz.")
	private File input;

	@Parameter(label = "Geometry", persist = false, required = false,
		description = "CT: a JSON file with type, angles, detectorPitch, ..., in mm and degrees; what it gives comes before what the data file says.")
	private File geometry;

	@Parameter(label = "Trajectory", persist = false, required = false,
		description = "MRI: a .npy or .cfl file of the positions in k-space, where the data file has none: [shot, sample, 2] with kx first, or BART [3, sample, " +
			"shot]; empty = the file NAME-trajectory, trajectory or traj beside it, if there is one.")
	private File trajectory;

	@Parameter(label = "Units", persist = false, choices = { "auto", "cycles/FOV", "cycles/pixel", "radians/pixel", "cycles/m" },
		description = "MRI: units of the trajectory; auto = those of the format, or by how far it reaches.")
	private String units = "auto";

	@Parameter(label = "Rows", persist = false, min = "0", max = "8192",
		description = "MRI: rows of the image of a trajectory in pixels, 0 to 8192; 0 = as the file says, or as far as the trajectory reaches.")
	private int rows = 0;

	@Parameter(label = "Columns", persist = false, min = "0", max = "8192",
		description = "MRI: columns of the image of a trajectory in pixels, 0 to 8192; 0 = as the file says, or as far as the trajectory reaches.")
	private int columns = 0;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the file kspace or sinogram; empty = show the window only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, separated by commas.")
	private String format = "tif";

	@Parameter(label = "K-space", type = ItemIO.OUTPUT)
	private ImagePlus kspace;

	@Parameter(label = "Sinogram", type = ItemIO.OUTPUT)
	private ImagePlus sinogram;

	@Parameter(label = "Image", type = ItemIO.OUTPUT)
	private ImagePlus image;

	@Override
	public void check() {
		RawFiles.require("input", input);
		if (geometry != null) RawFiles.require("geometry", geometry);
		if (trajectory != null) RawFiles.require("trajectory", trajectory);
		positions();
		ResultFiles.check(output, format, ResultFiles.KSPACE);
	}

	private TrajectoryOptions positions() {
		return new TrajectoryOptions(trajectory == null ? null : trajectory.toPath(), units, rows, columns);
	}

	@Override
	protected void execute() throws IOException {
		if (RawFiles.isImage(input.toPath())) {
			if (geometry != null || !positions().equals(TrajectoryOptions.NONE)) {
				throw new IllegalArgumentException("input: '" + input + "' is an image, which has neither geometry nor trajectory - leave out geometry, trajectory, units, rows and columns.");
			}
			image = RawFiles.openImage(input.toPath());
			if (output != null) new ResultFiles(output, format).add("image", image, Windows.volume(image)).write();
			result("size", image.getWidth() + " x " + image.getHeight() + " x " + image.getStackSize() + " (columns x rows x slices)");
			return;
		}
		if (geometry != null || RawFiles.isSinogram(input.toPath())) {
			sinogram = RawFiles.openSinogram(input.toPath(), geometry);
			if (output != null) new ResultFiles(output, format).add("sinogram", sinogram, SinogramWindow.sinogram(sinogram)).write();
		}
		else {
			kspace = RawFiles.open(input.toPath(), positions());
			if (output != null) new ResultFiles(output, format).add("kspace", kspace, MriWindows.scan(kspace)).write();
		}
		RawFiles.reading(sinogram == null ? kspace : sinogram).forEach(this::result);
	}
}
