package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.util.List;

import org.posteriorj.data.Volume;
import org.posteriorj.host.Charts;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.VolumeFiles;
import org.posteriorj.workflow.CalibrationFindings;
import org.posteriorj.workflow.CalibrationReport;
import org.posteriorj.workflow.CalibrationReportSettings;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Simulation-based calibration of a prior, an operator and a sampler. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Evaluate>Calibration Report...",
	description = "Is the uncertainty right: scans known images, samples them, and ranks the truth among the samples.")
public final class CalibrationReportCommand extends PosteriorCommand {

	@Parameter(label = "Held-out volumes", persist = false, required = false,
		description = "NIfTI, TIFF, NumPy or DICOM volumes that the prior has never seen, a file or a folder; empty = draws from the prior, where it is gaussian-field.")
	private File volumes;

	@Parameter(label = "Prior", persist = false, description = "Name of a built-in prior or path of a prior file (.pt).")
	private String prior = "gaussian-field";

	@Parameter(label = "Sampler", persist = false, choices = { "PnP-DM", "DAPS", "Ensemble SMC", "RED-diff", "DDS", "DiffPIR", "DDNM", "Conditional", "DPS" },
		description = "The sampler to judge; a point estimator is judged as if its runs were samples.")
	private String sampler = "PnP-DM";

	@Parameter(label = "Variant", persist = false, choices = { "default", "annealed", "pde-weights", "ode-langevin", "discrepancy", "full-steps", "published", "published-sqrt",
		"published-square", "published-log", "published-clip", "published-power", "published-constant", "published-stopped" },
		description = "Way of running the sampler: default, the measured settings, or one for replication. Ensemble SMC: annealed, pde-weights, ode-langevin; RED-diff: " +
			"discrepancy, full-steps, published, published-sqrt, published-square, published-log, published-clip, published-power, published-constant, published-stopped.")
	private String variant = "default";

	@Parameter(label = "Scans", persist = false, min = "1", max = "200", description = "Images to scan, 1 to 200: draws from the prior, or slices at equal distances.")
	private int scans = 16;

	@Parameter(label = "Samples", persist = false, min = "4", max = "256", description = "Posterior samples per scan, 4 to 256.")
	private int samples = 32;

	@Parameter(label = "Size", persist = false, min = "0", max = "1024",
		description = "Rows and columns of a draw, or of the middle of a slice, 16 to 1024 pixels; 0 = 64, or the whole slice.")
	private int size = 0;

	@Parameter(label = "Coils", persist = false, min = "1", max = "128", description = "Number of receive coils, 1 to 128; their maps are known to the sampler.")
	private int coils = 8;

	@Parameter(label = "Mask", persist = false, choices = { "Equispaced", "Random", "Variable density", "Poisson disk", "Full" },
		description = "Which samples are measured: whole lines along ky, points (Poisson disk), or all.")
	private String mask = "Variable density";

	@Parameter(label = "Acceleration", persist = false, min = "1", max = "64", description = "Points of the grid over points measured outside the ACS, 1 to 64.")
	private double acceleration = 4;

	@Parameter(label = "ACS lines", persist = false, min = "0", max = "4096", description = "Fully sampled lines in the centre, 0 to 4096; a square for Poisson disk.")
	private int acs = 8;

	@Parameter(label = "Noise", persist = false, min = "0.0001", max = "10",
		description = "Standard deviation of the noise per real component, 0.0001 to 10; bright tissue is 1.")
	private double noise = 0.03;

	@Parameter(label = "Assumed noise", persist = false, min = "0.01", max = "100",
		description = "Noise that the sampler is told, as a multiple of the true one, 0.01 to 100; 1 = the truth, others show what a wrong estimate does.")
	private double assumed = 1;

	@Parameter(label = "Steps", persist = false, min = "0", max = "10000", description = "Steps of the sampler, 0 to 10000; 0 = by quality.")
	private int steps = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" }, description = "Number of steps where Steps is 0.")
	private String quality = "Standard";

	@Parameter(label = "Seed", persist = false, description = "Seed of draws, mask, coils, phases, noise and samples, any whole number.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" }, description = "Where to compute: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for report.html, figures.csv, curves.csv, result.json and the pictures ranks and coverage; empty = show windows only.")
	private File output;

	@Parameter(label = "Rank histogram", type = ItemIO.OUTPUT)
	private ImagePlus ranks;

	@Parameter(label = "Coverage", type = ItemIO.OUTPUT)
	private ImagePlus coverage;

	@Override
	public void check() {
		settings();
		ResultFiles.check(output, "tif", ResultFiles.IMAGES);
		if (volumes != null) VolumeFiles.require("volumes", volumes);
	}

	private CalibrationReportSettings settings() {
		return new CalibrationReportSettings(sampler, variant, prior, scans, samples, size, coils, mask, acceleration, acs, noise, assumed, steps, quality, seed,
			device);
	}

	@Override
	protected void execute() throws IOException {
		final List<Volume> held = volumes == null ? List.of() : VolumeFiles.all("volumes", volumes, null);
		final CalibrationFindings found = new CalibrationReport(settings()).run(held, monitor());
		final CalibrationFindings findings = found.signed(signed(found.provenance()));
		ranks = Charts.image(findings.quantities().get(0).ranks());
		coverage = Charts.image(findings.quantities().get(0).coverage());
		if (output != null) {
			new ResultFiles(output, "tif").addText("report.html", findings.html()).addTable("figures.csv", findings.figureTable()).addTable("curves.csv", findings
				.curveTable()).addPicture("ranks", ranks).addPicture("coverage", coverage).add(findings.provenance()).write();
		}
		findings.quantities().forEach(quantity -> result(quantity.name(), CalibrationFindings.text(quantity)));
		report(findings.provenance());
		result("verdict", findings.verdict());
	}
}
