package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * RED-diff: regularisation by denoising at falling noise levels, {@code min |A m - y|^2 / (2 sigma_y^2) + lambda R(m)}, with
 * {@code grad R = w(s) (m - D(m + s n; s))}. A point estimator: its spread over seeds is the optimiser's, not uncertainty.
 * <p>
 * As published w is constant, the steps are Adam's, and the last ones, where R vanishes, fit the noise. Here {@code w = 1 / s^2},
 * which makes the last steps those towards the maximum of the posterior; s stops at the noise of the data as the image sees it;
 * the steps are preconditioned with {@code (A^H W A + lambda / s^2)^-1}, so that they have no step length in units of the data; and
 * the mean of the last tenth of the iterates is returned. It starts from the regularised least squares, not from zero.
 *
 * @see "M. Mardani et al., A variational perspective on solving inverse problems with diffusion models, ICLR 2024, algorithm 1"
 */
public final class RedDiff implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "RED-diff";

	/**
	 * @param steps evaluations
	 * @param lambda weight of the prior against the data; 1 is the maximum of the posterior, less is nearer to its mean
	 * @param rate part of the way to the minimiser of the current problem that a step goes, at most 1
	 * @param start first noise level in units of sigmaData
	 * @param end last noise level in units of the noise that the data leave in the image
	 */
	public record Options(int steps, double lambda, double rate, double start, double end) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("RED-diff: steps must be at least 1, got " + steps + ".");
			if (!(lambda > 0) || !(rate > 0) || !(start > 0) || !(end > 0)) {
				throw new IllegalArgumentException("RED-diff: lambda, rate, start and end must be > 0, got " + lambda + ", " + rate + ", " + start + " and " + end + ".");
			}
		}

		/** The measured defaults; {@code trust} from 0 (prior) to 1 (data) moves lambda over a factor of 100 around 0.5, chosen on heads of the training
		 * volumes at R = 4 and 8 and on a chest at 32 views: 0.15 to 0.4 dB (MRI) and 0.6 dB (CT) above 1. */
		public static Options evaluations(final int steps, final double trust) {
			return new Options(steps, 0.5 * Math.pow(10, 1 - 2 * trust), 0.4, 1, 0.25);
		}
	}

	private final Options options;

	/** @param options see there */
	public RedDiff(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return NAME;
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
		final double noise = data.typicalNoise();
		final double first = options.start() * prior.sigmaData();
		final double[] levels = NoiseSchedule.geometric(prior, first, Math.min(first, options.end() * noise), options.steps());
		return Draws.equal(Scopes.keep(() -> {
			final Tensor zero = Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(random.batch(), data.operator().imageShape())).contiguous();
			Tensor image = data.prox(zero, prior.sigmaData()), sum = zero;
			final int averaged = Math.max(1, levels.length / 10);
			for (int k = 0; k < levels.length; k++) {
				final double s = levels[k];
				image = Scopes.update(image, m -> step(prior, data, m, s, random));
				if (levels.length - k <= averaged) {
					final Tensor now = image;
					sum = Scopes.update(sum, t -> Tensors.add(t, 1.0 / averaged, now));
				}
				progress.advance(k + 1, levels.length, NAME);
			}
			image.close();
			return sum;
		}));
	}

	/** Part of the way to {@code argmin |A m' - y|_W^2 / 2 + lambda |m' - D(m + s n)|^2 / (2 s^2)}. */
	private Tensor step(final DiffusionPrior prior, final DataConsistency data, final Tensor image, final double s, final SampleRandom random) {
		final Tensor denoised = prior.denoise(Tensors.add(image, s, random.normal(image.size(1), image.size(2), image.size(3))), s);
		final Tensor goal = data.prox(denoised, s / Math.sqrt(options.lambda()));
		return Tensors.add(image, options.rate(), goal.sub(image));
	}
}
