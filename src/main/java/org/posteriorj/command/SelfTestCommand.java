package org.posteriorj.command;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.host.PosteriorCommand;
import org.posteriorj.host.ResultFiles;
import org.posteriorj.workflow.Calibration;
import org.posteriorj.workflow.SelfTest;
import org.posteriorj.workflow.SelfTestResult;
import org.posteriorj.workflow.SelfTestSettings;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Versions, device, adjoints, and every sampler against an exactly known posterior. */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>PosteriorJ>Self-Test...",
	description = "Checks this installation: versions, device, adjoints, and every sampler against an exactly known posterior.")
public final class SelfTestCommand extends PosteriorCommand {

	@Parameter(label = "Samples", persist = false, min = "16", max = "256", description = "Posterior samples per sampler, 16 to 256; 32 take about a minute.")
	private int samples = 32;

	@Parameter(label = "Quality", persist = false, choices = { "Preview", "Standard", "Best" }, description = "The setting of the samplers that is tested.")
	private String quality = "Standard";

	@Parameter(label = "Seed", persist = false, description = "Seed of the test problem and of the samplers, any whole number.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "cuda" }, description = "Where to compute: auto takes a CUDA GPU if there is one.")
	private String device = "auto";

	@Parameter(label = "Output folder", persist = false, required = false, style = "directory",
		description = "Folder for the table self-test.csv; empty = show the results only.")
	private File output;

	@Override
	public void check() {
		settings();
		ResultFiles.check(output, "tif", ResultFiles.IMAGES);
	}

	private SelfTestSettings settings() {
		return new SelfTestSettings(samples, quality, seed, device);
	}

	@Override
	protected void execute() throws IOException {
		final SelfTestResult test = new SelfTest(settings()).run(monitor());
		test.facts().forEach(this::result);
		for (final SelfTestResult.Row row : test.samplers()) result(row.sampler() + ", " + row.problem(), text(row));
		result("self-test", test.passed() ? "passed" : "failed");
		if (output != null) new ResultFiles(output, "tif").addTable("self-test.csv", table(test)).write();
		if (!test.passed()) throw new IllegalStateException("self-test: this installation does not pass, see the lines above - please report them.");
	}

	private static String text(final SelfTestResult.Row row) {
		final Calibration c = row.calibration();
		final String figures = c == null ? String.format(Locale.ROOT, "error of the estimate %.3f", row.error()) : String.format(Locale.ROOT,
			"coverage %.3f (expected %.3f), standard deviation %.3f, bias %.3f, chi-square %.3f of exact", c.coverage(), c.expectedCoverage(), c.spread(), c.bias(), c
				.chiSquare());
		return row.verdict() + " (" + row.kind() + ", " + row.evaluations() + " evaluations, " + figures + String.format(Locale.ROOT, ", %.1f s)", row.seconds());
	}

	private static List<List<String>> table(final SelfTestResult test) {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("sampler", "kind", "problem", "evaluations", "coverage", "expected coverage", "standard deviation ratio", "bias", "chi-square ratio",
			"error of mean", "seconds", "verdict"));
		for (final SelfTestResult.Row r : test.samplers()) {
			final Calibration c = r.calibration();
			lines.add(List.of(r.sampler(), r.kind(), r.problem(), "" + r.evaluations(), c == null ? "" : "" + c.coverage(), c == null ? "" : "" + c.expectedCoverage(),
				c == null ? "" : "" + c.spread(), c == null ? "" : "" + c.bias(), c == null ? "" : "" + c.chiSquare(), "" + r.error(), "" + r.seconds(), r.verdict()));
		}
		return lines;
	}
}
