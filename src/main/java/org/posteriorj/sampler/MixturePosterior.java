package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * The exact posterior of a mixture whose components differ in weight and mean alone, under any linear operator: the weights of its modes,
 * their means, and independent draws, for tests and self-tests.
 * <p>
 * With one spectrum all components have the same {@code det(A C A^H + W^-1)}, which so cancels in
 * {@code W_k} proportional to {@code w_k exp(-Q_k / 2)}, Q_k the {@link GaussianPosterior#misfit} of {@code y - A m_k}.
 */
public final class MixturePosterior {

	private final double[] weights;
	private final List<Tensor> means = new ArrayList<>();
	private final GaussianPosterior about;

	/** @throws IllegalArgumentException if the components have different spectra */
	public MixturePosterior(final GaussianMixturePrior prior, final DataConsistency data) {
		final List<GaussianMixturePrior.Component> components = prior.components();
		final Spectrum spectrum = components.get(0).spectrum();
		if (components.stream().anyMatch(c -> c.spectrum() != spectrum)) {
			throw new IllegalArgumentException("mixture posterior: the components must share one spectrum.");
		}
		final GaussianFieldPrior field = new GaussianFieldPrior(prior.name(), prior.channels(), spectrum);
		final double[] logs = new double[components.size()];
		for (int k = 0; k < logs.length; k++) {
			final GaussianMixturePrior.Component component = components.get(k);
			final Tensor[] found = Scopes.keepAll(() -> {
				final Tensor mean = Tensors.to(Tensors.of(component.mean(), Shapes.batch(1, data.operator().imageShape())), data.data().device());
				final GaussianPosterior part = new GaussianPosterior(field, data.about(mean));
				return new Tensor[] { mean.add(part.mean()), Tensors.ofDoubles(new double[] { part.misfit() }, 1) };
			});
			means.add(found[0]);
			logs[k] = Math.log(component.weight()) - 0.5 * found[1].item_double();
		}
		weights = GaussianMixturePrior.softmax(logs);
		about = new GaussianPosterior(field, data.about(Tensors.scale(means.get(0), 0)));
	}

	/** {@code W_k = p(k | y)}. */
	public double[] weights() {
		return weights.clone();
	}

	/** {@code E[x | y, k]}, [1, C, H, W]. */
	public Tensor mean(final int k) {
		return means.get(k);
	}

	/** {@code E[x | y]}, [1, C, H, W]. */
	public Tensor mean() {
		return Scopes.keep(() -> {
			Tensor sum = Tensors.scale(means.get(0), weights[0]);
			for (int k = 1; k < weights.length; k++) sum = Tensors.add(sum, weights[k], means.get(k));
			return sum;
		});
	}

	/** Draws from {@code p(x | y)}, one for each sample of {@code random}; takes three of its draws. */
	public Tensor draw(final SampleRandom random) {
		return Scopes.keep(() -> {
			final List<Tensor> centres = new ArrayList<>();
			for (final double at : random.uniform()) centres.add(means.get(component(at)));
			return about.draw(random).sub(about.mean()).add(Tensors.concatenate(centres));
		});
	}

	private int component(final double at) {
		double sum = 0;
		for (int k = 0; k < weights.length; k++) {
			sum += weights[k];
			if (at < sum) return k;
		}
		return weights.length - 1;
	}
}
