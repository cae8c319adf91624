package org.posteriorj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.sampler.Draws;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.sampler.MixturePosterior;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/** Exact draws of analytic priors, with a mistake put in on purpose. */
final class ExactSampler implements PosteriorSampler {

	/** What is done to exact draws. */
	interface Mistake {

		Tensor in(Tensor images, Known known);
	}

	/** What a mistake may know: the posterior's mean, and samples moved into one mode. */
	record Known(DiffusionPrior prior, DataConsistency data) {

		Tensor mean() {
			return prior instanceof final GaussianFieldPrior field ? new GaussianPosterior(field, data).mean() : new MixturePosterior((GaussianMixturePrior) prior, data)
				.mean();
		}

		/** Every image moved from the mean of its component to that of another. */
		Tensor inMode(final Tensor images, final int mode) {
			final GaussianMixturePrior mixture = (GaussianMixturePrior) prior;
			final double[][] shares = mixture.shares(images, 0);
			final List<Tensor> moved = new ArrayList<>();
			for (int i = 0; i < shares.length; i++) {
				int own = 0;
				for (int k = 1; k < shares[i].length; k++) if (shares[i][k] > shares[i][own]) own = k;
				moved.add(Tensors.items(images, i, i + 1).sub(component(mixture, own)).add(component(mixture, mode)));
			}
			return Tensors.concatenate(moved);
		}

		private Tensor component(final GaussianMixturePrior mixture, final int k) {
			return Tensors.of(mixture.components().get(k).mean(), Shapes.batch(1, data.operator().imageShape()));
		}
	}

	private final Mistake mistake;

	ExactSampler(final Mistake mistake) {
		this.mistake = mistake;
	}

	/** Exact draws. */
	static Tensor draw(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random) {
		return prior instanceof final GaussianFieldPrior field ? new GaussianPosterior(field, data).draw(random) : new MixturePosterior((GaussianMixturePrior) prior, data)
			.draw(random);
	}

	@Override
	public String name() {
		return "exact but for a mistake";
	}

	@Override
	public Kind kind() {
		return Kind.POSTERIOR;
	}

	@Override
	public long evaluations() {
		return 1;
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		progress.advance(1, 1, name());
		return Draws.equal(Scopes.keep(() -> mistake.in(draw(prior, data, random), new Known(prior, data))));
	}
}
