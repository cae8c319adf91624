package org.posteriorj.sampler;

import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Conditional diffusion with data consistency: a network that is shown the measurement denoises, and every denoised image is brought towards the
 * data. Few steps; an approximate sampler, learned for scans like those that its network was trained on. A prior that takes no condition goes the same way
 * without one, and says so.
 * <p>
 * It starts from the total-variation image plus noise, which hides what total variation did to it; ancestral steps start from the least-squares
 * image of {@link Condition}. From level s to t, with D = D(x; s, c), {@code D' = D + (1 + relaxation) (DC(D) - D)} and D'' the one of the level before: {@code x' = D' + b (D' - D'') + t (k (x - D) / s + sqrt(1 - k^2) n)}, {@code k = (t / s)^renewal} the part of the noise that is kept,
 * and {@code b = lead ln(s / t)}, by which the image goes ahead the way it goes: in one long step as far as in several short ones. The relaxation undoes aliasing
 * in fewer steps; the last step is DC(D). Or, ancestral, the steps of {@link ReverseDiffusion} with DC(D) for D, whose spread is larger and whose mean is worse.
 *
 * @see "S. Alsubaie et al., Conditional denoising diffusion with data consistency, arXiv 2510.06335, 2025"
 * @see "C. Lu et al., DPM-Solver++, arXiv 2211.01095, 2022, for multistep extrapolation of denoised images"
 */
