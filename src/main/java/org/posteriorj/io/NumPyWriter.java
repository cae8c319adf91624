package org.posteriorj.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.posteriorj.data.MriScan;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Trajectory;
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

	/** K-space as [slice, coil, ky, kx] or [slice, coil, shot, sample]. */
	public static void write(final Path file, final MriScan k) throws IOException {
		write(file, true, new int[] { k.depth(), k.coils(), k.readouts(), k.readoutSamples() }, out -> {
			for (final float[] slice : k.slices()) out.write(slice);
		});
	}

	/** The trajectory in cycles per field of view as [slice, shot, sample, 2], kx first. */
	public static void writeTrajectory(final Path file, final NonCartesianKSpace k) throws IOException {
		write(file, false, new int[] { k.depth(), k.readouts(), k.readoutSamples(), 2 }, out -> {
			for (final Trajectory t : k.trajectories()) {
				final double[] kx = t.kx(), ky = t.ky();
				final float[] pairs = new float[2 * kx.length];
				for (int i = 0; i < pairs.length; i++) pairs[i] = (float) (i % 2 == 0 ? kx : ky)[i / 2];
				out.write(pairs);
			}
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
