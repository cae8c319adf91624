package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Provenance;

/**
 * What the self-test found.
 *
 * @param samplers one row per problem and sampler
 * @param passed whether every operator is exact and every posterior sampler is calibrated
 * @param provenance versions, device, operators, problems, and how it was made
 */
public record SelfTestResult(List<Row> samplers, boolean passed, Provenance provenance) {

	/**
	 * @param sampler its key
	 * @param kind posterior sampler, approximate sampler or point estimator
	 * @param problem its name
	 * @param calibration null for a point estimator
	 * @param modes weights of modes; null where there is only one
	 * @param error {@code |mean - exact mean| / |exact mean|}
	 * @param evaluations denoiser evaluations of one sample
	 * @param seconds for all samples
	 * @param verdict {@code passed}, or what is wrong, by name and number
	 * @param failed whether what is wrong breaks a promise: posterior samplers only
	 */
	public record Row(String sampler, String kind, String problem, Calibration calibration, ModeWeights modes, double error, long evaluations, double seconds,
		String verdict, boolean failed)
	{}

	public SelfTestResult {
		samplers = List.copyOf(samplers);
	}

	/** The record with the command line and the options that the host knows. */
	public SelfTestResult signed(final Provenance signed) {
		return new SelfTestResult(samplers, passed, signed);
	}

	/** Every figure, a header first. */
	public List<List<String>> table() {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("problem", "sampler", "kind", "evaluations", "coverage", "expected coverage", "standard deviation ratio", "bias", "chi-square ratio",
			"error of mode weights", "share in excluded modes", "error of mean", "seconds", "verdict"));
		for (final Row r : samplers) {
			final Calibration c = r.calibration();
			final ModeWeights m = r.modes();
			lines.add(List.of(r.problem(), r.sampler(), r.kind(), "" + r.evaluations(), c == null ? "" : "" + c.coverage(), c == null ? "" : "" + c.expectedCoverage(),
				c == null ? "" : "" + c.spread(), c == null ? "" : "" + c.bias(), c == null ? "" : "" + c.chiSquare(), m == null ? "" : "" + m.error(), m == null ? "" : "" + m
					.excluded(), "" + r.error(), "" + r.seconds(), r.verdict()));
		}
		return lines;
	}

	/** The report as one HTML page that needs nothing else. */
	public String html() {
		return SelfTestPage.html(this);
	}
}
