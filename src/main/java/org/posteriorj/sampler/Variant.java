package org.posteriorj.sampler;

/**
 * One way to run a sampler: its network evaluations for a first look, as usual and for the result to report, and how it is made.
 */
record Variant(int preview, int standard, int best, Factory factory) {

	/** Makes a sampler. */
	interface Factory {

		PosteriorSampler create(Samplers.Request request);
	}

	/** Network evaluations of one sample at a quality: Preview, Standard or Best. */
	int evaluations(final String quality) {
		return switch (quality) {
			case "Preview" -> preview;
			case "Best" -> best;
			default -> standard;
		};
	}
}
