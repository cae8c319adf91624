package org.posteriorj.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes float32 arrays in little-endian order. */
final class FloatStream extends BufferedOutputStream {

	private static final int CHUNK = 1 << 14;

	FloatStream(final OutputStream out) {
		super(out);
	}

	void write(final float[] values) throws IOException {
		final ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < values.length; i += CHUNK) {
			final int now = Math.min(CHUNK, values.length - i);
			buffer.clear();
			buffer.asFloatBuffer().put(values, i, now);
			write(buffer.array(), 0, 4 * now);
		}
	}
}
