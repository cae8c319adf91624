package org.posteriorj.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Trajectory;

/** SHA-256 of what a run was given, in lower-case hexadecimal. */
public final class FileHash {

	private FileHash() {}

	/** SHA-256 of the bytes of a file. */
	public static String of(final Path file) throws IOException {
		FileProblem.requireFile(file);
		final MessageDigest digest = digest();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** SHA-256 of a text in UTF-8. */
	public static String ofText(final String text) {
		return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * SHA-256 of k-space: coils, rows, columns, slices as int32, then the samples as float32, and the masks as bytes or the
	 * trajectories (ky, then kx of a slice) as float64, little-endian.
	 */
	public static String of(final MriScan k) {
		final MessageDigest digest = digest();
		final ByteBuffer sizes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
		sizes.putInt(k.coils()).putInt(k.rows()).putInt(k.columns()).putInt(k.depth());
		digest.update(sizes.array());
		k.slices().forEach(slice -> update(digest, slice));
		if (k instanceof KSpace grid) grid.sampled().forEach(mask -> update(digest, mask));
		if (k instanceof NonCartesianKSpace path) {
			for (final Trajectory t : path.trajectories()) {
				update(digest, t.ky());
				update(digest, t.kx());
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void update(final MessageDigest digest, final boolean[] mask) {
		final byte[] bytes = new byte[mask.length];
		for (int i = 0; i < mask.length; i++) bytes[i] = (byte) (mask[i] ? 1 : 0);
		digest.update(bytes);
	}

	private static void update(final MessageDigest digest, final double[] values) {
		final ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asDoubleBuffer().put(values);
		digest.update(buffer.array());
	}

	/** SHA-256 of a sinogram: views, detector pixels, slices as int32, then the line integrals as float32, little-endian. */
	public static String of(final Sinogram s) {
		final MessageDigest digest = digest();
		digest.update(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(s.views()).putInt(s.detectors()).putInt(s.depth()).array());
		s.slices().forEach(slice -> update(digest, slice));
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void update(final MessageDigest digest, final float[] values) {
		final int chunk = 1 << 14;
		final ByteBuffer buffer = ByteBuffer.allocate(4 * chunk).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < values.length; i += chunk) {
			final int now = Math.min(chunk, values.length - i);
			buffer.clear();
			buffer.asFloatBuffer().put(values, i, now);
			digest.update(buffer.array(), 0, 4 * now);
		}
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("this Java has no SHA-256, which every Java must have.", e);
		}
	}
}
