package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Consumer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class LineEigenbasisTest {

	private static void with(final int coils, final int rows, final int columns, final boolean[] mask, final Consumer<SenseOperator> work) {
		Scopes.run(() -> {
			final Tensor maps = Complex.fromPairs(Tensors.of(CoilSimulation.maps(coils, rows, columns, 1), coils, rows, columns, 2));
			try (SenseOperator operator = new SenseOperator(maps, Tensors.of(KSpace.ones(mask), rows, columns))) {
				work.accept(operator);
			}
		});
	}

	private static double difference(final Tensor a, final Tensor b) {
		return Math.sqrt(Tensors.squaredNorm(a.sub(b))[0] / Tensors.squaredNorm(b)[0]);
	}

	@ParameterizedTest
	@CsvSource({ "4,48,32", "3,31,46", "8,64,33" })
	void isThatOfTheOperator(final int coils, final int rows, final int columns) {
		with(coils, rows, columns, new SamplingMask(rows, columns, 3, 10).equispaced(), operator -> {
			final Tensor x = SampleRandom.single(1, 0).normal(2, rows, columns);
			assertEquals(0, difference(operator.eigenbasis().apply(x, l -> l), operator.normal(x)), 2e-6, "V l V^H");
			assertEquals(0, difference(operator.eigenbasis().apply(x, l -> Tensors.scale(l, 0).add(new Scalar(1))), x), 2e-6, "V V^H");
		});
	}

	/** Maps that are zero outside of a box, and everywhere: what no coil sees is left as it is. */
	@ParameterizedTest
	@CsvSource({ "5,7,20,30", "0,0,31,1", "0,0,0,0" })
	void leavesAloneWhatNoCoilSees(final int top, final int left, final int height, final int width) {
		final int rows = 31, columns = 40;
		final float[] maps = CoilSimulation.maps(3, rows, columns, 1);
		for (int i = 0; i < maps.length; i++) {
			final int y = i / 2 / columns % rows, x = i / 2 % columns;
			if (y < top || y >= top + height || x < left || x >= left + width) maps[i] = 0;
		}
		Scopes.run(() -> {
			try (SenseOperator operator = new SenseOperator(Complex.fromPairs(Tensors.of(maps, 3, rows, columns, 2)), Tensors.of(KSpace.ones(new SamplingMask(rows, columns, 3, 10)
				.equispaced()), rows, columns)))
			{
				final Tensor x = SampleRandom.single(1, 0).normal(rows, columns, 2).movedim(-1, 1), kept = x.clone(), weighted = operator.eigenbasis().apply(x, l -> l);
				assertEquals(0, Math.sqrt(Tensors.squaredNorm(weighted.sub(operator.normal(x)))[0]), 1e-4, "V l V^H");
				assertEquals(0, difference(operator.eigenbasis().apply(x, l -> l.add(new Scalar(1))), operator.normal(x).add(x)), 2e-6, "V (l + 1) V^H");
				assertArrayEquals(Tensors.toFloats(kept), Tensors.toFloats(x), "the argument");
			}
		});
	}

	@Test
	void anItemIsTheSameBytesInEveryBatch() {
		with(3, 33, 46, new SamplingMask(33, 46, 3, 10).equispaced(), operator -> {
			final Tensor x = new SampleRandom(1, new long[] { 0, 1, 2, 3, 4, 5 }, 0).normal(2, 33, 46), all = operator.eigenbasis().analyse(x);
			for (int i = 0; i < 6; i++) {
				assertArrayEquals(Tensors.toFloats(operator.eigenbasis().analyse(Tensors.items(x, i, i + 1))), Tensors.toFloats(Tensors.items(all, i, i + 1)), "item " + i);
			}
		});
	}

	/** The proximal step beside conjugate gradients that run to their end, and a draw beside the same step for the same perturbed data. */
	@Test
	void solvesWhatConjugateGradientsSolve() {
		final int rows = 64, columns = 48;
		final double sigma = 0.02;
		with(6, rows, columns, new SamplingMask(rows, columns, 3, 12).equispaced(), operator -> {
			final SampleRandom random = SampleRandom.single(2, 0);
			final Tensor truth = Tensors.of(SimulatedScans.object(rows, columns), 1, 2, rows, columns);
			final Tensor y = Tensors.add(operator.forward(truth), sigma, operator.noise(random)), z = Tensors.add(truth, 0.1, random.normal(2, rows, columns));
			final DataConsistency data = new DataConsistency(operator, y, sigma);
			for (final double r : new double[] { 1, 0.1, 0.01 }) {
				final double ratio = sigma * sigma / (r * r);
				final Tensor want = new ConjugateGradient(400, 1e-7).solve(x -> Tensors.add(operator.normal(x), ratio, x), Tensors.add(operator.adjoint(y), ratio,
					z), z);
				assertEquals(0, difference(data.prox(z, r), want), r == 1 ? 2e-4 : 2e-5, "radius " + r);
			}
		});
	}

	/** Mean and noise of {@link DataConsistency#drawAround}, by eigenvectors and, with weights of 1, by conjugate gradients. */
	@Test
	void drawsAroundAnImageWithTheNoiseOfAnotherRadius() {
		final boolean[] mask = new SamplingMask(24, 20, 3, 6).equispaced();
		with(4, 24, 20, mask, operator -> {
			final long[] samples = java.util.stream.LongStream.range(0, 400).toArray();
			final Tensor y = Tensors.add(operator.forward(Tensors.of(SimulatedScans.object(24, 20), 1, 2, 24, 20)), 0.1, operator.noise(SampleRandom.single(1, 0)));
			final Tensor z = Tensors.zeros(1, 2, 24, 20).expand(400, 2, 24, 20).contiguous(), one = Tensors.of(KSpace.ones(mask), 1, 1, 24, 20, 1).expand_as(y);
			for (final DataConsistency data : new DataConsistency[] { new DataConsistency(operator, y, 0.1), new DataConsistency(operator, y, 0.1, one) }) {
				final Tensor draws = data.drawAround(z, 0.3, 0.05, new SampleRandom(3, samples, 0)), mean = data.prox(Tensors.items(z, 0, 1), 0.3);
				assertEquals(0, difference(draws.mean(new long[] { 0 }, true, null), mean), 0.02, "mean");
				final Tensor probes = new SampleRandom(4, samples, 0).normal(2, 24, 20);
				final double want = Arrays.stream(Tensors.dot(probes, data.invert(probes, 0.05))).average().orElseThrow() * 0.01;
				assertEquals(1, Arrays.stream(Tensors.squaredNorm(draws.sub(mean))).average().orElseThrow() / want, 0.02, "variance");
			}
		});
	}

	/** A split draw has the variance {@code r^2 (I - r^2 A^H W A)} about its mean. */
	@Test
	void splitDrawsHaveTheirVariance() {
		with(4, 24, 20, new SamplingMask(24, 20, 3, 6).equispaced(), operator -> {
			final Tensor zero = Tensors.zeros(1, 2, 24, 20);
			final DataConsistency data = new DataConsistency(operator, Tensors.zeros(1, 4, 24, 20, 2), 0.1);
			final double r = data.splitRadius();
			final SampleRandom random = new SampleRandom(3, java.util.stream.LongStream.range(0, 400).toArray(), 0);
			final Tensor draws = data.splitDraw(zero.expand(400, 2, 24, 20).contiguous(), r, random);
			final double measured = Arrays.stream(Tensors.squaredNorm(operator.forward(draws))).average().orElseThrow();
			final Tensor probes = new SampleRandom(4, java.util.stream.LongStream.range(0, 400).toArray(), 0).normal(2, 24, 20);
			final double[] first = Tensors.dot(probes, operator.normal(probes)), second = Tensors.squaredNorm(operator.normal(probes));
			final double want = r * r * (Arrays.stream(first).average().orElseThrow() - r * r / 0.01 * Arrays.stream(second).average().orElseThrow());
			assertEquals(1, measured / want, 0.03);
		});
	}

	@Test
	void onlyForWholeLinesAndImagesThatFit() {
		final boolean[] points = new SamplingMask(32, 32, 3, 10).poissonDisk(1);
		with(2, 32, 32, points, operator -> assertNull(operator.eigenbasis()));
		with(2, 32, 32, new SamplingMask(32, 32, 3, 10).equispaced(), operator -> assertNotNull(operator.eigenbasis()));
		assertEquals(0, LineEigenbasis.bytes(512, 512));
		assertTrue(LineEigenbasis.bytes(256, 256) > 0);
	}
}
