package org.posteriorj.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.GradedSplit;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Ensemble sampling by sequential Monte Carlo: particles go through the reverse diffusion, guided by the data, and weights and
 * resampling take away the error of the guide. A posterior sampler in the limit of many particles.
 * <p>
 * Sample k is one particle, drawn by its weight, of an ensemble of its own: in image dimension the particles of one ensemble soon have one
 * ancestor, and their spread is not that of the posterior, while ensembles are independent. {@link #ensemble} gives a whole one. The drawn
 * particles then move by {@link SplitGibbs}, whose stationary law is the posterior: that takes away what is wrong within a mode.
 *
 * @see "H. Chen et al., Solving inverse problems via diffusion-based priors: an approximation-free ensemble sampling approach, 2025"
 */
public final class EnsembleSmc implements PosteriorSampler {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "Ensemble SMC";
	/** Resampled when the effective number falls below this part of the particles. */
	private static final double RESAMPLE = 0.5;
	/** Evaluations of a move, and the ratio of their levels. */
	private static final int MOVE = 4;
	private static final double MOVE_RATIO = 0.5;
	/** The first move in units of the last, and the share of the moves that are like the last. */
	private static final double FIRST_MOVE = 4, STAY = 0.3;

	/** Particles of the ensembles without moves. */
	private static final int PARTICLES = 16;

	/** Ways to run it besides the default: one ensemble a sample, without moves. */
	static final Map<String, Variant> VARIANTS = variants();

	/** How the data guide. */
	public enum Guide {
		/** The likelihood of the particle itself, flattened by its noise, and exact steps: {@link AnnealedGuide}. */
		ANNEALED("annealed", 1),
		/** The same likelihood and the published steps: {@link WeightedDiffusion}. */
		PDE_WEIGHTS("pde-weights", 1),
		/** The same likelihood, the published flow and Langevin steps: {@link WeightedFlow}. */
		ODE_LANGEVIN("ode-langevin", 1 + WeightedFlow.CORRECTIONS),
		/** The likelihood of the clean image behind the particle: {@link LookAheadGuide}. */
		LOOK_AHEAD("", 1);

		private final String variant;
		private final int evaluations;

		Guide(final String variant, final int evaluations) {
			this.variant = variant;
			this.evaluations = evaluations;
		}

		private ParticleGuide of(final DiffusionPrior prior, final DataConsistency data, final WeightedFlow.Denoiser denoiser) {
			return switch (this) {
				case ANNEALED -> new AnnealedGuide(data);
				case PDE_WEIGHTS -> new WeightedDiffusion(data);
				case ODE_LANGEVIN -> new WeightedFlow(data, denoiser);
				case LOOK_AHEAD -> new LookAheadGuide(prior, data);
			};
		}
	}

	/**
	 * @param particles of one ensemble
	 * @param steps noise levels
	 * @param guide see there
	 * @param end last level in units of sigmaData
	 * @param moves alternations of the split Gibbs sampler after the last level, of 4 evaluations each
	 * @param chunk particles denoised at a time; changes memory, not the result
	 */
	public record Options(int particles, int steps, Guide guide, double end, int moves, int chunk) {

		public Options {
			if (particles < 1 || steps < 1 || chunk < 1) {
				throw new IllegalArgumentException("Ensemble SMC: particles, steps and chunk must be at least 1, got " + particles + ", " + steps + " and " + chunk + ".");
			}
			if (!(end > 0) || moves < 0) throw new IllegalArgumentException("Ensemble SMC: needs end > 0 and moves >= 0, got " + end + " and " + moves + ".");
		}

		/** The measured defaults with about this many network evaluations per sample. */
		public static Options evaluations(final int count) {
			final int particles = 2, moves = count / 2 / MOVE, steps = (count - moves * MOVE) / particles;
			return new Options(particles, Math.max(1, steps), Guide.LOOK_AHEAD, 0.01, moves, 4);
		}

		/** One ensemble of 16 particles, no moves, with about this many network evaluations. */
		public static Options ensemble(final int count, final Guide guide) {
			return new Options(PARTICLES, Math.max(1, count / PARTICLES / guide.evaluations), guide, 0.01, 0, 4);
		}
	}

	/**
	 * A weighted ensemble.
	 *
	 * @param draws particles and weights
	 * @param effective effective number of particles at every level, before resampling
	 * @param ancestors particles of the first level that have descendants in the last
	 * @param lost particles that were not finite, and got no weight
	 */
	public record Ensemble(Draws draws, double[] effective, int ancestors, int lost) {}

	private final Options options;

	/** @param options see there */
	public EnsembleSmc(final Options options) {
		this.options = options;
	}

	private static Map<String, Variant> variants() {
		final Map<String, Variant> variants = new LinkedHashMap<>();
		for (final Guide guide : Guide.values()) {
			if (!guide.variant.isEmpty()) variants.put(guide.variant, new Variant(800, 1600, 6400, r -> new EnsembleSmc(Options.ensemble(r.evaluations(), guide))));
		}
		return variants;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Kind kind() {
		return options.moves() > 0 ? Kind.POSTERIOR : Kind.APPROXIMATE;
	}

	@Override
	public String bias() {
		return options.moves() > 0 ? "" : "for replication - in many dimensions " + options.particles() + " particles do not undo the error of their paths: the mean was off by up to 0.8 and the spread by up to 40 % of the posterior standard deviation";
	}

	@Override
	public long evaluations() {
		return annealing() + (long) MOVE * options.moves();
	}

	/** Evaluations of an ensemble; the last level has no Langevin steps after it. */
	private long annealing() {
		return (long) options.particles() * (options.guide().evaluations * (options.steps() - 1L) + 1);
	}

	@Override
	public Draws sample(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final int count = random.batch();
		final long annealing = annealing(), total = count * evaluations();
		final Runnable moved = ReverseDiffusion.counted((done, of, message) -> progress.step(count * annealing + count * done, total, NAME), new long[1],
			MOVE * options.moves(), NAME);
		final int[] lost = { 0 };
		final Draws draws = Draws.equal(Scopes.keep(() -> {
			final double[] choice = random.uniform();
			final List<Tensor> chosen = new ArrayList<>();
			for (int k = 0; k < count; k++) {
				final long before = k * annealing;
				final SampleRandom own = random.particles(k, options.particles());
				final double u = choice[k];
				chosen.add(Scopes.keep(() -> {
					final Ensemble ensemble = ensemble(prior, data, own, (done, of, message) -> progress.step(before + done, total, NAME));
					lost[0] += ensemble.lost();
					final int i = pick(ensemble.draws().weights(), u);
					return Tensors.items(ensemble.draws().images(), i, i + 1).clone();
				}));
			}
			if (options.moves() == 0) return Tensors.concatenate(chosen);
			final SplitGibbs gibbs = new SplitGibbs(prior, data, new GradedSplit(data), MOVE, MOVE_RATIO);
			return gibbs.run(Tensors.concatenate(chosen), gibbs.radii(FIRST_MOVE * gibbs.lastRadius(), options.moves(), STAY), random, moved);
		}));
		return new Draws(draws.images(), draws.weights(), lostWarnings(lost[0], count * options.particles()));
	}

	/** A weighted ensemble of as many particles as {@code random} has streams; its images belong to the innermost open scope. */
	public Ensemble ensemble(final DiffusionPrior prior, final DataConsistency data, final SampleRandom random, final Progress progress) {
		final int n = random.batch();
		final double[] levels = NoiseSchedule.whole(prior, options.end(), options.steps()), log = new double[n], effective = new double[levels.length];
		final long[] done = { 0 };
		final long total = n * (options.guide().evaluations * (levels.length - 1L) + 1);
		final WeightedFlow.Denoiser denoiser = (particles, s) -> denoise(prior, particles, s, done, total, progress);
		final ParticleGuide guide = options.guide().of(prior, data, denoiser);
		final int[] ancestor = new int[n], lost = { 0 };
		Arrays.setAll(ancestor, i -> i);
		final Tensor images = Scopes.keep(() -> {
			Tensor x = Scopes.keep(() -> Tensors.scale(random.normal(data.operator().imageShape()), levels[0]));
			for (int k = 0; k < levels.length; k++) {
				final double s = levels[k], t = k + 1 < levels.length ? levels[k + 1] : 0;
				final int level = k;
				x = Scopes.update(x, now -> {
					final Tensor denoised = denoiser.apply(now, s);
					final double[] change = guide.weights(now, denoised, s, t);
					for (int i = 0; i < n; i++) if (Double.isNaN(change[i]) && log[i] > Double.NEGATIVE_INFINITY) lost[0]++;
					effective[level] = weigh(log, change);
					if (t == 0 || effective[level] >= RESAMPLE * n) return guide.move(now, denoised, s, t, random);
					final int[] parents = resample(log, random.uniform()[0]);
					final int[] old = ancestor.clone();
					Arrays.setAll(ancestor, i -> old[parents[i]]);
					Arrays.fill(log, 0);
					return guide.move(choose(now, parents), choose(denoised, parents), s, t, random);
				});
			}
			return x;
		});
		final double[] weights = GaussianMixturePrior.softmax(log);
		final int ancestors = (int) Arrays.stream(ancestor).distinct().count();
		final List<String> warnings = new ArrayList<>(lostWarnings(lost[0], n));
		if (n > 1 && ancestors == 1) {
			warnings.add(String.format(Locale.ROOT, "The %d particles of the ensemble have one ancestor: their spread is not that of the posterior - draw several ensembles.", n));
		}
		return new Ensemble(new Draws(images, weights, warnings), effective, ancestors, lost[0]);
	}

	private static List<String> lostWarnings(final int lost, final int particles) {
		return lost == 0 ? List.of() : List.of(lost + " of " + particles + " particles were not finite and got no weight - is the noise level or the prior right?");
	}

	private Tensor denoise(final DiffusionPrior prior, final Tensor x, final double s, final long[] done, final long total, final Progress progress) {
		final List<Tensor> parts = new ArrayList<>();
		for (long i = 0; i < x.size(0); i += options.chunk()) {
			final long end = Math.min(x.size(0), i + options.chunk());
			parts.add(prior.denoise(Tensors.items(x, i, end), s));
			progress.advance(done[0] += end - i, total, NAME);
		}
		return Tensors.concatenate(parts);
	}

	/** Adds to the logarithms, moves their largest to 0, and returns the effective number of particles. Particles that are not finite get no weight. */
	static double weigh(final double[] log, final double[] change) {
		double max = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < log.length; i++) {
			log[i] = Double.isNaN(log[i] + change[i]) ? Double.NEGATIVE_INFINITY : log[i] + change[i];
			max = Math.max(max, log[i]);
		}
		if (!Double.isFinite(max)) throw new IllegalStateException("Ensemble SMC: no particle is left that is finite - is the noise level or the prior right?");
		double sum = 0, squares = 0;
		for (int i = 0; i < log.length; i++) {
			log[i] -= max;
			sum += Math.exp(log[i]);
			squares += Math.exp(2 * log[i]);
		}
		return sum * sum / squares;
	}

	/** Systematic resampling: the parent of every particle, u uniform in [0, 1). */
	static int[] resample(final double[] log, final double u) {
		final double[] weights = GaussianMixturePrior.softmax(log);
		final int n = weights.length;
		final int[] parents = new int[n];
		double sum = weights[0];
		for (int i = 0, j = 0; i < n; i++) {
			while (sum < (i + u) / n && j < n - 1) sum += weights[++j];
			parents[i] = j;
		}
		return parents;
	}

	private static int pick(final double[] weights, final double u) {
		double sum = weights[0];
		int i = 0;
		while (sum < u && i < weights.length - 1) sum += weights[++i];
		return i;
	}

	private static Tensor choose(final Tensor batch, final int[] items) {
		return Tensors.concatenate(Arrays.stream(items).mapToObj(i -> Tensors.items(batch, i, i + 1)).toList());
	}
}
