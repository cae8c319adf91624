package org.posteriorj.command;

import java.io.File;
import java.io.IOException;

import org.posteriorj.host.KSpaceWindow;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Raw data file to a k-space window; says how it understood axes, units, noise and acceleration. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Open Raw Data...",
	description = "Opens a raw data file as a k-space window and prints its reading of axes, units, noise and acceleration.")
public final class OpenRawData extends PosteriorCommand {

	@Parameter(label = "File", persist = false,
		description = "Raw data: ISMRMRD or fastMRI .h5, BART .cfl or .hdr, NumPy .npy [coil, ky, kx] or [slice, coil, ky, kx].")
	private File input;

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the file kspace; empty = show the window only.")
	private File output;

	@Parameter(label = "Format", persist = false, description = "File formats in the output folder: any of tif, npy, separated by commas.")
	private String format = "tif";

	@Parameter(label = "K-space", type = ItemIO.OUTPUT)
	private ImagePlus kspace;

	@Override
	public void check() {
		RawFiles.require("input", input);
		ResultFiles.check(output, format, ResultFiles.KSPACE);
	}

	@Override
	protected void execute() throws IOException {
		kspace = RawFiles.open(input.toPath());
		if (output != null) new ResultFiles(output, format).add("kspace", kspace, KSpaceWindow.kspace(kspace)).write();
		RawFiles.reading(kspace).forEach(this::result);
	}
}
