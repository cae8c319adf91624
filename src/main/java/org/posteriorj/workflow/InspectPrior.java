package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Volume;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.PriorContract;
import org.posteriorj.prior.PriorMeta;
import org.posteriorj.prior.Priors;
import org.posteriorj.prior.TestImage;
import org.posteriorj.prior.train.IntensityScale;
import org.posteriorj.prior.train.Validation;
import org.posteriorj.tensor.Tensors;

/** Says what a prior file is, whether it keeps the contract of a denoiser, and shows what it does to noise. */
public final class InspectPrior {

	private static final int BUILT_IN_SIZE = 128, MOST_SLICES = 4;

	private final InspectPriorSettings settings;

	public InspectPrior(final InspectPriorSettings settings) {
		this.settings = settings;
	}

	/**
	 * Inspects the prior.
	 *
	 * @param image what to denoise, real or complex (its magnitude is taken), any scale; null for a built-in picture
	 */
	public Inspection run(final Volume image, final Monitor monitor) {
		try (NetworkPrior prior = Priors.load(settings.prior())) {
			final Map<String, Object> facts = facts(prior);
			final PriorContract contract = PriorContract.of(prior);
			facts.put("verdict", contract.accepted() ? "accepted" : "refused");
			if (!contract.accepted()) {
				return new Inspection(facts, contract.refusals(), Validation.LEVELS, new double[0], new double[0], null);
			}
			return denoise(prior, image, facts, monitor);
		}
	}

	private static Map<String, Object> facts(final NetworkPrior prior) {
		final PriorMeta meta = prior.meta();
		final Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("name", meta.name() + " " + text(meta.version()));
		facts.put("licence", text(meta.licence()));
		facts.put("training data", meta.trainingData() == null || meta.trainingData().isEmpty() ? "not stated" : String.join("; ", meta.trainingData()));
		facts.put("channels", meta.channels() == 2 ? "2 (complex: real, imaginary)" : "1 (real)");
		if (meta.conditioning() > 0) facts.put("conditioning", meta.conditioning() + " channels; tried here without a condition");
		facts.put("parameterisation", meta.parameterisation() + (meta.convention() == null ? "" : ", " + meta.convention()));
		facts.put("scaling", text(meta.scaling()));
		facts.put("noise levels", String.format(Locale.ROOT, "%.4g to %.4g", meta.sigmaMin(), meta.sigmaMax()));
		facts.put("sigma data", String.format(Locale.ROOT, "%.4g", meta.sigmaData()));
		facts.put("weights", prior.weights());
		facts.put("sha256", prior.sha256() + (meta.sha256() == null ? " (the file states none)" : " (as stated)"));
		if (meta.validation() != null && !meta.validation().isEmpty()) facts.put("stated validation", meta.validation() + " dB");
		return facts;
	}

	private static String text(final String stated) {
		return stated == null || stated.isBlank() ? "not stated" : stated;
	}

	private static Inspection denoise(final NetworkPrior prior, final Volume image, final Map<String, Object> facts, final Monitor monitor) {
		final PriorMeta meta = prior.meta();
		final boolean hounsfield = IntensityScale.HOUNSFIELD.text().equals(meta.scaling());
		final Volume clean = image == null ? TestImage.of(BUILT_IN_SIZE, 1) : (hounsfield ? IntensityScale.HOUNSFIELD : IntensityScale.PERCENTILE).apply(image
			.magnitude());
		final int count = Math.min(MOST_SLICES, clean.depth()), levels = Validation.LEVELS.size();
		final Validation validation = new Validation(clean, count, meta.channels());
		final List<float[]> pairs = new ArrayList<>();
		final int[] calls = { 0 };
		final double[] seconds = { 0 };
		final double[] psnr = validation.psnr((noisy, sigma) -> {
			final double s = sigma.item_float();
			final boolean inside = s >= meta.sigmaMin() && s <= meta.sigmaMax();
			final long start = System.nanoTime();
			final Tensor denoised = inside ? prior.denoise(noisy, s) : noisy;
			seconds[0] += (System.nanoTime() - start) / 1e9;
			if (calls[0] % count == 0) pairs.add(pair(Tensors.toFloats(noisy), Tensors.toFloats(denoised), clean.width(), clean.height(), meta.channels()));
			monitor.advance(++calls[0], (long) levels * count, "denoising");
			return denoised;
		});
		final double[] noisy = new double[levels];
		for (int l = 0; l < levels; l++) {
			final double s = Validation.LEVELS.get(l);
			if (s < meta.sigmaMin() || s > meta.sigmaMax()) psnr[l] = Double.NaN;
			// both channels of a complex image carry noise
			noisy[l] = 10 * Math.log10(1 / (meta.channels() * s * s));
		}
		facts.put("image", (image == null ? "built in" : image.title()) + ", " + clean.width() + " x " + clean.height() + ", " + count + " slice(s)");
		facts.put("seconds", String.format(Locale.ROOT, "%.3f per evaluation", seconds[0] / calls[0]));
		final Volume pictures = new Volume("Noisy and denoised by " + meta.name() + " at sigma " + Validation.LEVELS, 2 * clean.width(), clean.height(), 1, pairs,
			clean.voxel(), "");
		return new Inspection(facts, List.of(), Validation.LEVELS, noisy, psnr, pictures);
	}

	/** Magnitudes of two images side by side. */
	private static float[] pair(final float[] left, final float[] right, final int columns, final int rows, final int channels) {
		final float[] pair = new float[2 * columns * rows];
		for (final float[] image : Arrays.asList(left, right)) {
			final int shift = image == left ? 0 : columns;
			for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
				final int i = r * columns + c;
				pair[r * 2 * columns + shift + c] = channels == 2 ? (float) Math.hypot(image[i], image[rows * columns + i]) : image[i];
			}
		}
		return pair;
	}
}
