package org.posteriorj.prior;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/**
 * SHA-256 of the weights of a network: for each parameter in order its name in UTF-8, then its values as little-endian float32
 * in row-major order. It does not depend on how the file was packed.
 */
public final class WeightHash {

	private WeightHash() {}

	/** In lower-case hexadecimal. */
	public static String of(final Script network) {
		return Scopes.compute(() -> {
			final MessageDigest digest = digest();
			network.parameters().forEach((name, value) -> {
				digest.update(name.getBytes(StandardCharsets.UTF_8));
				final float[] values = Tensors.toFloats(value);
				final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
				bytes.asFloatBuffer().put(values);
				digest.update(bytes.array());
			});
			return HexFormat.of().formatHex(digest.digest());
		});
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException exc) {
			throw new IllegalStateException("this Java has no SHA-256, which every Java must have.", exc);
		}
	}
}
