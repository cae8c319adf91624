package org.posteriorj.sampler;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * RED-diff as published, for replication: Adam on the gradient {@code A^H (A m - y) / M + lambda w(s) / s (m - D(m + s n; s)) / N} with M measured
 * and N image values and {@code |A| = 1}, over the levels of the variance-preserving diffusion, from the backprojection; images are scaled to a root mean square of
 * 1/2. A point estimator.
 * <p>
 * In the end the regulariser vanishes and the steps fit the noise: in measured directions the error is that of least squares. It can be stopped before.
 *
 * @see "M. Mardani et al., A variational perspective on solving inverse problems with diffusion models, ICLR 2024, algorithm 1"
 * @see "B. Ozturkler et al., Regularization by denoising diffusion process for MRI, MIDL 2023, for the start from the backprojection"
 */
public final class PublishedRedDiff implements PosteriorSampler {

	/**
	 * @param steps levels, one evaluation each
	 * @param lambda weight of the prior, published as 0.25
	 * @param rate of Adam, in units of twice sigmaData; published as 0.1 for 1000 steps and 0.5 for 100
	 * @param weighting see there
	 * @param stopped whether it ends where the level has come down to the noise that the data leave in the image, and returns the mean of the last tenth of the
	 *          iterates; else it goes on to the last level, and returns the last iterate
	 */
	record Options(int steps, double lambda, double rate, NoiseWeighting weighting, boolean stopped) {

		Options {
			if (steps < 1) throw new IllegalArgumentException("RED-diff: steps must be at least 1, got " + steps + ".");
			if (!(lambda > 0) || !(rate > 0)) throw new IllegalArgumentException("RED-diff: lambda and rate must be > 0, got " + lambda + " and " + rate + ".");
		}

		/** The published settings; {@code trust} from 0 (prior) to 1 (data) moves lambda over a factor of 100. */
		static Options evaluations(final int steps, final double trust, final NoiseWeighting weighting, final boolean stopped) {
			return new Options(steps, 0.25 * Math.pow(10, 1 - 2 * trust), Math.min(0.5, 100.0 / steps), weighting, stopped);
		}
	}

	private final Options options;

	PublishedRedDiff(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return RedDiff.NAME;
	}

	@Override
	public Kind kind() {
		return Kind.POINT;
	}

	@Override
	public long evaluations() {
		return options.steps();
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final double[] all = NoiseSchedule.variancePreserving(prior, options.steps());
		final double lowest = options.stopped() ? Math.min(all[0], data.typicalNoise()) : 0;
		final double[] levels = Arrays.stream(all).filter(s -> s >= lowest).toArray();
		final double unit = 2 * prior.sigmaData(), whitened = data.noiseRadius() * data.noiseRadius(), norm = whitened / (data.sigma() * data.sigma());
		return Draws.equal(Scopes.keep(() -> {
			final Tensor zero = Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(random.batch(), data.operator().imageShape())).contiguous();
			final LastIterates last = new LastIterates(zero, options.stopped() ? Math.max(1, levels.length / 10) : 1);
			final Adam adam = new Adam(zero, options.rate() * unit);
			// per image value: only the ratio of the terms matters to Adam
			final double fidelity = whitened * zero.numel() / zero.size(0) / data.operator().measurements();
			Tensor image = Tensors.add(zero, norm, data.backprojection());
			for (int k = 0; k < levels.length; k++) {
				final double s = levels[k], weight = options.lambda() * options.weighting().ofDifference(s / unit);
				final Tensor now = image, gradient = Scopes.keep(() -> {
					final Tensor denoised = prior.denoise(Tensors.add(now, s, random.normal(data.operator().imageShape())), s);
					return Tensors.add(Tensors.scale(data.gradient(now), fidelity), weight, now.sub(denoised));
				});
				// NB: in no scope of its own, which would free the averages that Adam keeps
				image = adam.step(now, gradient);
				now.close();
				gradient.close();
				if (levels.length - k <= last.count()) last.add(image, null);
				progress.advance(k + 1, levels.length, RedDiff.NAME);
			}
			image.close();
			return last.mean();
		}));
	}
}
