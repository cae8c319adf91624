package org.posteriorj.sampler;

import java.util.List;
import java.util.Locale;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Prints how far each variant of RED-diff ends from the exact posterior mean and from the truth: complex Gaussian fields, 4-fold Cartesian, as in the self-test.
 * Arguments: SIZE QUALITY [VARIANT...].
 */
final class RedDiffTable {

	private RedDiffTable() {}

	public static void main(final String[] args) {
		final int size = Integer.parseInt(args[0]);
		final List<String> variants = args.length > 2 ? List.of(args).subList(2, args.length) : Samplers.variants(RedDiff.NAME);
		System.out.println("coils,variant,evaluations,NRMSE to mean,NRMSE to truth,of the mean itself,chi-square,of the mean");
		for (final int coils : new int[] { 1, 8 }) Scopes.run(() -> {
			final double sigma = coils == 1 ? 0.1 : 0.03;
			final GaussianFieldPrior prior = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(8, 4.0 / size, 2));
			final float[] maps = CoilSimulation.maps(coils, size, size, 1);
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, size, size, 2)), Tensors.of(KSpace.ones(new SamplingMask(size, size, 4,
				8).equispaced()), size, size)))
			{
				final SampleRandom random = new SampleRandom(1, new long[] { -1 - coils }, 0);
				final Tensor truth = prior.colour(random.normal(2, size, size));
				final Tensor y = Tensors.add(operator.forward(truth), sigma, random.normal(coils, size, size, 2)).mul(operator.mask().reshape(1, 1, size, size, 1));
				final DataConsistency data = new DataConsistency(operator, y, sigma);
				final Tensor mean = new GaussianPosterior(prior, data).mean();
				for (final String variant : variants) Scopes.run(() -> {
					final long[] done = { 0 };
					final Tensor image = Samplers.create(RedDiff.NAME, variant, 0, args[1], 0.5).sample(prior, data, new SampleRandom(1, new long[] { 0 }, 0), (now, total,
						message) -> ++done[0] > 0).images();
					System.out.printf(Locale.ROOT, "%d,%s,%d,%.4f,%.4f,%.4f,%.3f,%.3f%n", coils, variant, done[0], error(image, mean), error(image, truth), error(mean, truth),
						data.chiSquare(image)[0], data.chiSquare(mean)[0]);
				});
			}
		});
	}

	private static double error(final Tensor image, final Tensor reference) {
		return Math.sqrt(Tensors.squaredNorm(image.sub(reference))[0] / Tensors.squaredNorm(reference)[0]);
	}
}
