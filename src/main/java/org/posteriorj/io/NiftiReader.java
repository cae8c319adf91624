package org.posteriorj.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/**
 * NIfTI-1 volumes ({@code .nii}, {@code .nii.gz}): all real types and complex64, scaled by scl_slope and scl_inter, voxels in mm.
 * <p>
 * Columns, rows and slices are the file's i, j and k in that order; the orientation (sform, qform) is not applied.
 */
public final class NiftiReader implements VolumeReader {

	private static final int HEADER = 348, COMPLEX64 = 32;
	private static final Map<Integer, ElementType> TYPES = Map.ofEntries(Map.entry(2, ElementType.UINT8), Map.entry(4, ElementType.INT16), Map.entry(8,
		ElementType.INT32), Map.entry(16, ElementType.FLOAT32), Map.entry(COMPLEX64, ElementType.FLOAT32), Map.entry(64, ElementType.FLOAT64), Map.entry(256,
			ElementType.INT8), Map.entry(512, ElementType.UINT16), Map.entry(768, ElementType.UINT32), Map.entry(1024, ElementType.INT64), Map.entry(1280,
				ElementType.UINT64));
	/** Millimetres per unit of xyzt_units: unknown, metre, millimetre, micrometre. */
	private static final double[] MM = { 1, 1000, 1, 0.001 };

	@Override
	public boolean accepts(final Path file) {
		return FileProblem.named(file, ".nii", ".nii.gz");
	}

	@Override
	public Volume readVolume(final Path file) throws IOException {
		FileProblem.requireFile(file);
		try (InputStream in = open(file)) {
			return read(in, file);
		}
		catch (final ZipException e) {
			throw FileProblem.of(file, "its gzip compression is damaged (" + e.getMessage() + ") - copy it again.", e);
		}
		catch (final EOFException e) {
			throw FileProblem.of(file, "its gzip compression ends early - was the copy interrupted?", e);
		}
	}

	private static InputStream open(final Path file) throws IOException {
		final InputStream plain = new BufferedInputStream(Files.newInputStream(file));
		if (!FileProblem.named(file, ".gz")) return plain;
		try {
			return new BufferedInputStream(new GZIPInputStream(plain, 1 << 16));
		}
		catch (final ZipException | EOFException e) {
			plain.close();
			throw FileProblem.of(file, "expected a gzip file, got something else - is it an uncompressed .nii?", e);
		}
	}

	private static Volume read(final InputStream in, final Path file) throws IOException {
		final byte[] bytes = in.readNBytes(HEADER);
		if (bytes.length < HEADER) throw FileProblem.of(file, "expected a NIfTI header of 348 bytes, got " + bytes.length + " bytes.");
		final ByteBuffer header = ByteBuffer.wrap(bytes);
		if (header.getInt(0) != HEADER) header.order(ByteOrder.LITTLE_ENDIAN);
		if (header.getInt(0) != HEADER) throw FileProblem.of(file, "not a NIfTI-1 file: its header length is not 348 - convert it to NIfTI-1.");
		if (!new String(bytes, 344, 3, StandardCharsets.ISO_8859_1).equals("n+1")) {
			throw FileProblem.of(file, "expected one NIfTI-1 file with header and data, got a header alone - convert the .hdr/.img pair to .nii.");
		}
		final long[] dim = dim(header, file);
		final int code = header.getShort(70);
		final ElementType type = TYPES.get(code);
		if (type == null) throw FileProblem.of(file, "NIfTI data type " + code + " is not read, expected real numbers or complex64 - convert it to float32.");
		final boolean complex = code == COMPLEX64;
		final long voxels = FileProblem.product(dim);
		final int count = FileProblem.requireSize(file, complex && voxels < Long.MAX_VALUE / 2 ? 2 * voxels : voxels, Arrays.toString(dim));
		final float offset = header.getFloat(108);
		if (!(offset >= HEADER && offset < 1 << 24)) throw FileProblem.of(file, "data are said to begin at byte " + offset + ", expected 352 - the header is damaged.");
		in.skipNBytes((long) offset - HEADER);
		final float slope = header.getFloat(112), intercept = header.getFloat(116);
		final boolean scaled = slope != 0 && Float.isFinite(slope) && Float.isFinite(intercept) && !complex;
		final float[] values = Elements.read(in, type, header.order(), count, scaled ? slope : 1, scaled ? intercept : 0, file);
		final int[] shape = { (int) dim[2], (int) dim[1], (int) dim[0] };
		Elements.requireFinite(file, values, shape, complex);
		return VolumeArrays.of(FileProblem.title(file), shape[2], shape[1], shape[0], complex, values, voxel(header));
	}

	private static long[] dim(final ByteBuffer header, final Path file) throws IOException {
		final int axes = header.getShort(40);
		if (axes < 2 || axes > 7) throw FileProblem.of(file, "expected 2 or 3 axes, got " + axes + " - the header is damaged.");
		final long[] dim = { 1, 1, 1 };
		for (int i = 0; i < axes; i++) {
			final short size = header.getShort(42 + 2 * i);
			if (i < 3) dim[i] = size;
			else if (size > 1) throw FileProblem.of(file, "expected one volume, got " + size + " along axis " + (i + 1) + " - extract one volume.");
		}
		return dim;
	}

	private static VoxelSize voxel(final ByteBuffer header) {
		final int unit = header.get(123) & 7;
		final double mm = unit < MM.length ? MM[unit] : 1;
		final double[] size = new double[3];
		for (int i = 0; i < 3; i++) {
			final double pixdim = Math.abs(header.getFloat(80 + 4 * i));
			size[i] = pixdim > 0 && Double.isFinite(pixdim) ? pixdim * mm : 1;
		}
		return new VoxelSize(size[0], size[1], size[2]);
	}
}
