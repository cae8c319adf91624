package org.posteriorj.physics.ct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.posteriorj.SharedData;

/** The least that reads this project's test arrays: little-endian float32, C order, version 1. */
final class NumPy {

	private NumPy() {}

	static float[] read(final String relative) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(SharedData.path(relative))).order(ByteOrder.LITTLE_ENDIAN);
		final int header = bytes.getShort(8);
		final String text = new String(bytes.array(), 10, header, StandardCharsets.ISO_8859_1);
		final int size = text.contains("<f8") ? 8 : text.contains("<u2") ? 2 : 4;
		if (size == 4 && !text.contains("<f4")) throw new IOException("unexpected type: " + text);
		final float[] values = new float[(bytes.capacity() - 10 - header) / size];
		for (int i = 0, at = 10 + header; i < values.length; i++, at += size) {
			values[i] = size == 8 ? (float) bytes.getDouble(at) : size == 2 ? bytes.getShort(at) & 0xFFFF : bytes.getFloat(at);
		}
		return values;
	}
}
