package org.posteriorj.sampler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samplers by their keys: one line each. */
public final class Samplers {

	/** What a workflow asks of a sampler: network evaluations of one sample, and trust in the data from 0 to 1. */
	public record Request(int evaluations, double trust) {}

	/** Network evaluations by quality: a first look, the usual, the result to report. */
	private record Effort(int preview, int standard, int best) {}

	private interface Factory {

		PosteriorSampler create(Request request);
	}

	private record Entry(Effort effort, Factory factory) {}

	private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

	static {
		ENTRIES.put(PnpDm.NAME, new Entry(new Effort(48, 100, 200), r -> new PnpDm(PnpDm.Options.evaluations(r.evaluations()))));
		ENTRIES.put(RedDiff.NAME, new Entry(new Effort(50, 100, 300), r -> new RedDiff(RedDiff.Options.evaluations(r.evaluations(), r.trust()))));
	}

	private Samplers() {}

	/** Every key. */
	public static List<String> names() {
		return List.copyOf(ENTRIES.keySet());
	}

	/** Whether the spread of its images is an uncertainty. */
	public static boolean isPosterior(final String name) {
		return entry(name).factory().create(new Request(1, 0.5)).kind() == PosteriorSampler.Kind.POSTERIOR;
	}

	/** Network evaluations of a sampler at a quality: Preview, Standard or Best. */
	public static int evaluations(final String name, final String quality) {
		final Effort effort = entry(name).effort();
		return switch (quality) {
			case "Preview" -> effort.preview();
			case "Best" -> effort.best();
			default -> effort.standard();
		};
	}

	/** A sampler by its key. */
	public static PosteriorSampler create(final String name, final Request request) {
		return entry(name).factory().create(request);
	}

	private static Entry entry(final String name) {
		final Entry entry = ENTRIES.get(name);
		if (entry == null) throw new IllegalArgumentException("sampler: expected one of " + String.join(", ", names()) + ", got '" + name + "'.");
		return entry;
	}
}
