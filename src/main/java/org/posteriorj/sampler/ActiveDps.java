package org.posteriorj.sampler;

import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.AdaptiveScan;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Active diffusion subsampling as published, to compare with: one reverse diffusion makes all decisions, at equal distances
 * while the noise falls from 33.6 to 3 (images of root mean square 1/2), from denoised particles; they are guided by gradients through the
 * network, {@link Dps}. Needs a prior with derivatives.
 *
 * @see ActiveSubsampling for what we do instead, and why
 * @see "O. Nolan, T. Stevens, W. van Nierop, R. van Sloun, Active diffusion subsampling, Trans. Mach. Learn. Res. (2025)"
 */
public final class ActiveDps implements ActiveSampler {

	/** Noise between which decisions are made, for images of root mean square 1/2. */
	private static final double FIRST = 33.6, LAST = 3;

	/**
	 * @param lines lines measured in the end, those at the beginning included
	 * @param policy how lines are chosen
	 * @param steps noise levels
	 * @param zeta length of the gradient steps, as in {@link Dps.Options}
	 */
	public record Options(int lines, LinePolicy policy, int steps, double zeta) {

		public Options {
			if (lines < 1 || steps < 1) {
				throw new IllegalArgumentException("active DPS: lines and steps must be at least 1, got " + lines + " and " + steps + ".");
			}
			if (!(zeta > 0)) throw new IllegalArgumentException("active DPS: zeta must be > 0, got " + zeta + ".");
		}

		/** The length that the sampler DPS has. */
		public static Options of(final int lines, final LinePolicy policy, final int steps) {
			return new Options(lines, policy, steps, Dps.Options.evaluations(steps).zeta());
		}
	}

	private final Options options;

	/** @param options see there */
	public ActiveDps(final Options options) {
		this.options = options;
	}

	@Override
	public long evaluations(final int measured) {
		return options.steps();
	}

	@Override
	public long draws(final int decisions) {
		if (decisions == 0) return 0;
		throw new IllegalArgumentException("replay: with guidance DPS one diffusion makes all decisions, which cannot go on after the " + decisions +
			" of an unfinished log - start again, or use guidance prox.");
	}

	@Override
	public Tensor run(final DiffusionPrior prior, final AdaptiveScan scan, final int before, final SampleRandom random, final Progress progress,
		final Listener listener)
	{
		if (random.batch() < 2) throw new IllegalArgumentException("active DPS: needs at least 2 particles, got " + random.batch() + ".");
		if (!prior.supportsGradient()) {
			throw new IllegalArgumentException("guidance: prior " + prior.name() + " offers no gradient, which DPS needs - use guidance prox.");
		}
		final double[] levels = NoiseSchedule.variancePreserving(prior, options.steps());
		final boolean[] decides = decisions(levels, 2 * prior.sigmaData(), options.policy().decisions(options.lines(), LinePolicy.measured(scan)));
		return Scopes.keep(() -> {
			Tensor x = Scopes.keep(() -> Tensors.scale(random.normal(scan.data().operator().imageShape()), levels[0]));
			for (int i = 0; i < levels.length; i++) {
				final int now = i;
				x = Scopes.update(x, from -> {
					final Tensor both = step(prior, scan.data(), from, levels[now], now + 1 < levels.length ? levels[now + 1] : 0);
					if (decides[now]) options.policy().decide(scan, both.select(1, 1), options.lines(), now + 1, levels[now], listener);
					return both.select(1, 0).clone();
				});
				progress.advance(i + 1, levels.length, "choosing lines");
			}
			return x;
		});
	}

	/** At which levels decisions are made: evenly from the first one of the window, beyond its end only if it has too few. */
	private static boolean[] decisions(final double[] levels, final double scale, final int count) {
		final int from = (int) IntStream.range(0, levels.length).filter(i -> levels[i] > FIRST * scale).count();
		final int within = (int) IntStream.range(from, levels.length).filter(i -> levels[i] >= LAST * scale).count();
		final int steps = Math.max(within, count);
		if (from + steps > levels.length) {
			throw new IllegalArgumentException("active DPS: " + levels.length + " noise levels do not hold " + count + " decisions - choose a higher quality, or more lines per decision.");
		}
		final boolean[] decides = new boolean[levels.length];
		for (int k = 0; k < count; k++) decides[from + (int) ((long) k * steps / count)] = true;
		return decides;
	}

	/** The next particles and the denoised ones, [N, 2, C, H, W]: an implicit step without noise of its own, and the gradient. */
	private Tensor step(final DiffusionPrior prior, final DataConsistency data, final Tensor particles, final double s, final double t) {
		final double k = 2 * prior.sigmaData();
		final double length = options.zeta() * Dps.PUBLISHED / options.steps() * k * Math.hypot(1, s / k) * Math.hypot(1, t / k);
		return Scopes.keep(() -> Tensors.eachItem(particles, one -> Scopes.keep(() -> {
			final Tensor[] pair = prior.denoiseWithGradient(one, s, denoised -> Dps.direction(data, denoised));
			final Tensor next = Tensors.add(Steps.implicit(pair[0], Steps.noiseIn(one, pair[0], s), t, 0, one), -length, pair[1]);
			return Tensors.concatenate(java.util.List.of(next, pair[0])).unsqueeze(0);
		})));
	}
}
