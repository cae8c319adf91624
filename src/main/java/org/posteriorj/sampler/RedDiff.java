package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
 * As published ({@link PublishedRedDiff}) w hardly falls, the steps are Adam's, and the last ones, where R vanishes, fit the noise. Here
 * {@code w = 1 / s^2}, which makes the last steps those towards the maximum of the posterior; s stops at the noise of the data as the image sees it;
 * the steps are preconditioned with {@code (A^H W A + lambda / s^2)^-1}, so that neither they nor lambda depend on units of the data; and
 * the mean of the last tenth of the iterates is returned. It starts from the regularised least squares, not from zero. Every second step has the noise n of
 * the one before with the opposite sign, so that what noise does to the image cancels: 0.3 dB on heads at R = 4, for nothing.
 * <p>
 * By the discrepancy principle the levels fall in the first part of the steps, and at the last level {@link DiscrepancyPrinciple} finds lambda and the end.
 *
 * @see "M. Mardani et al., A variational perspective on solving inverse problems with diffusion models, ICLR 2024, algorithm 1"
 */
public final class RedDiff implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "RED-diff";

	/** Ways to run it besides the default. */
	static final Map<String, Variant> VARIANTS = variants();

	/** Share of the iterates that are averaged. */
	private static final double AVERAGED = 0.1;
	/** By the discrepancy principle: share of the steps in which levels fall, and weight of the newest iterate in the running mean after that. */
	private static final double FALLING = 0.4, NEWEST = 0.2;

	/**
	 * @param steps evaluations, by the discrepancy principle at most
	 * @param lambda weight of the prior against the data; 1 is the maximum of the posterior, less is nearer to its mean
	 * @param discrepancy whether lambda, from this value on, and the number of steps are found by the discrepancy principle
	 * @param rate part of the way to the minimiser of the current problem that a step goes, at most 1; for complex images
	 * @param rateOfReal the same for real images (CT)
	 * @param start first noise level in units of sigmaData
	 * @param end last noise level in units of the noise that the data leave in the image
	 */
	public record Options(int steps, double lambda, boolean discrepancy, double rate, double rateOfReal, double start, double end) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("RED-diff: steps must be at least 1, got " + steps + ".");
			if (!(lambda > 0) || !(rate > 0) || !(rateOfReal > 0) || !(start > 0) || !(end > 0)) {
				throw new IllegalArgumentException("RED-diff: lambda, rates, start and end must be > 0, got " + lambda + ", " + rate + ", " + rateOfReal + ", " + start + " and " + end + ".");
			}
		}

		/** The measured defaults; {@code trust} from 0 (prior) to 1 (data) moves lambda over a factor of 100 around 0.5, chosen on heads of the training
		 * volumes at R = 4 and 8 and on a chest at 32 views: 0.15 to 0.4 dB (MRI) and 0.6 dB (CT) above 1. Full steps let what the data leave open follow the prior sooner: a chest gains up to 3.7 dB
		 * from 90 degrees and 0.8 dB from 16 views, a real brain loses 0.6 dB at R = 8. */
		public static Options evaluations(final int steps, final double trust) {
			return new Options(steps, 0.5 * Math.pow(10, 1 - 2 * trust), false, 0.4, 1, 1, 0.25);
		}

		/** Full steps for complex images too: simulated heads at R = 4 and 8 gain 0.1 dB. */
		public static Options fullSteps(final int steps, final double trust) {
			final Options usual = evaluations(steps, trust);
			return new Options(steps, usual.lambda, false, 1, 1, usual.start, usual.end);
		}

		/** As by default, but for lambda and the end, which the data decide, and a last level from which the image follows lambda within a few steps. */
		public static Options discrepancy(final int steps) {
			return new Options(steps, 0.5, true, 0.4, 0.4, 1, 1);
		}
	}

	private final Options options;

	/** @param options see there */
	public RedDiff(final Options options) {
		this.options = options;
	}

	private static Map<String, Variant> variants() {
		final Map<String, Variant> variants = new LinkedHashMap<>();
		variants.put("discrepancy", new Variant(50, 100, 300, r -> new RedDiff(Options.discrepancy(r.evaluations()))));
		variants.put("full-steps", new Variant(50, 100, 300, r -> new RedDiff(Options.fullSteps(r.evaluations(), r.trust()))));
		for (final NoiseWeighting weighting : NoiseWeighting.values()) {
			variants.put(weighting.variant(), new Variant(100, 1000, 1000, r -> new PublishedRedDiff(PublishedRedDiff.Options.evaluations(r.evaluations(), r.trust(), weighting,
				false))));
		}
		variants.put("published-stopped", new Variant(100, 1000, 1000, r -> new PublishedRedDiff(PublishedRedDiff.Options.evaluations(r.evaluations(), r.trust(),
			NoiseWeighting.LINEAR, true))));
		return variants;
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
		final int falling = options.discrepancy() ? (int) Math.ceil(FALLING * options.steps()) : options.steps();
		final double first = options.start() * prior.sigmaData();
		final double[] levels = NoiseSchedule.geometric(prior, first, Math.min(first, options.end() * data.typicalNoise()), falling);
		return Draws.equal(Scopes.keep(() -> {
			final Tensor zero = Tensors.scale(data.backprojection(), 0).expand(Shapes.batch(random.batch(), data.operator().imageShape())).contiguous();
			return options.discrepancy() ? untilNoiseIsLeft(prior, data, zero, levels, random, progress) : throughLevels(prior, data, zero, levels, random, progress);
		}));
	}

	private Tensor throughLevels(final DiffusionPrior prior, final DataConsistency data, final Tensor zero, final double[] levels, final SampleRandom random,
		final Progress progress)
	{
		final LastIterates last = new LastIterates(zero, Math.max(1, (int) (AVERAGED * levels.length)));
		Tensor image = data.prox(zero, prior.sigmaData());
		for (int k = 0; k < levels.length; k++) {
			final double s = levels[k];
			final boolean opposite = k % 2 == 1;
			image = Scopes.update(image, m -> step(prior, m, s, opposite, random, d -> data.prox(d, s / Math.sqrt(options.lambda()))));
			if (levels.length - k <= last.count()) last.add(image, null);
			progress.advance(k + 1, options.steps(), NAME);
		}
		image.close();
		return last.mean();
	}

	/** After the levels, the running mean of the iterates is what is compared with the noise, and what is returned: single iterates carry noise of their own. */
	private Tensor untilNoiseIsLeft(final DiffusionPrior prior, final DataConsistency data, final Tensor zero, final double[] levels, final SampleRandom random,
		final Progress progress)
	{
		final DiscrepancyPrinciple principle = new DiscrepancyPrinciple(random.batch(), options.lambda(), data.operator().measurements());
		final LastIterates last = new LastIterates(zero, 1);
		Tensor image = data.prox(zero, prior.sigmaData()), mean = image.clone();
		for (int k = 0; k < options.steps() && !last.complete(); k++) {
			final double s = levels[Math.min(k, levels.length - 1)], newest = k < levels.length ? 1 : NEWEST;
			final boolean opposite = k % 2 == 1;
			image = Scopes.update(image, m -> step(prior, m, s, opposite, random, d -> eachWithItsOwn(principle.lambda(), data, d, s)));
			final Tensor now = image;
			mean = Scopes.update(mean, e -> Tensors.add(e, newest, now.sub(e)));
			if (k >= levels.length) principle.see(data.chiSquare(mean));
			last.add(mean, k == options.steps() - 1 ? null : principle.met());
			progress.advance(k + 1, options.steps(), NAME);
		}
		image.close();
		mean.close();
		return last.mean();
	}

	/** Part of the way to {@code argmin |A m' - y|_W^2 / 2 + lambda |m' - D(m + s n)|^2 / (2 s^2)}, which {@code goal} finds from D. */
	private Tensor step(final DiffusionPrior prior, final Tensor image, final double s, final boolean opposite, final SampleRandom random,
		final UnaryOperator<Tensor> goal)
	{
		final long[] shape = { image.size(1), image.size(2), image.size(3) };
		final Tensor noise = opposite ? random.opposite(shape) : random.normal(shape);
		final Tensor denoised = prior.denoise(Tensors.add(image, s, noise), s);
		return Tensors.add(image, image.size(1) == 1 ? options.rateOfReal() : options.rate(), goal.apply(denoised).sub(image));
	}

	private static Tensor eachWithItsOwn(final double[] lambda, final DataConsistency data, final Tensor denoised, final double s) {
		final List<Tensor> goals = new ArrayList<>();
		for (int i = 0; i < lambda.length; i++) goals.add(data.prox(Tensors.items(denoised, i, i + 1), s / Math.sqrt(lambda[i])));
		return Tensors.concatenate(goals);
	}
}
