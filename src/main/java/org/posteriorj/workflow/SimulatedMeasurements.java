package org.posteriorj.workflow;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.ConditionRange;
import org.posteriorj.prior.NetworkPrior;
import org.posteriorj.prior.train.Measurement;
import org.posteriorj.prior.train.Measurements;
import org.posteriorj.sampler.Condition;
import org.posteriorj.sampler.Familiarity;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Multi-coil scans of complex training crops: 1 to 8 coils, lines equispaced, random or of variable density, or points of a Poisson
 * disk, accelerations and noise log-uniform, a fully sampled centre.
 */
final class SimulatedMeasurements implements Measurements {

	/** Coils, accelerations outside the centre, noise per real component in prior units, and centre as part of the lines. */
	static final int MOST_COILS = 8;
	static final double LOWEST_ACCELERATION = 2, HIGHEST_ACCELERATION = 10, LOWEST_NOISE = 0.003, HIGHEST_NOISE = 0.1, SMALLEST_CENTRE = 0.04, LARGEST_CENTRE = 0.2;
	/** Part of the training scans that a network foresees better than what it states as its error. */
	private static final double PERCENTILE = 0.99;

	@Override
	public int channels() {
		return 2 + Condition.FURTHER;
	}

	@Override
	public Measurement of(final float[] clean, final int rows, final int columns, final double sigmaData, final RandomGenerator random) {
		final int coils = random.nextInt(5) == 0 ? 1 : random.nextInt(2, MOST_COILS + 1);
		final double noise = LOWEST_NOISE * Math.pow(HIGHEST_NOISE / LOWEST_NOISE, random.nextDouble());
		final float[] mask = mask(rows, columns, random), maps = CoilSimulation.maps(coils, rows, columns, random.nextLong());
		final SampleRandom draws = SampleRandom.single(random.nextLong(), 0);
		return Scopes.compute(() -> {
			try (SenseOperator operator = operator(maps, mask, coils, rows, columns)) {
				final Tensor noisy = Tensors.add(operator.forward(Tensors.of(clean, 1, 2, rows, columns)), noise, draws.normal(coils, rows, columns, 2));
				final Tensor measured = noisy.mul(operator.mask().reshape(1, 1, rows, columns, 1));
				final Condition condition = Condition.of(new DataConsistency(operator, measured, noise), sigmaData);
				return new Scan(Tensors.toFloats(condition.channels()), condition.open(), noise, maps, mask, Tensors.toFloats(measured), coils, rows, columns);
			}
		});
	}

	/** What networks see that were trained on these scans; of {@code prior} the error with which it foresees their data. */
	static ConditionRange range(final List<Measurement> scans, final NetworkPrior prior) {
		final double[] open = scans.stream().mapToDouble(scan -> ((Scan) scan).open()).sorted().toArray();
		final double[] misfits = scans.stream().mapToDouble(scan -> ((Scan) scan).misfit(prior)).sorted().toArray();
		return new ConditionRange(LOWEST_NOISE, HIGHEST_NOISE, open[0], open[open.length - 1], misfits[(int) Math.ceil(PERCENTILE * misfits.length) - 1]);
	}

	private static float[] mask(final int rows, final int columns, final RandomGenerator random) {
		final double acceleration = LOWEST_ACCELERATION * Math.pow(HIGHEST_ACCELERATION / LOWEST_ACCELERATION, random.nextDouble());
		final int centre = (int) Math.round(rows * random.nextDouble(SMALLEST_CENTRE, LARGEST_CENTRE));
		final SamplingMask pattern = new SamplingMask(rows, columns, acceleration, centre);
		final long seed = random.nextLong();
		return KSpace.ones(switch (random.nextInt(4)) {
			case 0 -> pattern.equispaced();
			case 1 -> pattern.random(seed);
			case 2 -> pattern.variableDensity(seed);
			default -> pattern.poissonDisk(seed);
		});
	}

	private static SenseOperator operator(final float[] maps, final float[] mask, final int coils, final int rows, final int columns) {
		return new SenseOperator(Complex.fromPairs(Tensors.of(maps, coils, rows, columns, 2)), Tensors.of(mask, rows, columns));
	}

	/** Plain arrays: it is made in one thread and used in another, where scopes differ. */
	private record Scan(float[] condition, double open, double noise, float[] maps, float[] mask, float[] data, int coils, int rows, int columns) implements
		Measurement
	{

		@Override
		public Tensor normal(final Tensor image) {
			return with(operator -> operator.normal(image));
		}

		@Override
		public Tensor backprojection() {
			return with(operator -> operator.adjoint(tensor()));
		}

		double misfit(final NetworkPrior prior) {
			return Scopes.compute(() -> {
				try (SenseOperator operator = operator(maps, mask, coils, rows, columns)) {
					final Tensor channels = Tensors.of(condition, 1, prior.conditioning(), rows, columns);
					return Familiarity.misfit(prior, new DataConsistency(operator, tensor(), noise), new Condition(channels, noise, open));
				}
			});
		}

		private Tensor with(final Function<SenseOperator, Tensor> work) {
			return Scopes.keep(() -> {
				try (SenseOperator operator = operator(maps, mask, coils, rows, columns)) {
					return work.apply(operator);
				}
			});
		}

		private Tensor tensor() {
			return Tensors.of(data, 1, coils, rows, columns, 2);
		}
	}
}
