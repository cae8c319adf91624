package org.posteriorj.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Projections;
import org.posteriorj.data.Volume;

/**
 * NumPy {@code .npy} files: k-space [coil, ky, kx] or [slice, coil, ky, kx], sinograms [view, detector] or [slice, view, detector], images
 * [y, x] or [slice, y, x].
 */
public final class NumPyReader implements KSpaceReader, VolumeReader, ProjectionsReader {

	@Override
	public boolean accepts(final Path file) {
		return FileProblem.named(file, ".npy");
	}

	@Override
	public KSpace read(final Path file) throws IOException {
		return KSpaceArrays.of(file, array(file), List.of("format: NumPy"));
	}

	@Override
	public Volume readVolume(final Path file) throws IOException {
		return VolumeArrays.of(file, array(file));
	}

	@Override
	public boolean acceptsProjections(final Path file) {
		return accepts(file);
	}

	@Override
	public Projections readProjections(final Path file, final GeometryJson given) throws IOException {
		return SinogramArrays.of(file, array(file), given, null, "NumPy");
	}

	/** Whether the numbers of a file are complex. */
	public boolean isComplex(final Path file) throws IOException {
		FileProblem.requireFile(file);
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			return NumPyHeader.read(in, file).complex();
		}
	}

	/** The array of a file. */
	public NumericArray array(final Path file) throws IOException {
		FileProblem.requireFile(file);
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			final NumPyHeader header = NumPyHeader.read(in, file);
			final String shape = Arrays.toString(header.shape());
			final int parts = header.complex() ? 2 : 1;
			final long count = FileProblem.product(header.shape());
			final int values = FileProblem.requireSize(file, count > Long.MAX_VALUE / 16 ? count : count * parts, shape);
			final long present = (Files.size(file) - header.length()) / header.type().bytes;
			if (present < values) {
				throw FileProblem.of(file, "the shape " + shape + " needs " + values + " numbers, the file holds " + present + " - was the copy interrupted?");
			}
			final int[] sizes = Arrays.stream(header.shape()).mapToInt(Math::toIntExact).toArray();
			final float[] data = Elements.read(in, header.type(), header.order(), values, 1, 0, file);
			return header.fortran() ? NumericArray.ofFortran(sizes, header.complex(), data, header.type().rounds()) : new NumericArray(sizes, header
				.complex(), data, header.type().rounds());
		}
	}
}
