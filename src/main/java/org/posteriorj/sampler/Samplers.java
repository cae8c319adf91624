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
		ENTRIES.put(Daps.NAME, new Entry(new Effort(100, 200, 400), r -> new Daps(Daps.Options.evaluations(r.evaluations()))));
		ENTRIES.put(EnsembleSmc.NAME, new Entry(new Effort(100, 200, 400), r -> new EnsembleSmc(EnsembleSmc.Options.evaluations(r.evaluations()))));
		ENTRIES.put(RedDiff.NAME, new Entry(new Effort(50, 100, 300), r -> new RedDiff(RedDiff.Options.evaluations(r.evaluations(), r.trust()))));
		ENTRIES.put(Dds.NAME, new Entry(new Effort(20, 50, 100), r -> new Dds(Dds.Options.evaluations(r.evaluations()))));
		ENTRIES.put(DiffPir.NAME, new Entry(new Effort(30, 100, 200), r -> new DiffPir(DiffPir.Options.evaluations(r.evaluations()))));
		ENTRIES.put(Ddnm.NAME, new Entry(new Effort(30, 100, 200), r -> new Ddnm(Ddnm.Options.evaluations(r.evaluations()))));
		ENTRIES.put(Conditional.NAME, new Entry(new Effort(10, 25, 50), r -> new Conditional(Conditional.Options.evaluations(r.evaluations()))));
		ENTRIES.put(Dps.NAME, new Entry(new Effort(100, 200, 1000), r -> new Dps(Dps.Options.evaluations(r.evaluations()))));
	}

	private Samplers() {}

	/** Every key. */
	public static List<String> names() {
		return List.copyOf(ENTRIES.keySet());
	}

	/** What its images are. */
	public static PosteriorSampler.Kind kind(final String name) {
		return entry(name).factory().create(new Request(1, 0.5)).kind();
	}

	/** Whether it draws: whether several images of it make sense. */
	public static boolean isPosterior(final String name) {
		return kind(name).draws();
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
