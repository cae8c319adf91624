package org.posteriorj.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** NIfTI-1 files in float32 (complex64 for two channels), voxel size in mm, no orientation; compressed if the name ends in .gz. */
public final class NiftiWriter {

	private static final int HEADER = 348, OFFSET = 352, FLOAT32 = 16, COMPLEX64 = 32, MILLIMETRE = 2;

	private NiftiWriter() {}

	/** Writes a volume; column, row and slice become i, j and k. */
	public static void write(final Path file, final Volume volume) throws IOException {
		VolumeArrays.interleaved(volume, 0);
		if (Math.max(volume.width(), Math.max(volume.height(), volume.depth())) > Short.MAX_VALUE) {
			throw new IllegalArgumentException("volume '" + volume.title() + "': NIfTI-1 holds at most 32767 voxels along an axis - write NumPy instead.");
		}
		WholeFile.write(file, draft -> {
			final OutputStream plain = Files.newOutputStream(draft);
			try (FloatStream out = new FloatStream(FileProblem.named(file, ".gz") ? new GZIPOutputStream(plain) : plain)) {
				out.write(header(volume), 0, OFFSET);
				for (int z = 0; z < volume.depth(); z++) out.write(VolumeArrays.interleaved(volume, z));
			}
		});
	}

	private static byte[] header(final Volume volume) {
		final ByteBuffer header = ByteBuffer.allocate(OFFSET).order(ByteOrder.LITTLE_ENDIAN);
		final boolean complex = volume.channels() == 2;
		final VoxelSize voxel = volume.voxel();
		header.putInt(0, HEADER);
		final int[] dim = { 3, volume.width(), volume.height(), volume.depth(), 1, 1, 1, 1 };
		final double[] pixdim = { 1, voxel.x(), voxel.y(), voxel.z(), 1, 1, 1, 1 };
		for (int i = 0; i < dim.length; i++) {
			header.putShort(40 + 2 * i, (short) dim[i]);
			header.putFloat(76 + 4 * i, (float) pixdim[i]);
		}
		header.putShort(70, (short) (complex ? COMPLEX64 : FLOAT32));
		header.putShort(72, (short) (complex ? 64 : 32));
		header.putFloat(108, OFFSET);
		header.putFloat(112, 1);
		header.put(123, (byte) MILLIMETRE);
		header.put(344, "n+1".getBytes(StandardCharsets.ISO_8859_1));
		return header.array();
	}
}
