package org.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.OperatorStack;
import org.posteriorj.physics.mri.CoilSimulation;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Spectrum;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Complex slices, each with coil maps and mask of its own: maps of equal coils that differ by a smooth phase from slice to slice, as estimated ones do. */
class MriVolumeMbirTest {

	private static final int SLICES = 8, SIZE = 24, COILS = 3;
	private static final double SIGMA = 0.05;
	private static final GaussianFieldPrior PRIOR = new GaussianFieldPrior("field", 2, Spectrum.powerLaw(30, 2.0 / SIZE, 2));

	private static SampleRandom random(final long seed) {
		return new SampleRandom(seed, LongStream.range(0, SLICES).toArray(), 0);
	}

	/** Phases [Z, H, W] as {@code exp(i phase)}: slopes and a constant that have nothing to do with those of the neighbour. */
	private static Tensor phases(final double amount) {
		final float[] values = new float[2 * SLICES * SIZE * SIZE];
		for (int z = 0; z < SLICES; z++) for (int i = 0; i < SIZE * SIZE; i++) {
			final double angle = amount * (2.4 * z * z + Math.sin(3 * z + 1) * (i / SIZE) / SIZE + Math.cos(5 * z) * (i % SIZE) / SIZE), at = 2.0 * (z * SIZE * SIZE + i);
			values[(int) at] = (float) Math.cos(angle);
			values[(int) at + 1] = (float) Math.sin(angle);
		}
		return Complex.fromPairs(Tensors.of(values, SLICES, SIZE, SIZE, 2));
	}

	/** A volume that changes slowly from slice to slice. */
	private static Tensor truth() {
		final Tensor ends = PRIOR.colour(new SampleRandom(3, new long[] { 0, 1 }, 0).normal(2, SIZE, SIZE));
		final List<Tensor> slices = new ArrayList<>();
		for (int z = 0; z < SLICES; z++) {
			final double a = 0.5 * Math.PI * z / (SLICES - 1);
			slices.add(Tensors.add(Tensors.scale(Tensors.items(ends, 0, 1), Math.cos(a)), Math.sin(a), Tensors.items(ends, 1, 2)));
		}
		return Tensors.concatenate(slices);
	}

	private static List<SenseOperator> operators(final Tensor phases) {
		final Tensor maps = Complex.fromPairs(Tensors.of(CoilSimulation.maps(COILS, SIZE, SIZE, 1), COILS, SIZE, SIZE, 2));
		final List<SenseOperator> operators = new ArrayList<>();
		for (int z = 0; z < SLICES; z++) {
			final boolean[] mask = new SamplingMask(SIZE, SIZE, 4, 4).random(z);
			operators.add(new SenseOperator(maps.mul(phases.narrow(0, z, 1)), Tensors.of(KSpace.ones(mask), SIZE, SIZE)));
		}
		return operators;
	}

	/** The volume in the phase of the truth. */
	private static float[] run(final DiffusionMbir.Options options, final double phase) {
		return Scopes.compute(() -> {
			final Tensor phases = phases(phase), truth = truth();
			final List<SenseOperator> operators = operators(phases);
			final OperatorStack stack = new OperatorStack(operators);
			final Tensor turned = Complex.toChannels(Complex.fromChannels(truth).mul(torch.conj(phases)));
			final Tensor y = Tensors.add(stack.forward(turned), SIGMA, random(99).normal(stack.dataShape())).mul(mask(operators));
			final Tensor got = new DiffusionMbir(options).sample(PRIOR, new DataConsistency(stack, y, SIGMA), random(1), Progress.NONE).images();
			operators.forEach(SenseOperator::close);
			return Tensors.toFloats(Complex.toChannels(Complex.fromChannels(got).mul(phases)));
		});
	}

	private static Tensor mask(final List<SenseOperator> operators) {
		return Tensors.concatenate(operators.stream().map(o -> o.mask().reshape(1, 1, SIZE, SIZE, 1)).toList());
	}

	/** Relative errors of a volume and of the differences of its neighbouring slices. */
	private static double[] errors(final float[] got) {
		return Scopes.compute(() -> {
			final Tensor truth = truth(), x = Tensors.of(got, SLICES, 2, SIZE, SIZE);
			return new double[] { relative(x, truth), relative(steps(x), steps(truth)) };
		});
	}

	private static Tensor steps(final Tensor volume) {
		return volume.narrow(0, 1, SLICES - 1).sub(volume.narrow(0, 0, SLICES - 1));
	}

	private static double relative(final Tensor got, final Tensor want) {
		return Math.sqrt(Tensors.squaredNorm(got.sub(want).unsqueeze(0))[0] / Tensors.squaredNorm(want.unsqueeze(0))[0]);
	}

	private static DiffusionMbir.Options fast(final double coupling, final int chunk) {
		return new DiffusionMbir.Options(30, false, coupling, chunk);
	}

	@Test
	void couplingHelpsWhateverThePhasesOfTheMaps() {
		final double[] alone = errors(run(fast(0, 4), 1)), plain = errors(run(fast(0.25, 4), 0)), turned = errors(run(fast(0.25, 4), 1));
		System.out.printf("MRI volume: slice by slice error %.3f, through-plane %.3f; coupled %.3f, %.3f; with phases %.3f, %.3f%n", alone[0], alone[1], plain[0],
			plain[1], turned[0], turned[1]);
		assertTrue(turned[0] < 0.9 * alone[0], turned[0] + " against " + alone[0]);
		assertTrue(turned[1] < 0.7 * alone[1], turned[1] + " against " + alone[1]);
		assertEquals(plain[0], turned[0], 0.1 * plain[0]);
	}

	@Test
	void theSameVolumeForEveryChunkSize() {
		final float[] one = run(fast(0.25, 1), 1);
		for (final int chunk : new int[] { 3, 16 }) assertArrayEquals(one, run(fast(0.25, chunk), 1), 1e-5f);
	}

	/** Differences are taken after the phase: a slice turned smoothly is no change; and {@code <D x, d> = <x, D^T d>}. */
	@Test
	void phasesAreNoDifferences() {
		Scopes.run(() -> {
			final Tensor one = Tensors.items(truth(), 0, 1).expand(SLICES, 2, SIZE, SIZE).contiguous();
			final Tensor turned = Complex.toChannels(Complex.fromChannels(one).mul(torch.conj(phases(1))));
			try (SliceDifferences differences = SliceDifferences.of(turned)) {
				final Tensor steps = differences.forward(turned);
				assertTrue(norm(steps) < 0.15 * norm(steps(turned)), norm(steps) + " of " + norm(steps(turned)));
				final Tensor x = random(5).normal(2, SIZE, SIZE), d = random(6).normal(2, SIZE, SIZE).unsqueeze(0);
				assertEquals(0, Tensors.dot(differences.forward(x), d)[0] - Tensors.dot(x.unsqueeze(0), differences.adjoint(d).unsqueeze(0))[0], 1e-5 * norm(d) * norm(d));
			}
		});
	}

	private static double norm(final Tensor t) {
		return Math.sqrt(Tensors.squaredNorm(t.reshape(1, -1))[0]);
	}

	@Test
	void oneSliceIsRefused() {
		final Exception said = assertThrows(IllegalArgumentException.class, () -> new DiffusionMbir(fast(1, 4)).sample(PRIOR, null, SampleRandom.single(1, 0), Progress.NONE));
		assertTrue(said.getMessage().contains("choose RED-diff"), said.getMessage());
	}
}
