package org.posteriorj.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
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

	private Hdf5() {}

	/** What is made of an open file. */
	interface Use<T> {

		T of(HdfFile file) throws IOException;
	}

	static <T> T open(final Path path, final Use<T> use) throws IOException {
		FileProblem.requireFile(path);
		final byte[] start = new byte[MAGIC.length];
		try (var in = Files.newInputStream(path)) {
			if (in.readNBytes(start, 0, start.length) < start.length || !Arrays.equals(start, MAGIC)) {
				throw FileProblem.of(path, "not an HDF5 file: its first bytes are not those of HDF5 - was it renamed?");
			}
		}
		try (HdfFile file = new HdfFile(path)) {
			return use.of(file);
		}
		// a cut or damaged file shows as any of these, deep inside the library
		catch (final HdfException | BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
			throw FileProblem.of(path, "cannot be read as HDF5 - it is damaged or was copied in part.", e);
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
