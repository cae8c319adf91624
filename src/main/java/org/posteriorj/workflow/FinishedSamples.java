package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

import org.posteriorj.io.WholeFile;

/**
 * Samples that were drawn together, as a file: int32 length of the warnings, the warnings as UTF-8 lines, the values as float32, and the
 * CRC-32 of all that as int64, big-endian.
 *
 * @param values images one after another, prior units
 * @param warnings what the sampler said
 */
record FinishedSamples(float[] values, List<String> warnings) {

	/** Writes the file whole or not at all. */
	void write(final Path file) throws IOException {
		final byte[] text = String.join("\n", warnings).getBytes(StandardCharsets.UTF_8);
		final ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(12 + text.length, Math.multiplyExact(4, values.length)));
		bytes.putInt(text.length).put(text);
		for (final float value : values) bytes.putFloat(value);
		bytes.putLong(checksum(bytes.array()));
		WholeFile.write(file, draft -> Files.write(draft, bytes.array()));
	}

	/** The samples of a file; empty if there is none, or if it is damaged. */
	static Optional<FinishedSamples> read(final Path file) throws IOException {
		if (!Files.exists(file)) return Optional.empty();
		final byte[] all = Files.readAllBytes(file);
		final ByteBuffer bytes = ByteBuffer.wrap(all);
		try {
			if (all.length < 12 || bytes.getLong(all.length - 8) != checksum(all)) return Optional.empty();
			final byte[] text = new byte[bytes.getInt()];
			bytes.get(text);
			final float[] values = new float[(bytes.remaining() - 8) / 4];
			bytes.asFloatBuffer().get(values);
			return Optional.of(new FinishedSamples(values, new String(text, StandardCharsets.UTF_8).lines().toList()));
		}
		catch (final BufferUnderflowException | NegativeArraySizeException exc) {
			return Optional.empty();
		}
	}

	/** Of everything but the last eight bytes. */
	private static long checksum(final byte[] bytes) {
		final CRC32 sum = new CRC32();
		sum.update(bytes, 0, bytes.length - 8);
		return sum.getValue();
	}
}
