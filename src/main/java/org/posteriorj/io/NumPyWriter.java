package org.posteriorj.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;

/** NumPy {@code .npy} files, version 1, float32 or complex64, C order. */
public final class NumPyWriter {

	private static final int ALIGNMENT = 64, PREFIX = 10;

	private NumPyWriter() {}

	private interface Body {

		void write(FloatStream out) throws IOException;
	}

	/** An array. */
	public static void write(final Path file, final NumericArray array) throws IOException {
		write(file, array.complex(), array.shape(), out -> out.write(array.values()));
	}

	/** A volume as [slice, y, x], complex64 if it has two channels. */
	public static void write(final Path file, final Volume volume) throws IOException {
		VolumeArrays.interleaved(volume, 0);
		write(file, volume.channels() == 2, new int[] { volume.depth(), volume.height(), volume.width() }, out -> {
			for (int z = 0; z < volume.depth(); z++) out.write(VolumeArrays.interleaved(volume, z));
		});
	}

	/** K-space as [slice, coil, ky, kx]. */
	public static void write(final Path file, final KSpace k) throws IOException {
		write(file, true, new int[] { k.depth(), k.coils(), k.rows(), k.columns() }, out -> {
			for (final float[] slice : k.slices()) out.write(slice);
		});
	}

	/** A sinogram as [view, detector], of several slices as [slice, view, detector]. */
	public static void write(final Path file, final Sinogram s) throws IOException {
		final int[] shape = s.depth() == 1 ? new int[] { s.views(), s.detectors() } : new int[] { s.depth(), s.views(), s.detectors() };
		write(file, false, shape, out -> {
			for (final float[] slice : s.slices()) out.write(slice);
		});
	}

	private static void write(final Path file, final boolean complex, final int[] shape, final Body body) throws IOException {
		final String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
		final String text = "{'descr': '" + (complex ? "<c8" : "<f4") + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
		final int length = (PREFIX + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - PREFIX;
		final byte[] start = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8) };
		WholeFile.write(file, draft -> {
			try (FloatStream out = new FloatStream(Files.newOutputStream(draft))) {
				out.write(start, 0, start.length);
				out.write((text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1), 0, length);
				body.write(out);
			}
		});
	}
}
