package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.ConditionRange;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Whether a scan is like those that a conditional network was trained on, by three measures that a scan has before it is reconstructed. */
public final class Familiarity {

	private static final double SLACK = 1.05;
	/** Noise of the first look in units of sigmaData, where priors know the misfit of their training scans. */
	private static final double LOOK = 3;

	private Familiarity() {}

	/** What is unlike, one line each with its evidence; empty if nothing is. */
	static List<String> complaints(final ConditionRange range, final DiffusionPrior prior, final DataConsistency data, final Condition condition) {
		final List<String> lines = new ArrayList<>();
		outside("noise", condition.sigma(), range.leastNoise(), range.mostNoise(), prior, lines);
		outside("part of the image that mask and coils leave open", condition.open(), range.leastOpen(), range.mostOpen(), prior, lines);
		final double misfit = misfit(prior, data, condition);
		if (misfit > SLACK * range.misfit()) {
			lines.add(String.format(Locale.ROOT, "Conditional: the network foresees these data with an error of %.3g, of its training scans 99 %% stay below %.3g - anatomy, " +
				"contrast, coil maps or mask are unlike those that prior %s was trained on; do not trust the spread.", misfit, range.misfit(), prior.name()));
		}
		return lines;
	}

	private static void outside(final String what, final double value, final double least, final double most, final DiffusionPrior prior, final List<String> lines) {
		if (value >= least / SLACK && value <= most * SLACK) return;
		lines.add(String.format(Locale.ROOT, "Conditional: the %s is %.3g, prior %s was trained on %.3g to %.3g - do not trust the spread.", what, value, prior.name(),
			least, most));
	}

	/** Root mean square of {@code A D - y} beyond the noise, D the first denoised image, in units of sigmaData. */
	public static double misfit(final DiffusionPrior prior, final DataConsistency data, final Condition condition) {
		final double sigma = LOOK * prior.sigmaData();
		final double[] chi = Scopes.compute(() -> {
			final Tensor image = condition.channels().narrow(1, 0, prior.channels());
			final Tensor noise = SampleRandom.single(0, 1).normal(data.operator().imageShape());
			final Tensor noisy = Tensors.add(image, sigma, Tensors.to(noise, image.device()));
			return data.chiSquare(prior.given(condition.channels()).denoise(noisy, prior.supportedSigma(sigma)));
		});
		return Math.sqrt(Math.max(0, chi[0] - 1)) * data.sigma() / prior.sigmaData();
	}
}
