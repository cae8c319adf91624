package org.posteriorj.workflow;

import java.util.List;

/**
 * Options of {@link SelfTest}; the names are the option keys.
 *
 * @param samples posterior samples per sampler, 16 to 256
 * @param quality Preview, Standard or Best: the setting of the samplers that is tested
 * @param seed seed of the test problem and of the samplers
 * @param device auto, cpu or cuda
 */
public record SelfTestSettings(int samples, String quality, long seed, String device) {

	public SelfTestSettings {
		Options.range("samples", samples, 16, 256);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
	}
}
