package org.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import edu.emory.mathcs.jtransforms.fft.DoubleFFT_2D;

class FourierTest {

	@ParameterizedTest
	@CsvSource({ "64,64", "63,48", "31,17", "230,180", "251,257", "146,128", "160,134", "509,64", "64,397" })
	void agreesWithJTransformsInDouble(final int rows, final int columns) {
		final float[] image = Tensors.toFloats(SampleRandom.single(rows, columns).normal(rows, columns, 2));
		final float[] got = Scopes.compute(() -> Tensors.toFloats(Complex.toPairs(
			Fourier.forward(Complex.fromPairs(Tensors.of(image, 1, rows, columns, 2))))));
		final double[] want = centredTransform(image, rows, columns);
		double error = 0, norm = 0;
		for (int i = 0; i < want.length; i++) {
			error += (got[i] - want[i]) * (got[i] - want[i]);
			norm += want[i] * want[i];
		}
		assertTrue(Math.sqrt(error / norm) <= 3e-7, "relative error " + Math.sqrt(error / norm));
	}

	private static double[] centredTransform(final float[] image, final int rows, final int columns) {
		final double[] a = new double[image.length];
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) for (int p = 0; p < 2; p++) {
			// NB: the centre, floor(n/2), goes to index 0
			final int row = (r - rows / 2 + rows) % rows, column = (c - columns / 2 + columns) % columns;
			a[2 * (row * columns + column) + p] = image[2 * (r * columns + c) + p];
		}
		new DoubleFFT_2D(rows, columns).complexForward(a);
		final double[] out = new double[image.length];
		final double scale = 1 / Math.sqrt((double) rows * columns);
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) for (int p = 0; p < 2; p++) {
			final int row = (r + rows / 2) % rows, column = (c + columns / 2) % columns;
			out[2 * (row * columns + column) + p] = a[2 * (r * columns + c) + p] * scale;
		}
		return out;
	}

	@Test
	void deltaInTheCentreIsFlatAndReal() {
		final float[] image = new float[2 * 5 * 6];
		image[2 * (2 * 6 + 3)] = 1;
		Scopes.run(() -> {
			final Tensor k = Fourier.forward(Complex.fromPairs(Tensors.of(image, 1, 5, 6, 2)));
			final float[] values = Tensors.toFloats(Complex.toPairs(k));
			for (int i = 0; i < values.length; i += 2) {
				assertEquals(1 / Math.sqrt(30), values[i], 1e-6);
				assertEquals(0, values[i + 1], 1e-6);
			}
		});
	}
}
