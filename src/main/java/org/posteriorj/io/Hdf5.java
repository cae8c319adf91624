package org.posteriorj.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.HdfInvalidPathException;

/** HDF5 files with the errors of the library, also those it does not name, in one line. */
final class Hdf5 {

	private static final byte[] MAGIC = { (byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n' };
	private static final int SUPERBLOCK = 52;

	private Hdf5() {}

	/** What is made of an open file. */
	interface Use<T> {

		T of(HdfFile file) throws IOException;
	}

	static <T> T open(final Path path, final Use<T> use) throws IOException {
		FileProblem.requireFile(path);
		requireWhole(path);
		try (HdfFile file = new HdfFile(path)) {
			return use.of(file);
		}
		// a cut or damaged file shows as any of these, deep inside the library
		catch (final HdfException | BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
			throw FileProblem.of(path, "cannot be read as HDF5 - it is damaged or was copied in part.", e);
		}
	}

	/** Requires the signature, and as many bytes as the superblock says (HDF5 file format 3.0, II.A): the library misses a cut end. */
	private static void requireWhole(final Path path) throws IOException {
		final ByteBuffer start = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN);
		try (var in = Files.newInputStream(path)) {
			in.readNBytes(start.array(), 0, SUPERBLOCK);
		}
		if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
			throw FileProblem.of(path, "not an HDF5 file: its first bytes are not those of HDF5 - was it renamed?");
		}
		final int version = start.get(8);
		final boolean old = version < 2;
		if (start.get(old ? 13 : 9) != 8) return;
		final long end = start.getLong(version == 0 ? 40 : version == 1 ? 44 : 28);
		if (end > Files.size(path)) {
			throw FileProblem.of(path, "the HDF5 file should have " + end + " bytes, it has " + Files.size(path) + " - was the copy interrupted?");
		}
	}

	/** A dataset that must be there. */
	static Dataset dataset(final HdfFile file, final Path path, final String name) throws IOException {
		if (!has(file, name)) throw FileProblem.of(path, "the HDF5 file has no dataset '" + name + "' - it is of another kind.");
		return file.getDatasetByPath(name);
	}

	/** Whether a dataset is there. */
	static boolean has(final HdfFile file, final String name) {
		try {
			return file.getByPath(name) instanceof Dataset;
		}
		catch (final HdfInvalidPathException e) {
			return false;
		}
	}
}
