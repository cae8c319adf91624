package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.posteriorj.data.Volume;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.VolumeFiles;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.TrainPrior;
import org.posteriorj.workflow.TrainPriorSettings;
import org.posteriorj.workflow.TrainedPrior;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** The user's own volumes to a prior file. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Priors>Train Prior...",
	description = "Trains a prior on volumes of a folder or on the open stack; can be stopped and resumed, and writes a report.")
public final class TrainPriorCommand extends PosteriorCommand {

	@Parameter(label = "Stack", persist = false, required = false, description = "Volume to learn from; not used where a folder of volumes is given.")
	private ImagePlus input;

	@Parameter(label = "Folder of volumes", persist = false, required = false, style = "directory",
		description = "NIfTI, TIFF, NumPy or DICOM volumes to learn from, folders inside included; the validation volume is left out.")
	private File volumes;

	@Parameter(label = "Validation volume", persist = false,
		description = "A volume of somebody else: a file, or a folder of DICOM slices; denoising is measured on it and never learnt from it.")
	private File validation;

	@Parameter(label = "Brightest value", persist = false, min = "0",
		description = "Value of the validation volume that counts as 1, at least 0; 0 = by the rule of the training volumes.")
	private double brightest = 0;

	@Parameter(label = "Validation slices", persist = false, min = "1", max = "1000", description = "Slices of the validation volume to use, 1 to 1000.")
	private int slices = 8;

	@Parameter(label = "Output file", persist = false, style = "save",
		description = "The prior file, ending in .pt; report and unfinished state are written beside it.")
	private File output;

	@Parameter(label = "Name", persist = false, description = "Short name of the prior: letters, digits, '-', '_' and '.'; 1 to 60 of them.")
	private String name = "my-prior";

	@Parameter(label = "Licence", persist = false, description = "Licence of the weights, written into the file.")
	private String licence = "not stated";

	@Parameter(label = "Channels", persist = false, min = "1", max = "2", description = "2 for complex images (MRI; phases are invented), 1 for real ones.")
	private int channels = 2;

	@Parameter(label = "Scaling", persist = false, choices = { "percentile", "hounsfield" },
		description = "percentile: one factor per volume (MRI); hounsfield: values are HU and become attenuation relative to water (CT).")
	private String scaling = "percentile";

	@Parameter(label = "Network", persist = false, choices = { "laptop", "large", "small" },
		description = "laptop: 10 GFLOP per 256 x 256 image; large: for long runs on strong machines; small: for a first try.")
	private String network = "laptop";

	@Parameter(label = "Conditional", persist = false,
		description = "Tell the network what a scan measured; scans with 1 to 8 coils, every kind of mask, R = 2 to 10 and noise are simulated. For the sampler Conditional.")
	private boolean conditional = false;

	@Parameter(label = "Data consistency in the loss", persist = false,
		description = "Take the error of a conditional network after a step of data consistency.")
	private boolean consistency = false;

	@Parameter(label = "Start from", persist = false, required = false,
		description = "Prior whose weights the training begins with, by name or .pt file; empty = random weights.")
	private String start = "";

	@Parameter(label = "Steps", persist = false, min = "0", max = "100000000",
		description = "Steps of the training, 0 to 100000000; 0 = as many as fit in Minutes. The learning rate falls to zero at the end.")
	private int steps = 0;

	@Parameter(label = "Minutes", persist = false, min = "0", max = "100000", description = "Length of the training where Steps is 0, in minutes, 0 to 100000.")
	private double minutes = 120;

	@Parameter(label = "Batch", persist = false, min = "1", max = "4096", description = "Crops per step, 1 to 4096.")
	private int batch = 16;

	@Parameter(label = "Crop", persist = false, min = "32", max = "1024", description = "Rows and columns of a crop in pixels, 32 to 1024.")
	private int crop = 64;

	@Parameter(label = "Learning rate", persist = false, min = "0.0000001", description = "Peak of the learning rate, 1e-7 to 1.")
	private double rate = 1.5e-3;

	@Parameter(label = "Precision", persist = false, choices = { "auto", "float32", "bfloat16" },
		description = "Numbers of the convolutions in training; auto measures which is faster. Weights are float32.")
	private String precision = "auto";

	@Parameter(label = "Immiscible noise", persist = false, description = "Give every image of a batch the noise that lies nearest to it.")
	private boolean immiscible = false;

	@Parameter(label = "Easy to hard", persist = false, description = "Begin the training with much noise and come to little noise in its first 40 %.")
	private boolean curriculum = false;

	@Parameter(label = "Sigma data", persist = false, min = "0", max = "1000",
		description = "Root mean square of the images in prior units, 0 to 1000; 0 = measure it.")
	private double sigmadata = 0;

	@Parameter(label = "Seed", persist = false, description = "Seed of weights, crops, noise levels and noise, any whole number.")
	private long seed = 1;

	@Parameter(label = "Threads", persist = false, min = "0", max = "1024", description = "Threads of one operation, 0 to 1024; 0 = all.")
	private int threads = 0;

	@Parameter(label = "Pictures", type = ItemIO.OUTPUT)
	private ImagePlus pictures;

	@Override
	public void check() {
		settings();
		if (volumes != null) VolumeFiles.require("volumes", volumes);
		VolumeFiles.require("validation", validation);
		if (output == null || !output.getName().endsWith(".pt") || output.getName().length() < 4 || output.isDirectory()) {
			throw new IllegalArgumentException("output: expected the name of a file ending in .pt, got '" + (output == null ? "" : output) + "'.");
		}
		final Path folder = output.toPath().toAbsolutePath().normalize().getParent();
		if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
			throw new IllegalArgumentException("output: '" + folder + "' is not a folder that can be written into - make it, or name another.");
		}
	}

	private TrainPriorSettings settings() {
		return new TrainPriorSettings(name, licence, channels, scaling, network, conditional, consistency, start == null ? "" : start.strip(), steps, minutes, batch, crop, rate, precision, immiscible, curriculum, sigmadata, slices, brightest, seed,
			threads);
	}

	@Override
	protected void execute() throws IOException {
		if (volumes == null && input == null) throw new IllegalArgumentException("volumes: expected a folder of volumes, or an open stack; got neither.");
		final List<Volume> images = volumes == null ? List.of(Windows.volume(input)) : VolumeFiles.all("volumes", volumes, validation);
		final Volume held = VolumeFiles.one("validation", validation);
		final TrainedPrior trained = new TrainPrior(settings(), commandLine()).run(images, held, output.toPath(), monitor());
		if (trained.partial()) result("partial", "stopped; the same command goes on from here");
		result("volumes", images.size());
		trained.facts().forEach(this::result);
		result("report", trained.report());
		pictures = Windows.image(trained.pictures());
	}
}
