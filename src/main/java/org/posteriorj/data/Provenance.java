package org.posteriorj.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves behind besides images: everything needed to repeat and to judge it; becomes {@code result.json}.
 *
 * @param command the command line that repeats the run
 * @param options every option with the value used, in order
 * @param facts seed, device, versions, SHA-256 of input and weights, noise, evaluations, seconds, residual statistic, ...
 * @param warnings what the user should know, one line each
 */
public record Provenance(String command, Map<String, Object> options, Map<String, Object> facts, List<String> warnings) {

	public Provenance {
		options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
		facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
		warnings = List.copyOf(warnings);
	}
}