public final class Conditional implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "Conditional";

	/** First noise level, that of ancestral steps, and the last one, in units of sigmaData. */
	private static final double START = 1.7, ANCESTRAL_START = 3, END = 0.02;
	private static final double RELAXATION = 0.4, RENEWAL = 6;
	/** Weight of the total variation of the first image, times sigmaData; 1 over it is the mean change from pixel to pixel that heads and chests have, about. */
	private static final double SPARSITY = 8;
	private static final int SPARSE_ITERATIONS = 50;

	/**
	 * @param steps network evaluations
	 * @param fidelity data consistency of each step
	 * @param trust error of a denoised image in units of what a denoiser leaves open
	 * @param start first noise level in units of sigmaData; lower ones keep more of the first image
	 * @param ancestral whether the steps are those of the reverse diffusion; the rest is for where they are not
	 * @param renewal how fast noise is replaced by fresh one; 0 is the probability flow
	 * @param lead how far images are extrapolated, 0 for not at all
	 * @param relaxation how far data consistency goes beyond its end, 0 for not at all; from 0.8 on ten steps diverge
	 */
	public record Options(int steps, Fidelity fidelity, double trust, double start, boolean ancestral, double renewal, double lead, double relaxation) {

		public Options {
			if (steps < 1) throw new IllegalArgumentException("Conditional: steps must be at least 1, got " + steps + ".");
			if (!(trust > 0) || !(start > END)) {
				throw new IllegalArgumentException("Conditional: trust must be > 0 and start > " + END + ", got " + trust + " and " + start + ".");
			}
			if (!(renewal >= 0) || !(lead >= 0)) throw new IllegalArgumentException("Conditional: renewal and lead must be >= 0, got " + renewal + " and " + lead + ".");
			if (!(relaxation >= 0 && relaxation < 1)) throw new IllegalArgumentException("Conditional: relaxation must lie in [0, 1), got " + relaxation + ".");
		}

		/** The measured defaults: the relaxation of 10 steps would cost 50 of them 0.3 to 0.9 dB and their renewal a fifth of the spread; 6 steps that lead as far
		 * as 10 overshoot. */
		public static Options evaluations(final int count) {
			final double many = count / 10.0;
			return new Options(count, Fidelity.PROX, 1, START, false, RENEWAL * Math.max(1, Math.min(2, 2 / many)), Math.min(1, many), RELAXATION * Math.min(1, 1 / (many * many)));
		}

		/** Ancestral steps. */
		public static Options ancestral(final int count, final Fidelity fidelity) {
			return new Options(count, fidelity, 1, ANCESTRAL_START, true, 0, 0, 0);
		}
	}

	/** What the data say before anything is drawn; plain arrays, for it outlives the scope of one sample. */
	private record Known(DiffusionPrior prior, DataConsistency data, float[] channels, float[] image, List<String> warnings) {

		static Known of(final DiffusionPrior prior, final DataConsistency data, final boolean sparse, final Progress progress) {
			return Scopes.compute(() -> {
				final Condition condition = Condition.of(data, prior.sigmaData());
				final Tensor least = condition.channels().narrow(1, 0, data.operator().imageShape()[0]).contiguous();
				final Tensor image = !sparse ? least : new TotalVariation(data, Differences.IN_PLANE, SPARSITY / prior.sigmaData()).solve(least, SPARSE_ITERATIONS, progress);
				return new Known(prior, data, Tensors.toFloats(condition.channels()), Tensors.toFloats(image), warnings(prior, data, condition));
			});
		}

		private static List<String> warnings(final DiffusionPrior prior, final DataConsistency data, final Condition condition) {
			if (prior.conditioning() == 0) return List.of("prior " + prior.name() + " takes no condition: " + NAME + " goes its way without one.");
			return prior.trainedOn().map(range -> Familiarity.complaints(range, prior, data, condition)).orElse(List.of());
		}

		Tensor condition() {
			return tensor(channels, Condition.FURTHER);
		}

		Tensor start() {
			return tensor(image, 0);
		}

		private Tensor tensor(final float[] values, final int further) {
			final long[] shape = data.operator().imageShape();
			return Tensors.to(Tensors.of(values, 1, shape[0] + further, shape[1], shape[2]), data.data().device());
		}
	}

	private final Options options;
	private Known known;

	/** @param options see there */
	public Conditional(final Options options) {
		this.options = options;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Kind kind() {
		return Kind.APPROXIMATE;
	}

	@Override
	public long evaluations() {
		return options.steps();
	}

	@Override
	public String bias() {
		return "its standard deviation is off: on heads 14 % too large (R = 4) and 9 % too small (R = 8) in 10 steps, 20 to 35 % too small in 25 or 50; 15 to 20 % too small on Gaussian fields with an exactly known posterior; and a network with a condition has learned it for scans and anatomy like those of its training.";
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final Known now = known(prior, data, (done, total, message) -> progress.step(0, options.steps(), message));
		final Tensor images = Scopes.keep(() -> {
			final double start = options.start() * prior.sigmaData(), end = END * prior.sigmaData();
			final Tensor noisy = Tensors.add(now.start(), start, random.normal(data.operator().imageShape()));
			final DiffusionPrior given = prior.conditioning() == 0 ? prior : prior.given(now.condition());
			if (!options.ancestral()) return fewSteps(given, data, noisy, NoiseSchedule.karras(given, start, end, options.steps()), random, progress);
			final double ratio = Math.pow(end / start, 1 / Math.max(1.0, options.steps() - 1.0));
			return new ReverseDiffusion(new ConsistentPrior(given, data, options.fidelity(), options.trust()), options.steps(), ratio).draw(noisy, start, random,
				ReverseDiffusion.counted(progress, new long[1], options.steps(), NAME));
		});
		return new Draws(images, Draws.equal(images).weights(), now.warnings());
	}

	/** Once for all samples of a slice. */
	private synchronized Known known(final DiffusionPrior prior, final DataConsistency data, final Progress progress) {
		if (known == null || known.prior() != prior || known.data() != data) known = Known.of(prior, data, !options.ancestral(), progress);
		return known;
	}

	private Tensor fewSteps(final DiffusionPrior given, final DataConsistency data, final Tensor noisy, final double[] levels, final SampleRandom random,
		final Progress progress)
	{
		Tensor[] now = { noisy.clone() };
		for (int i = 0; i < levels.length; i++) {
			final Tensor[] before = now;
			final double s = levels[i], t = i + 1 < levels.length ? levels[i + 1] : 0;
			now = Scopes.keepAll(() -> step(given, data, before, s, t, random));
			for (final Tensor tensor : before) tensor.close();
			progress.advance(i + 1, levels.length, NAME);
		}
		return now[0];
	}

	/**
	 * From level s to t. NB: the noise that was found is that of the network, before data consistency.
	 *
	 * @param now x, and D'' if there was a level before
	 * @return x' and D', in the last step DC(D) alone
	 */
	private Tensor[] step(final DiffusionPrior given, final DataConsistency data, final Tensor[] now, final double s, final double t, final SampleRandom random) {
		final Tensor denoised = given.denoise(now[0], s);
		final Tensor fitted = options.fidelity().apply(data, denoised, options.trust() * NoiseSchedule.uncertainty(given, s));
		if (t == 0) return new Tensor[] { fitted };
		final Tensor consistent = Tensors.add(fitted, options.relaxation(), fitted.sub(denoised));
		final Tensor ahead = now.length == 1 ? consistent : Tensors.add(consistent, options.lead() * Math.log(s / t), consistent.sub(now[1]));
		final double fresh = Math.sqrt(1 - Math.pow(t / s, 2 * options.renewal()));
		return new Tensor[] { Steps.implicit(ahead, Steps.noiseIn(now[0], denoised, s), t, fresh, random.normal(data.operator().imageShape())), consistent };
	}
}
