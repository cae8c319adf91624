package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.sampler.Samplers;

/**
 * Options of {@link SelfTest}; the names are the option keys.
 *
 * @param form Short: small images and few samples; Full: 64 x 64 and 64 samples
 * @param sampler the one to test, or {@value #ALL}
 * @param variant way of running it, default or one of {@link Samplers#variants(String)}
 * @param samples posterior samples per sampler, 16 to 256; 0 = by form
 * @param quality Preview, Standard or Best: the setting of the samplers that is tested
 * @param seed seed of the test problems and of the samplers
 * @param device auto, cpu or cuda
 */
public record SelfTestSettings(String form, String sampler, String variant, int samples, String quality, long seed, String device) {

	/** Values of {@code form}. */
	public static final List<String> FORMS = List.of("Short", "Full");
	/** The value of {@code sampler} that names no single one. */
	public static final String ALL = "All";

	/** Values of {@code sampler}. */
	public static List<String> samplers() {
		final List<String> names = new ArrayList<>(List.of(ALL));
		names.addAll(Samplers.names());
		return names;
	}

	public SelfTestSettings {
		Options.choice("form", form, FORMS);
		Options.choice("sampler", sampler, samplers());
		Options.choice("variant", variant, sampler.equals(ALL) ? List.of(Samplers.DEFAULT) : Samplers.variants(sampler));
		if (samples != 0) Options.range("samples", samples, 16, 256);
		Options.choice("quality", quality, ReconstructMriSettings.QUALITIES);
		Options.choice("device", device, List.of("auto", "cpu", "cuda"));
	}

	private boolean full() {
		return form.equals("Full");
	}

	/** Rows and columns of the images. */
	int size() {
		return full() ? 64 : 32;
	}

	/** Samples of a field. */
	int count() {
		return samples > 0 ? samples : full() ? 64 : 16;
	}

	/** Samples of a mixture: weights of modes take more. */
	int modeCount() {
		return full() ? 400 : 64;
	}
}
