package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.posteriorj.host.MriWindows;
import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.RawFiles;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.host.SinogramWindow;
import org.posteriorj.host.Windows;
import org.posteriorj.workflow.Calibration;
import org.posteriorj.workflow.ModeWeights;
import org.posteriorj.workflow.SelfTest;
import org.posteriorj.workflow.SelfTestResult;
import org.posteriorj.workflow.SelfTestSettings;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

/** Versions, device, adjoints, and every sampler against exactly known posteriors. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Self-Test...",
	description = "Checks this installation: versions, device, adjoints, and every sampler against exactly known posteriors, also of the open scan.")
public final class SelfTestCommand extends PosteriorCommand {

	@Parameter(label = "Measurement", persist = false, required = false,
		description = "A k-space or sinogram window or raw data file, as which known fields are measured and sampled; without one built-in measurements.")
	private ImagePlus input;

	@Parameter(label = "Form", persist = false, choices = { "Short", "Full" },
		description = "Short: images of 32 x 32 (CT: 24 x 24) and 16 samples, about two minutes; Full: 64 x 64 (48 x 48), 64 samples and tighter limits, much longer.")
	private String form = "Short";

	@Parameter(label = "Sampler", persist = false, choices = { "All", "PnP-DM", "DAPS", "Ensemble SMC", "RED-diff", "DDS", "DiffPIR", "DDNM", "Conditional", "DPS" },
		description = "The sampler to test, or all of them.")
	private String sampler = "All";

	@Parameter(label = "Variant", persist = false, choices = { "default", "annealed", "pde-weights", "ode-langevin", "discrepancy", "full-steps", "published", "published-sqrt",
		"published-square", "published-log", "published-clip", "published-power", "published-constant", "published-stopped" },
		description = "Way of running the sampler: default, the measured settings, or one for replication. Ensemble SMC: annealed, pde-weights, ode-langevin; RED-diff: " +
			"discrepancy, full-steps, published, published-sqrt, published-square, published-log, published-clip, published-power, published-constant, published-stopped.")
	private String variant = "default";

	@Parameter(label = "Samples", persist = false, min = "0", max = "256", description = "Posterior samples of a field per sampler, 16 to 256; 0 = by form.")
	private int samples = 0;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" }, description = "The setting of the samplers that is tested.")
	private String quality = "Standard";

	@Parameter(label = "Geometry", persist = false, required = false,
		description = "A JSON file with type, angles, detectorPitch, ..., in mm and degrees, that comes before the window's own; empty = the window's own; CT only.")
	private File geometry;

	@Parameter(label = "Seed", persist = false, description = "Seed of the test problems and of the samplers, any whole number.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" }, description = "Where to compute: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for report.html with table and charts, self-test.csv and result.json; empty = show the results only.")
	private File output;

	@Override
	public void check() {
		settings();
		if (geometry != null) RawFiles.require("geometry", geometry);
		ResultFiles.check(output, "tif", ResultFiles.IMAGES);
	}

	@Override
	protected ImagePlus open(final Path file) throws IOException {
		return geometry != null || RawFiles.isSinogram(file) ? RawFiles.openSinogram(file, geometry) : RawFiles.open(file);
	}

	private SelfTestSettings settings() {
		return new SelfTestSettings(form, sampler, variant, samples, quality, seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final SelfTestResult found = test().run(monitor()), test = found.signed(signed(found.provenance()));
		report(test.provenance());
		for (final SelfTestResult.Row row : test.samplers()) result(row.sampler() + ", " + row.problem(), text(row));
		result("self-test", test.passed() ? "passed" : "failed");
		if (output != null) {
			new ResultFiles(output, "tif").addText("report.html", test.html()).addTable("self-test.csv", test.table()).add(test.provenance()).write();
		}
		if (!test.passed()) {
			throw new IllegalStateException(own() ? "self-test: a sampler is not calibrated on this scan, see the lines above - try another one, or quality=Best."
				: "self-test: this installation does not pass, see the lines above - please report them.");
		}
	}

	/** NB: the active window may be any picture, which says nothing about a scan. */
	private boolean own() {
		return input != null && (geometry != null || !Windows.isImage(input));
	}

	private SelfTest test() throws IOException {
		if (!own()) return new SelfTest(settings());
		return geometry != null || SinogramWindow.accepts(input) ? new SelfTest(settings(), SinogramWindow.sinogram(input, RawFiles.geometry(geometry)))
			: new SelfTest(settings(), MriWindows.scan(input));
	}

	private static String text(final SelfTestResult.Row row) {
		final Calibration c = row.calibration();
		final ModeWeights m = row.modes();
		final String figures = c == null ? "" : String.format(Locale.ROOT, ", spread %.3f, coverage %.3f (exact %.3f), bias %.3f, chi-square %.3f of exact", c.spread(), c
			.coverage(), c.expectedCoverage(), c.bias(), c.chiSquare());
		final String weights = m == null ? "" : String.format(Locale.ROOT, ", weights of modes off by %.3f, %.1f %% in excluded modes", m.error(), 100 * m.excluded());
		return row.verdict() + " (" + row.kind() + ", " + row.evaluations() + " evaluations" + figures + weights + String.format(Locale.ROOT, ", %.1f s)", row.seconds());
	}
}
