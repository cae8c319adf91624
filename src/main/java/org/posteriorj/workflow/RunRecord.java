package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.posteriorj.data.Provenance;

/** Facts and warnings of a run, collected while it works. */
final class RunRecord {

	private final long start = System.nanoTime();
	private final Map<String, Object> facts = new LinkedHashMap<>();
	private final List<String> warnings = new ArrayList<>();

	/** Notes a fact; a later one of the same name replaces it. */
	void fact(final String name, final Object value) {
		facts.put(name, value);
	}

	/** Notes what the user should know, once. */
	void warn(final String line) {
		if (!warnings.contains(line)) warnings.add(line);
	}

	/** The record so far; the command that repeats the run is added by whoever knows it. */
	Provenance provenance() {
		final Map<String, Object> all = new LinkedHashMap<>(facts);
		all.put("seconds", Math.round((System.nanoTime() - start) / 1e7) / 100.0);
		return new Provenance("", Map.of(), all, warnings);
	}
}
