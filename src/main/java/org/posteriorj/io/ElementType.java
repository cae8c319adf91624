package org.posteriorj.io;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** Types of numbers in binary files. */
enum ElementType {
	INT8(1, ByteBuffer::get), UINT8(1, b -> b.get() & 0xFF), INT16(2, ByteBuffer::getShort), UINT16(2, b -> b.getShort() & 0xFFFF),
	INT32(4, ByteBuffer::getInt), UINT32(4, b -> b.getInt() & 0xFFFFFFFFL), INT64(8, ByteBuffer::getLong), UINT64(8, ElementType::unsigned),
	FLOAT32(4, ByteBuffer::getFloat), FLOAT64(8, ByteBuffer::getDouble);

	final int bytes;
	final ToDoubleFunction<ByteBuffer> next;

	ElementType(final int bytes, final ToDoubleFunction<ByteBuffer> next) {
		this.bytes = bytes;
		this.next = next;
	}

	private static double unsigned(final ByteBuffer buffer) {
		final long value = buffer.getLong();
		return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
	}

	/** Whether float32 cannot hold every value exactly. */
	boolean rounds() {
		return bytes > 4 || this == INT32 || this == UINT32;
	}
}
