package org.posteriorj.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posteriorj.data.Trajectory;
import org.posteriorj.physics.Nufft.Accuracy;
import org.posteriorj.physics.mri.NonCartesianSense;
import org.posteriorj.physics.mri.Trajectories;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class NufftTest {

	private static Trajectory random(final int points, final double reach) {
		final RandomGenerator random = SampleRandom.generator(7, 7);
		final double[] ky = random.doubles(points, -reach, reach).toArray(), kx = random.doubles(points, -reach, reach).toArray();
		return new Trajectory(1, points, ky, kx);
	}

	private static Stream<Arguments> scans() {
		return Stream.of(
			Arguments.of("radial", Trajectories.radial(24, 64, 32), 32, 32),
			Arguments.of("golden angle, odd", Trajectories.goldenAngle(17, 70, 35), 35, 27),
			Arguments.of("spiral", Trajectories.spiral(4, 300, 4, 32), 32, 40),
			Arguments.of("random, odd", random(700, 16), 31, 33),
			Arguments.of("random, a prime", random(500, 23), 47, 32),
			Arguments.of("beyond the grid", random(300, 50), 24, 20));
	}

	private static float[] image(final int rows, final int columns) {
		return Tensors.toFloats(SampleRandom.single(rows, columns).normal(rows, columns, 2));
	}

	/** The definition, summed in double precision. */
	private static double[] explicit(final Trajectory k, final float[] image, final int rows, final int columns) {
		final double[] samples = new double[2 * k.points()], ky = k.ky(), kx = k.kx();
		for (int p = 0; p < k.points(); p++) for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			final double phase = -2 * Math.PI * (ky[p] * (r - rows / 2) / rows + kx[p] * (c - columns / 2) / columns);
			final double cos = Math.cos(phase), sin = Math.sin(phase), scale = 1 / Math.sqrt((double) rows * columns);
			final double re = image[2 * (r * columns + c)], im = image[2 * (r * columns + c) + 1];
			samples[2 * p] += scale * (re * cos - im * sin);
			samples[2 * p + 1] += scale * (re * sin + im * cos);
		}
		return samples;
	}

	private static double[] explicitAdjoint(final Trajectory k, final float[] samples, final int rows, final int columns) {
		final double[] image = new double[2 * rows * columns], ky = k.ky(), kx = k.kx();
		for (int p = 0; p < k.points(); p++) for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			final double phase = 2 * Math.PI * (ky[p] * (r - rows / 2) / rows + kx[p] * (c - columns / 2) / columns);
			final double cos = Math.cos(phase), sin = Math.sin(phase), scale = 1 / Math.sqrt((double) rows * columns);
			image[2 * (r * columns + c)] += scale * (samples[2 * p] * cos - samples[2 * p + 1] * sin);
			image[2 * (r * columns + c) + 1] += scale * (samples[2 * p] * sin + samples[2 * p + 1] * cos);
		}
		return image;
	}

	private static double error(final double[] want, final float[] got) {
		double error = 0, norm = 0;
		for (int i = 0; i < want.length; i++) {
			error += (got[i] - want[i]) * (got[i] - want[i]);
			norm += want[i] * want[i];
		}
		return Math.sqrt(error / norm);
	}

	private static float[] forward(final Nufft nufft, final float[] image, final int rows, final int columns) {
		return Scopes.compute(() -> Tensors.toFloats(Complex.toPairs(nufft.forward(Complex.fromPairs(Tensors.of(image, 1, rows, columns, 2))))));
	}

	private static float[] adjoint(final Nufft nufft, final float[] samples) {
		return Scopes.compute(() -> Tensors.toFloats(Complex.toPairs(nufft.adjoint(Complex.fromPairs(Tensors.of(samples, 1, nufft.points(), 2))))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scans")
	void agreesWithTheExplicitTransform(final String name, final Trajectory trajectory, final int rows, final int columns) {
		final float[] image = image(rows, columns), samples = image(trajectory.points(), 1);
		final double[] want = explicit(trajectory, image, rows, columns), wantImage = explicitAdjoint(trajectory, samples, rows, columns);
		for (final Accuracy accuracy : Accuracy.values()) {
			final double limit = accuracy == Accuracy.STANDARD ? 1e-4 : 1e-6;
			try (Nufft nufft = new Nufft(trajectory, rows, columns, accuracy)) {
				final double there = error(want, forward(nufft, image, rows, columns)), back = error(wantImage, adjoint(nufft, samples));
				System.out.printf("%s %s: forward %.1e, adjoint %.1e%n", name, accuracy, there, back);
				assertTrue(there <= limit && back <= limit, accuracy + ": forward " + there + ", adjoint " + back);
			}
		}
	}

	@Test
	void equalsTheFourierTransformOnItsGrid() {
		final int rows = 15, columns = 18;
		final double[] ky = new double[rows * columns], kx = new double[rows * columns];
		for (int i = 0; i < ky.length; i++) {
			ky[i] = i / columns - rows / 2;
			kx[i] = i % columns - columns / 2;
		}
		final float[] image = image(rows, columns);
		final float[] want = Scopes.compute(() -> Tensors.toFloats(Complex.toPairs(Fourier.forward(Complex.fromPairs(Tensors.of(image, 1, rows,
			columns, 2))))));
		try (Nufft nufft = new Nufft(new Trajectory(rows, columns, ky, kx), rows, columns, Accuracy.ACCURATE)) {
			assertArrayEquals(want, forward(nufft, image, rows, columns), 1e-5f);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scans")
	void multiCoilScanHasAnExactAdjointAndItsToeplitzNormal(final String name, final Trajectory trajectory, final int rows, final int columns) {
		Scopes.run(() -> {
			final Tensor maps = Complex.fromPairs(SampleRandom.single(3, 0).normal(3, rows, columns, 2).squeeze(0));
			for (final Accuracy accuracy : Accuracy.values()) {
				try (NonCartesianSense operator = new NonCartesianSense(maps, trajectory, accuracy)) {
					final OperatorCheck check = OperatorCheck.of(operator, 5);
					System.out.println(name + " " + accuracy + " " + check);
					assertTrue(check.adjoint() <= 1e-6 && check.linearity() <= 1e-6, "scale factor " + check.scale() + ": " + check);
					assertTrue(check.normal() <= (accuracy == Accuracy.STANDARD ? 1e-4 : 2e-6), check.toString());
					assertEquals(0, check.norm(), 1e-6);
				}
			}
		});
	}

	@Test
	void theSameBytesInABatchAndAlone() {
		Scopes.run(() -> {
			final Tensor maps = Complex.fromPairs(SampleRandom.single(3, 0).normal(3, 20, 24, 2).squeeze(0));
			try (NonCartesianSense operator = new NonCartesianSense(maps, random(300, 10))) {
				final Tensor images = new SampleRandom(5, new long[] { 0, 1, 2 }, 0).normal(2, 20, 24);
				final Tensor all = operator.normal(images), data = operator.forward(images);
				for (int i = 0; i < 3; i++) {
					final Tensor image = Tensors.items(images, i, i + 1);
					assertArrayEquals(Tensors.toFloats(Tensors.items(all, i, i + 1)), Tensors.toFloats(operator.normal(image)));
					assertArrayEquals(Tensors.toFloats(Tensors.items(data, i, i + 1)), Tensors.toFloats(operator.forward(image)));
				}
			}
		});
	}
}
