package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The samplers by their keys: one line each. A sampler that can be run in other ways than the default names them itself. */
public final class Samplers {

	/** What a workflow asks of a sampler: network evaluations of one sample, and trust in the data from 0 to 1. */
	public record Request(int evaluations, double trust) {}

	/** Key of the variant that every sampler has: the measured defaults. */
	public static final String DEFAULT = "default";

	private static final Map<String, Map<String, Variant>> ENTRIES = new LinkedHashMap<>();
	/** Those that need neighbouring slices. */
	private static final Map<String, Map<String, Variant>> OF_VOLUMES = new LinkedHashMap<>();

	static {
		add(PnpDm.NAME, new Variant(48, 100, 200, r -> new PnpDm(PnpDm.Options.evaluations(r.evaluations()))));
		add(Daps.NAME, new Variant(100, 200, 400, r -> new Daps(Daps.Options.evaluations(r.evaluations()))));
		add(EnsembleSmc.NAME, new Variant(100, 200, 400, r -> new EnsembleSmc(EnsembleSmc.Options.evaluations(r.evaluations()))), EnsembleSmc.VARIANTS);
		add(RedDiff.NAME, new Variant(50, 100, 300, r -> new RedDiff(RedDiff.Options.evaluations(r.evaluations(), r.trust()))), RedDiff.VARIANTS);
		add(Dds.NAME, new Variant(20, 50, 100, r -> new Dds(Dds.Options.evaluations(r.evaluations()))));
		add(DiffPir.NAME, new Variant(30, 100, 200, r -> new DiffPir(DiffPir.Options.evaluations(r.evaluations()))));
		add(Ddnm.NAME, new Variant(30, 100, 200, r -> new Ddnm(Ddnm.Options.evaluations(r.evaluations()))));
		add(Conditional.NAME, new Variant(10, 25, 50, r -> new Conditional(Conditional.Options.evaluations(r.evaluations()))));
		add(Dps.NAME, new Variant(100, 200, 1000, r -> new Dps(Dps.Options.evaluations(r.evaluations()))));
		OF_VOLUMES.put(DiffusionMbir.NAME, variants(new Variant(20, 50, 100, r -> new DiffusionMbir(DiffusionMbir.Options.fast(r.evaluations()))), DiffusionMbir.VARIANTS));
	}

	private Samplers() {}

	private static void add(final String name, final Variant usual) {
		add(name, usual, Map.of());
	}

	private static void add(final String name, final Variant usual, final Map<String, Variant> others) {
		ENTRIES.put(name, variants(usual, others));
	}

	private static Map<String, Variant> variants(final Variant usual, final Map<String, Variant> others) {
		final Map<String, Variant> all = new LinkedHashMap<>();
		all.put(DEFAULT, usual);
		all.putAll(others);
		return all;
	}

	/** The key of every sampler of single images. */
	public static List<String> names() {
		return List.copyOf(ENTRIES.keySet());
	}

	/** The key of every sampler of whole volumes: a batch is all slices, and data have one item for each. */
	public static List<String> namesOfVolumes() {
		return List.copyOf(OF_VOLUMES.keySet());
	}

	/** Whether it needs the volume as a whole. */
	public static boolean needsVolume(final String name) {
		return OF_VOLUMES.containsKey(name);
	}

	/** The variants of a sampler: default first. */
	public static List<String> variants(final String name) {
		return List.copyOf(entry(name).keySet());
	}

	/** The variants of all samplers, each once: default first. */
	public static List<String> variants() {
		final Set<String> all = new LinkedHashSet<>();
		for (final Map<String, Variant> entry : ENTRIES.values()) all.addAll(entry.keySet());
		return new ArrayList<>(all);
	}

	/** What its images are. */
	public static PosteriorSampler.Kind kind(final String name) {
		return create(name, new Request(1, 0.5)).kind();
	}

	/** Whether it draws: whether several images of it make sense. */
	public static boolean isPosterior(final String name) {
		return kind(name).draws();
	}

	/** Network evaluations of a sampler at a quality: Preview, Standard or Best. */
	public static int evaluations(final String name, final String quality) {
		return variant(name, DEFAULT).evaluations(quality);
	}

	/** A sampler by its key, with the measured defaults. */
	public static PosteriorSampler create(final String name, final Request request) {
		return variant(name, DEFAULT).factory().create(request);
	}

	/** A sampler as options ask for it; {@code steps} 0 = by quality. */
	public static PosteriorSampler create(final String name, final String variant, final int steps, final String quality, final double trust) {
		final Variant chosen = variant(name, variant);
		return chosen.factory().create(new Request(steps > 0 ? steps : chosen.evaluations(quality), trust));
	}

	private static Variant variant(final String name, final String variant) {
		final Variant found = entry(name).get(variant);
		if (found == null) throw new IllegalArgumentException("variant: " + name + " has " + String.join(", ", variants(name)) + "; got '" + variant + "'.");
		return found;
	}

	private static Map<String, Variant> entry(final String name) {
		final Map<String, Variant> entry = needsVolume(name) ? OF_VOLUMES.get(name) : ENTRIES.get(name);
		if (entry == null) throw new IllegalArgumentException("sampler: expected one of " + String.join(", ", names()) + ", got '" + name + "'.");
		return entry;
	}
}
