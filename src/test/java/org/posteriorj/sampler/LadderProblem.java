package org.posteriorj.sampler;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Tensors;

/**
 * A problem whose posterior is known exactly: a mixture as the prior, and {@code y = s x + sigma n}.
 *
 * @param prior law of x
 * @param s gain of every coordinate, 0 where nothing is measured
 * @param y data
 * @param sigma noise of the data
 */
record LadderProblem(DiagonalMixture prior, double[] s, double[] y, double sigma) {

	/** One dimension, three modes, of which the data exclude one and lie between the other two. In units in which s = 1. */
	static LadderProblem line() {
		final double gain = 0.8;
		return new LadderProblem(new DiagonalMixture(new double[] { 0.5, 0.3, 0.2 }, new double[][] { { -2 }, { 0.5 }, { 2.5 } }, new double[][] { { 0.09 },
			{ 0.0225 }, { 0.16 } }), new double[] { 1 }, new double[] { 1 / gain }, 0.35 / gain);
	}

	/** 16 dimensions, 8 of them measured, five components with spreads of their own. */
	static LadderProblem sixteen(final double sigma, final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 16);
		final double[][] means = new double[5][16], variances = new double[5][16];
		for (int k = 0; k < 5; k++) for (int j = 0; j < 16; j++) {
			means[k][j] = random.nextGaussian();
			variances[k][j] = 0.04 + 0.36 * random.nextDouble();
		}
		final double[] s = new double[16];
		for (int j = 0; j < 16; j += 2) s[j] = 1;
		return measured(new DiagonalMixture(new double[] { 0.3, 0.25, 0.2, 0.15, 0.1 }, means, variances), s, sigma, random);
	}

	/** 256 dimensions, a falling spectrum; as in MRI a part is measured fully, as in CT everything ever more weakly. */
	static LadderProblem spectrum(final boolean ct, final long seed) {
		final double[] variances = new double[256], s = new double[256];
		for (int j = 0; j < 256; j++) {
			variances[j] = Math.pow(1 + j * j / 256.0, -1.5);
			s[j] = ct ? j > 170 ? 0 : 1 / (1 + j / 32.0) : j < 16 || j % 4 == 0 ? 1 : 0;
		}
		return measured(DiagonalMixture.gaussian(variances), s, 0.05, SampleRandom.generator(seed, 256));
	}

	/**
	 * 64 dimensions, every other one measured, four modes {@code +-u +-v} with u in the measured and v in the other coordinates: the data exclude two
	 * modes, and say nothing about the weights of the others, 2 : 1.
	 */
	static LadderProblem fourModes(final double distance, final long seed) {
		final RandomGenerator random = SampleRandom.generator(seed, 64);
		final double[] u = new double[64], s = new double[64], length = new double[2];
		final double[][] means = new double[4][64], variances = new double[4][64];
		for (int j = 0; j < 64; j++) {
			s[j] = 1 - j % 2;
			u[j] = random.nextGaussian();
			length[j % 2] += u[j] * u[j];
		}
		for (int k = 0; k < 4; k++) for (int j = 0; j < 64; j++) {
			final boolean minus = j % 2 == 0 ? k >= 2 : k % 2 == 1;
			means[k][j] = (minus ? -1 : 1) * distance * u[j] / Math.sqrt(length[j % 2]);
			variances[k][j] = 0.1 / (1 + j * j / 64.0);
		}
		final double[] y = new double[64];
		for (int j = 0; j < 64; j += 2) y[j] = means[0][j] + Math.sqrt(variances[0][j] + 0.01) * random.nextGaussian();
		return new LadderProblem(new DiagonalMixture(new double[] { 0.2, 0.1, 0.3, 0.4 }, means, variances), s, y, 0.1);
	}

	private static LadderProblem measured(final DiagonalMixture prior, final double[] s, final double sigma, final RandomGenerator random) {
		final double[] y = prior.draw(random);
		for (int j = 0; j < y.length; j++) y[j] = s[j] * y[j] + sigma * random.nextGaussian();
		return new LadderProblem(prior, s, y, sigma);
	}

	DiagonalMixture posterior() {
		return prior.posterior(s, y, sigma);
	}

	/** The likelihood of an image of this many rows, every row a problem of its own. */
	DataConsistency data(final int rows) {
		return new DiagonalOperator(rows, s).data(y, sigma);
	}

	/** Samples [count][coordinate] at the defaults; ensembles weigh whole images, and so get an image a sample, others a row. */
	double[][] sample(final String name, final int count, final long seed) {
		final PosteriorSampler sampler = Samplers.create(name, new Samplers.Request(Samplers.evaluations(name, "Standard"), 0.5));
		final boolean whole = name.equals(EnsembleSmc.NAME);
		final SampleRandom random = whole ? streams(seed, count) : SampleRandom.single(seed, 0);
		return rows(sampler.sample(prior, data(whole ? 1 : count), random, Progress.NONE).images());
	}

	static SampleRandom streams(final long seed, final int count) {
		return new SampleRandom(seed, LongStream.range(0, count).toArray(), 0);
	}

	double[][] rows(final Tensor images) {
		final double[] values = Tensors.toDoubles(images);
		final double[][] rows = new double[values.length / s.length][];
		for (int i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(values, i * s.length, (i + 1) * s.length);
		return rows;
	}
}
