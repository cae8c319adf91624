package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

/** Every bad file gives one line that names it and what is wrong. */
class BadInputTest {

	@TempDir
	Path folder;

	private static void refused(final String words, final Executable action) {
		final String message = assertThrows(IOException.class, action).getMessage();
		assertTrue(message.contains(words), message);
		assertTrue(message.startsWith("'"), message);
		assertFalse(message.contains("\n") || message.contains("Exception"), message);
	}

	private Path file(final String name, final byte[] bytes) throws IOException {
		return Files.write(folder.resolve(name), bytes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "k.npy|not a NumPy file", "k.h5|not an HDF5 file", "k.hdr|not a kind of raw data", "k.xyz|not a kind of raw data",
		"k.cfl|no such file" })
	void foreignText(final String name, final String words) throws IOException {
		final Path file = file(name, "this is only text, not data at all".getBytes());
		refused(words, () -> RawData.read(file));
	}

	@ParameterizedTest
	@CsvSource({ "k.npy", "k.h5", "k.cfl", "k.mrd" })
	void emptyAndMissing(final String name) throws IOException {
		refused("no such file", () -> RawData.read(folder.resolve(name)));
		final Path file = file(name, new byte[0]);
		refused("empty", () -> RawData.read(file));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "<c8|(2, 4, 4)|needs 64 numbers, the file holds 63", "<c8|(0, 4, 4)|at least one along every axis",
		"<c8|(99999, 99999, 99999)|more than 2^31", "<c8|(9999999999999999999,)|cannot be a shape", "<c8|(4000000000, 4000000000, 4000000000)|2^31",
		"<f2|(2, 2, 2)|number type 'f2'", "<c16|(2,)|expected 3 axes", "<f4|(1, 3, 3)|expected complex",
		"<c8|(1, 1, 1, 1, 2)|expected 3 axes", "<c8|(8, 2, 1)|move the coil axis" })
	void numPyHeaders(final String type, final String shape, final String words) throws IOException {
		final Path file = file("k.npy", RoundTripTest.npy(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", new byte[63 * 4]));
		refused(words, () -> RawData.read(file));
	}

	@Test
	void numPyObjectArraysVersionsAndCutHeaders() throws IOException {
		final Path object = file("o.npy", RoundTripTest.npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", new byte[16]));
		refused("plain number type", () -> RawData.read(object));
		final Path version = file("v.npy", RoundTripTest.npy(9, "{}", new byte[16]));
		refused("version 9", () -> RawData.read(version));
		final Path cut = file("c.npy", Arrays.copyOf(RoundTripTest.npy(1, "{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", new byte[16]), 20));
		refused("within its NumPy header", () -> RawData.read(cut));
		final Path huge = file("h.npy", new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1 });
		refused("damaged", () -> RawData.read(huge));
	}

	@Test
	void valuesThatAreNotFiniteAreCountedAndPlaced() throws IOException {
		final Path file = folder.resolve("n.npy");
		final float[] values = new float[2 * 2 * 3 * 4];
		Arrays.fill(values, 1);
		values[2 * 17 + 1] = Float.NaN;
		values[40] = Float.POSITIVE_INFINITY;
		NumPyWriter.write(file, new NumericArray(new int[] { 2, 3, 4 }, true, values, false));
		refused("2 of 48 numbers are not finite in float32 (NaN or Inf), the first at [1, 1, 1]", () -> RawData.read(file));
		NumPyWriter.write(file, new NumericArray(new int[] { 2, 3, 4 }, true, new float[48], false));
		refused("all samples are zero", () -> RawData.read(file));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "# Dimensions;4 4 1 2|need 256 bytes, the file has 8", "# Dimensions;0 4 1 2|has size 0", "# Dimensions;four|expected sizes",
		"nothing|not a BART header", "# Dimensions;4 4 4 2|is 3-D", "# Dimensions;1 1 1 1 2|BART dimension 4", "# Dimensions;99999 99999 1 99999|2^31" })
	void bartHeaders(final String header, final String words) throws IOException {
		Files.writeString(folder.resolve("k.hdr"), header.replace(';', '\n') + "\n");
		final Path file = file("k.cfl", new byte[8]);
		refused(words, () -> RawData.read(file));
	}

	@Test
	void nifti() throws IOException {
		final Volume v = new Volume("v", 4, 3, 1, List.of(new float[12]), VoxelSize.UNKNOWN, "");
		NiftiWriter.write(folder.resolve("v.nii"), v);
		final byte[] good = Files.readAllBytes(folder.resolve("v.nii"));
		final Path file = folder.resolve("bad.nii");
		final ByteBuffer bad = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
		Files.write(file, Arrays.copyOf(good, 100));
		refused("got 100 bytes", () -> RawData.readVolume(file));
		Files.write(file, Arrays.copyOf(good, 380));
		refused("ends after 7 of 12", () -> RawData.readVolume(file));
		Files.write(file, bad.putShort(70, (short) 128).array());
		refused("data type 128", () -> RawData.readVolume(file));
		Files.write(file, bad.putShort(70, (short) 16).putShort(42, (short) -4).array());
		refused("at least one", () -> RawData.readVolume(file));
		Files.write(file, bad.putShort(42, (short) 4).putShort(40, (short) 9).array());
		refused("axes, got 9", () -> RawData.readVolume(file));
		Files.write(file, bad.putShort(40, (short) 3).putFloat(108, Float.NaN).array());
		refused("begin at byte NaN", () -> RawData.readVolume(file));
		Files.write(file, bad.putFloat(108, 352).putFloat(352, Float.NaN).array());
		refused("1 of 12", () -> RawData.readVolume(file));
		Files.write(file, bad.putInt(0, 540).array());
		refused("not a NIfTI-1", () -> RawData.readVolume(file));
		final Path zipped = file("bad.nii.gz", good);
		refused("expected a gzip file", () -> RawData.readVolume(zipped));
		NiftiWriter.write(folder.resolve("w.nii.gz"), v);
		final byte[] gz = Files.readAllBytes(folder.resolve("w.nii.gz"));
		final Path cut = file("cut.nii.gz", Arrays.copyOf(gz, gz.length / 2));
		refused("compression", () -> RawData.readVolume(cut));
	}

	@ParameterizedTest
	@CsvSource({ "ismrmrd.h5, 100", "ismrmrd.h5, 3000", "ismrmrd.h5, 20000", "ismrmrd.h5, 60000", "fastmri.h5, 600", "fastmri.h5, 2500", "fastmri.h5, 9000" })
	void cutHdf5(final String name, final int length) throws IOException {
		final Path file = file(name, Arrays.copyOf(Files.readAllBytes(Hdf5ReaderTest.resource(name)), length));
		refused(name, () -> RawData.read(file));
	}

	@Test
	void outputsThatCannotBeWritten() throws IOException {
		final Volume v = new Volume("v", 4, 3, 1, List.of(new float[12]), VoxelSize.UNKNOWN, "");
		refused("folder does not exist", () -> NumPyWriter.write(folder.resolve("none/v.npy"), v));
		file("plain", new byte[1]);
		refused("cannot be written", () -> NiftiWriter.write(folder.resolve("plain/v.nii"), v));
		Files.createDirectory(folder.resolve("v.tif"));
		refused("a folder has that name", () -> TiffWriter.write(folder.resolve("v.tif"), v, ""));
	}
}
