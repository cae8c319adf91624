package org.posteriorj.io;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An array as files hold it, in C order (last axis fastest).
 *
 * @param shape sizes of the axes
 * @param complex whether every element is a pair (real, imaginary)
 * @param values the elements, float32
 * @param rounded whether the file held numbers that float32 cannot hold exactly
 */
public record NumericArray(int[] shape, boolean complex, float[] values, boolean rounded) {

	public NumericArray {
		final long expected = FileProblem.product(Arrays.stream(shape).asLongStream().toArray()) * (complex ? 2 : 1);
		if (expected != values.length) {
			throw new IllegalArgumentException("array: the shape " + text(shape) + (complex ? " (complex)" : "") + " needs " + expected + " values, got " +
				values.length + ".");
		}
	}

	/** Sizes in brackets. */
	static String text(final int[] shape) {
		return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
	}

	/** The array of a file in Fortran order (first axis fastest), given its values as they stand there. */
	static NumericArray ofFortran(final int[] shape, final boolean complex, final float[] values, final boolean rounded) {
		final int parts = complex ? 2 : 1, n = values.length / parts;
		final float[] ordered = new float[values.length];
		final int[] index = new int[shape.length], stride = new int[shape.length];
		for (int axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis--]) stride[axis] = step;
		for (int i = 0, at = 0; i < n; i++) {
			System.arraycopy(values, parts * i, ordered, parts * at, parts);
			for (int axis = 0; axis < shape.length; axis++) {
				at += stride[axis];
				if (++index[axis] < shape[axis]) break;
				at -= stride[axis] * shape[axis];
				index[axis] = 0;
			}
		}
		return new NumericArray(shape, complex, ordered, rounded);
	}
}
