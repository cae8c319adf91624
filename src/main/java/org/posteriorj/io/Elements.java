package org.posteriorj.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/** Runs of numbers in binary files. */
final class Elements {

	private static final int CHUNK = 1 << 16;

	private Elements() {}

	/** The next numbers of a stream as {@code slope value + intercept} in float32; a stream that ends early is an error. */
	static float[] read(final InputStream in, final ElementType type, final ByteOrder order, final int count, final double slope,
		final double intercept, final Path file) throws IOException
	{
		final float[] values = new float[count];
		final byte[] bytes = new byte[CHUNK * type.bytes];
		final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
		for (int done = 0; done < count;) {
			final int now = Math.min(CHUNK, count - done);
			final int got = in.readNBytes(bytes, 0, now * type.bytes);
			if (got < now * type.bytes) {
				throw FileProblem.of(file, "the file ends after " + (done + got / type.bytes) + " of " + count + " numbers - was the copy interrupted?");
			}
			buffer.clear();
			for (int i = 0; i < now; i++) values[done++] = (float) (slope * type.next.applyAsDouble(buffer) + intercept);
		}
		return values;
	}

	/** Requires finite values; the error counts the others and says where the first stands. */
	static void requireFinite(final Path file, final float[] values, final int[] shape, final boolean complex) throws IOException {
		long bad = 0;
		int first = -1;
		for (int i = 0; i < values.length; i++) {
			if (Float.isFinite(values[i])) continue;
			if (bad++ == 0) first = i;
		}
		if (bad == 0) return;
		int at = complex ? first / 2 : first;
		final int[] index = new int[shape.length];
		for (int axis = shape.length - 1; axis >= 0; axis--) {
			index[axis] = at % shape[axis];
			at /= shape[axis];
		}
		throw FileProblem.of(file, String.format(Locale.ROOT, "%d of %d numbers are not finite in float32 (NaN or Inf), the first at %s of %s - repair the data.", bad,
			values.length, NumericArray.text(index), NumericArray.text(shape)));
	}
}
