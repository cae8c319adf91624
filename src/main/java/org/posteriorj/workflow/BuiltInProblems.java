package org.posteriorj.workflow;

import java.util.List;
import java.util.function.Consumer;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.LinearOperator;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.GaussianMixturePrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Problems with known posteriors that need no measurement: every fourth line of a field, with one coil or several, and of a mixture. */
final class BuiltInProblems {

	private static final int ACS = 8, WIDEST = 64;
	/** Standard deviation of a field per real component; bright tissue is 1. */
	private static final double DEVIATION = 0.3;
	/** Noise of one coil, and of several. */
	private static final double NOISE = 0.1, COILS_NOISE = 0.03;

	private BuiltInProblems() {}

	/** A field that varies a few times across the image, at every 16th pixel of a larger one. */
	static GaussianFieldPrior field(final int channels, final int rows, final int columns) {
		final double corner = 4.0 / Math.min(WIDEST, Math.max(rows, columns));
		final double unscaled = Spectrum.powerLaw(1, corner, 2).variance(rows, columns);
		return new GaussianFieldPrior("field", channels, Spectrum.powerLaw(DEVIATION * DEVIATION / unscaled, corner, 2));
	}

	/** {@code A x + sigma n} on what a mask measures, null for everything. */
	static Tensor measure(final LinearOperator operator, final Tensor truth, final double sigma, final Tensor mask, final SampleRandom random) {
		final Tensor noisy = Tensors.add(operator.forward(truth), sigma, random.normal(operator.dataShape()));
		return mask == null ? noisy : noisy.mul(mask);
	}

	/** The operator of simulated coils and every fourth line. */
	static SenseOperator operator(final int coils, final int rows, final int columns, final ComputeDevice device) {
		final boolean[] mask = new SamplingMask(rows, columns, 4, Math.min(ACS, rows / 4)).equispaced();
		final float[] maps = CoilSimulation.maps(coils, rows, columns, 1);
		return new SenseOperator(device.place(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2))), device.place(Tensors.of(KSpace.ones(mask), rows, columns)));
	}

	/** The mask of k-space as a factor of its data. */
	static Tensor factor(final SenseOperator operator) {
		return operator.mask().reshape(1, 1, operator.imageShape()[1], operator.imageShape()[2], 1);
	}

	/** A Gaussian field. */
	record Field(int coils, int size) implements KnownPosterior.Problem {

		@Override
		public String name() {
			return coils == 1 ? "1 coil" : coils + " coils";
		}

		@Override
		public void open(final KnownPosterior.Request request, final Consumer<KnownPosterior> use) {
			request.record().fact(name(), "a Gaussian field of " + size + " x " + size + ", every fourth line and the central ones");
			Scopes.run(() -> {
				try (SenseOperator operator = operator(coils, size, size, request.device())) {
					final GaussianFieldPrior prior = field(2, size, size);
					final SampleRandom random = request.truth(1 + coils);
					final Tensor truth = prior.colour(random.normal(2, size, size));
					final double sigma = coils == 1 ? NOISE : COILS_NOISE;
					final DataConsistency data = new DataConsistency(operator, measure(operator, truth, sigma, factor(operator), random), sigma);
					use.accept(KnownPosterior.of(prior, data, truth, request));
				}
			});
		}
	}

	/** A mixture with four modes {@code +-u +-v}: the data see u and exclude two of them, and say nothing about the odds of the others. */
	record Mixture(int size) implements KnownPosterior.Problem {

		private static final double DISTANCE = 4, AMPLITUDE = 0.1;
		private static final double[] WEIGHTS = { 0.2, 0.1, 0.3, 0.4 };

		@Override
		public String name() {
			return "four modes";
		}

		@Override
		public void open(final KnownPosterior.Request request, final Consumer<KnownPosterior> use) {
			request.record().fact(name(), "a mixture of Gaussian fields of " + size + " x " + size + ", of whose four modes the data exclude two; " + request.samples() +
				" samples");
			Scopes.run(() -> {
				try (SenseOperator operator = operator(1, size, size, request.device())) {
					final SampleRandom random = request.truth(1);
					final GaussianFieldPrior field = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(AMPLITUDE, 4.0 / size, 2));
					final GaussianMixturePrior prior = mixture(field, operator, random);
					final Tensor truth = Tensors.of(prior.components().get(0).mean(), 1, 2, size, size).add(field.colour(random.normal(2, size, size)));
					final DataConsistency data = new DataConsistency(operator, measure(operator, truth, NOISE, factor(operator), random), NOISE);
					use.accept(KnownPosterior.of(prior, data, truth, request));
				}
			});
		}

		private GaussianMixturePrior mixture(final GaussianFieldPrior field, final SenseOperator operator, final SampleRandom random) {
			final Tensor any = field.colour(random.normal(2, size, size)), seen = operator.normal(any);
			final Tensor u = ofLength(seen), v = ofLength(any.sub(seen));
			final int[][] signs = { { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } };
			final GaussianMixturePrior.Component[] components = new GaussianMixturePrior.Component[signs.length];
			for (int k = 0; k < signs.length; k++) {
				components[k] = new GaussianMixturePrior.Component(WEIGHTS[k], Tensors.toFloats(Tensors.add(Tensors.scale(u, signs[k][0]), signs[k][1], v)), field.spectrum());
			}
			return new GaussianMixturePrior(2, size, size, List.of(components));
		}

		private static Tensor ofLength(final Tensor image) {
			return Tensors.scale(image, DISTANCE / Math.sqrt(Tensors.squaredNorm(image)[0]));
		}
	}
}
