package org.posteriorj.workflow;

import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.sampler.MixturePosterior;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Tensors;

/**
 * A measurement of which everything is known: what samplers are told, and what their samples should be like. Tensors belong to the scope in
 * which it was made.
 */
final class KnownPosterior {

	/** A problem with a known posterior, ready while {@code use} works with it. */
	interface Problem {

		/** A short name, for tables. */
		String name();

		/** Makes it; facts about it go to the record. */
		void open(Request request, Consumer<KnownPosterior> use);
	}

	/**
	 * How a problem is to be made.
	 *
	 * @param samples that will be judged
	 * @param seed of truth, noise and exact draws
	 * @param device where to compute
	 * @param record gets facts
	 */
	record Request(int samples, long seed, ComputeDevice device, RunRecord record) {

		/** Random numbers of a truth and its noise; stream tells problems apart. */
		SampleRandom truth(final long stream) {
			return new SampleRandom(seed, new long[] { -stream }, 0, device.device());
		}

		private SampleRandom exact() {
			return new SampleRandom(seed + 1, LongStream.range(0, samples).toArray(), 0, device.device());
		}
	}

	private final DiffusionPrior prior;
	private final DataConsistency data;
	private final Tensor truth;
	private final Tensor mean;
	private final Tensor draws;
	private final MixturePosterior mixture;

	private KnownPosterior(final DiffusionPrior prior, final DataConsistency data, final Tensor truth, final Tensor mean, final Tensor draws,
		final MixturePosterior mixture)
	{
		this.prior = prior;
		this.data = data;
		this.truth = truth;
		this.mean = mean;
		this.draws = draws;
		this.mixture = mixture;
	}

	/** Of a field. */
	static KnownPosterior of(final GaussianFieldPrior prior, final DataConsistency data, final Tensor truth, final Request request) {
		final GaussianPosterior exact = new GaussianPosterior(prior, data);
		return new KnownPosterior(prior, data, truth, exact.mean(), exact.draw(request.exact()), null);
	}

	/** Of a mixture whose truth is of its first component. */
	static KnownPosterior of(final GaussianMixturePrior prior, final DataConsistency data, final Tensor truth, final Request request) {
		final MixturePosterior exact = new MixturePosterior(prior, data);
		return new KnownPosterior(prior, data, truth, exact.mean(), exact.draw(request.exact()), exact);
	}

	DiffusionPrior prior() {
		return prior;
	}

	DataConsistency data() {
		return data;
	}

	/** Independent exact draws, as many as samples are judged. */
	Tensor draws() {
		return draws;
	}

	/** {@code |image - exact mean| / |exact mean|}. */
	double error(final Tensor image) {
		return Math.sqrt(Tensors.squaredNorm(image.sub(mean))[0] / Tensors.squaredNorm(mean)[0]);
	}

	/** The error of the mean of samples. */
	double errorOfMean(final Tensor images) {
		return error(images.mean(0).unsqueeze(0));
	}

	/** How samples spread: within their modes, if there are several. */
	Calibration calibration(final Tensor images) {
		if (mixture == null) return Calibration.of(images, draws, mean, truth, data);
		return Calibration.of(aboutTheirModes(images), aboutTheirModes(draws), Tensors.toFloats(mixture.mean(0)), Tensors.toFloats(truth), data.chiSquare(images), data
			.chiSquare(draws));
	}

	/** How often samples are in each mode; null if there is only one. */
	ModeWeights modes(final Tensor images) {
		if (mixture == null) return null;
		final double[] exact = mixture.weights(), found = new double[exact.length];
		final double[][] shares = shares(images);
		for (final double[] share : shares) for (int k = 0; k < found.length; k++) found[k] += share[k] / shares.length;
		return new ModeWeights(exact, found, shares.length);
	}

	private double[][] shares(final Tensor images) {
		return ((GaussianMixturePrior) prior).shares(images, 0);
	}

	/** Samples moved from the mean of their mode to that of the first. */
	private float[][] aboutTheirModes(final Tensor images) {
		final float[][] items = Calibration.items(images);
		final double[][] shares = shares(images);
		final float[] first = Tensors.toFloats(mixture.mean(0));
		for (int s = 0; s < items.length; s++) {
			int mode = 0;
			for (int k = 1; k < shares[s].length; k++) if (shares[s][k] > shares[s][mode]) mode = k;
			final float[] own = Tensors.toFloats(mixture.mean(mode));
			for (int i = 0; i < own.length; i++) items[s][i] += first[i] - own[i];
		}
		return items;
	}
}
