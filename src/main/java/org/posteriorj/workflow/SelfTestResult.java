package org.posteriorj.workflow;

import java.util.List;
import java.util.Map;

/**
 * What the self-test found.
 *
 * @param facts versions, jars, device, operators
 * @param samplers one row per sampler
 * @param passed whether every operator is exact and every posterior sampler is calibrated
 */
public record SelfTestResult(Map<String, Object> facts, List<Row> samplers, boolean passed) {

	/**
	 * @param sampler its key
	 * @param kind posterior sampler, point estimator, ...
	 * @param problem single-coil or 8 coils
	 * @param calibration null for a point estimator
	 * @param error {@code |mean - exact mean| / |exact mean|}
	 * @param evaluations denoiser evaluations of one sample
	 * @param seconds for all samples
	 * @param verdict passed, or what is wrong
	 */
	public record Row(String sampler, String kind, String problem, Calibration calibration, double error, long evaluations, double seconds,
		String verdict)
	{}
}
