package org.posteriorj.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header of a NumPy file, versions 1 to 3 (NEP 1).
 *
 * @param type type of a number; of each part if complex
 * @param length bytes before the first number
 */
record NumPyHeader(ElementType type, boolean complex, ByteOrder order, boolean fortran, long[] shape, int length) {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y' };
	private static final int LONGEST = 1 << 20;
	private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z]\\d+)'");
	private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
	private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
	private static final Map<String, ElementType> TYPES = Map.ofEntries(Map.entry("b1", ElementType.UINT8), Map.entry("i1", ElementType.INT8),
		Map.entry("u1", ElementType.UINT8), Map.entry("i2", ElementType.INT16), Map.entry("u2", ElementType.UINT16), Map.entry("i4", ElementType.INT32),
		Map.entry("u4", ElementType.UINT32), Map.entry("i8", ElementType.INT64), Map.entry("u8", ElementType.UINT64), Map.entry("f4", ElementType.FLOAT32),
		Map.entry("f8", ElementType.FLOAT64), Map.entry("c8", ElementType.FLOAT32), Map.entry("c16", ElementType.FLOAT64));

	/** Reads the header and leaves the stream at the first number. */
	static NumPyHeader read(final InputStream in, final Path file) throws IOException {
		final byte[] start = in.readNBytes(8);
		if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
			throw FileProblem.of(file, "not a NumPy file: its first bytes are not \\x93NUMPY - save it with numpy.save.");
		}
		if (start[6] < 1 || start[6] > 3) throw FileProblem.of(file, "NumPy format version " + start[6] + ", expected 1, 2 or 3.");
		final int lengthBytes = start[6] == 1 ? 2 : 4;
		final byte[] size = in.readNBytes(lengthBytes);
		if (size.length < lengthBytes) throw truncated(file);
		final ByteBuffer number = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
		final long length = lengthBytes == 2 ? number.getShort() & 0xFFFF : number.getInt() & 0xFFFFFFFFL;
		if (length > LONGEST) throw FileProblem.of(file, "the NumPy header claims " + length + " bytes - the file is damaged.");
		final byte[] text = in.readNBytes((int) length);
		if (text.length < length) throw truncated(file);
		return parse(new String(text, StandardCharsets.ISO_8859_1), 8 + lengthBytes + (int) length, file);
	}

	private static NumPyHeader parse(final String text, final int length, final Path file) throws IOException {
		final Matcher descr = DESCR.matcher(text), fortran = FORTRAN.matcher(text), shape = SHAPE.matcher(text);
		if (!descr.find()) throw FileProblem.of(file, "expected one plain number type, got header " + text.strip() + " - save a single plain array.");
		if (!fortran.find() || !shape.find()) throw FileProblem.of(file, "the NumPy header has no fortran_order or shape - the file is damaged.");
		final ElementType type = TYPES.get(descr.group(2));
		if (type == null) {
			throw FileProblem.of(file, "number type '" + descr.group(2) + "' is not read, expected complex64, complex128, float32, float64 or an integer - convert it.");
		}
		final boolean big = descr.group(1).equals(">");
		return new NumPyHeader(type, descr.group(2).startsWith("c"), big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, fortran.group(1).equals("True"),
			sizes(shape.group(1), file), length);
	}

	private static long[] sizes(final String text, final Path file) throws IOException {
		try {
			return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).mapToLong(Long::parseLong).toArray();
		}
		catch (final NumberFormatException e) {
			throw FileProblem.of(file, "the shape (" + text + ") cannot be a shape - the file is damaged.", e);
		}
	}

	private static IOException truncated(final Path file) {
		return FileProblem.of(file, "the file ends within its NumPy header - was the copy interrupted?");
	}
}
