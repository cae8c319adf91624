package org.posteriorj.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.SharedData;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;

class RoundTripTest {

	@TempDir
	Path folder;

	private static Volume volume(final int channels) {
		final float[][] slices = new float[3][channels * 20];
		for (int z = 0; z < 3; z++) for (int i = 0; i < slices[z].length; i++) slices[z][i] = 100 * z + i - 7.25f;
		return new Volume("v", 5, 4, channels, List.of(slices), new VoxelSize(0.5, 0.75, 2), "");
	}

	private static void assertSame(final Volume expected, final Volume got) {
		assertEquals(List.of(expected.width(), expected.height(), expected.depth(), expected.channels()), List.of(got.width(), got.height(), got.depth(), got
			.channels()));
		for (int z = 0; z < expected.depth(); z++) assertArrayEquals(expected.slices().get(z), got.slices().get(z));
	}

	@Test
	void volumesComeBackFromNumPyNiftiAndBart() throws IOException {
		for (final int channels : new int[] { 1, 2 }) {
			final Volume v = volume(channels);
			NumPyWriter.write(folder.resolve("v.npy"), v);
			assertSame(v, RawData.readVolume(folder.resolve("v.npy")));
			for (final String name : List.of("v.nii", "v.nii.gz")) {
				NiftiWriter.write(folder.resolve(name), v);
				final Volume back = RawData.readVolume(folder.resolve(name));
				assertSame(v, back);
				assertEquals(v.voxel(), back.voxel());
			}
		}
		BartWriter.write(folder.resolve("v.cfl"), volume(2));
		assertSame(volume(2), RawData.readVolume(folder.resolve("v.hdr")));
		try (Stream<Path> files = Files.list(folder)) {
			assertTrue(files.noneMatch(f -> f.getFileName().toString().startsWith(".writing")));
		}
	}

	@Test
	void kspaceKeepsAxesThroughNumPyAndBart() throws IOException {
		final float[] a = new float[2 * 3 * 4 * 5], b = a.clone();
		for (int i = 0; i < a.length; i++) {
			a[i] = i + 1;
			b[i] = -i - 1;
		}
		// row 1 was not measured
		for (int c = 0; c < 3; c++) for (int i = 0; i < 10; i++) a[c * 40 + 10 + i] = b[c * 40 + 10 + i] = 0;
		final List<boolean[]> masks = KSpaceArrays.nonZero(List.of(a, b), 3, 20);
		final KSpace k = new KSpace("k", 3, 4, 5, List.of(a, b), masks, VoxelSize.UNKNOWN, null, List.of());
		NumPyWriter.write(folder.resolve("k.npy"), k);
		BartWriter.write(folder.resolve("k.cfl"), k);
		for (final String name : List.of("k.npy", "k.cfl")) {
			final KSpace back = RawData.read(folder.resolve(name));
			assertEquals(List.of(3, 4, 5, 2), List.of(back.coils(), back.rows(), back.columns(), back.depth()));
			assertArrayEquals(b, back.slices().get(1));
			assertFalse(back.sampled().get(1)[7]);
			assertEquals(20.0 / 15, back.acceleration(), 1e-12);
			assertEquals(FileHash.of(k), FileHash.of(back));
		}
	}

	@Test
	void numPyOrdersAndTypes() throws IOException {
		final Path file = folder.resolve("f.npy");
		final ByteBuffer data = ByteBuffer.allocate(6 * 8).order(ByteOrder.BIG_ENDIAN);
		for (final int v : new int[] { 0, 3, 1, 4, 2, 5 }) data.putDouble(v);
		Files.write(file, npy(1, "{'descr': '>f8', 'fortran_order': True, 'shape': (2, 3), }", data.array()));
		final NumericArray array = new NumPyReader().array(file);
		assertArrayEquals(new float[] { 0, 1, 2, 3, 4, 5 }, array.values());
		assertTrue(array.rounded());
		Files.write(file, npy(2, "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", new byte[] { -1, -1, 0, 1 }));
		assertArrayEquals(new float[] { -1, 256 }, new NumPyReader().array(file).values());
	}

	static byte[] npy(final int version, final String header, final byte[] data) {
		final byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
		final ByteBuffer all = ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
		all.put(new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0 });
		if (version == 1) all.putShort((short) text.length);
		else all.putInt(text.length);
		all.put(text).put(data);
		return java.util.Arrays.copyOf(all.array(), all.position());
	}

	@Test
	void tiffKeepsCalibrationLabelsAndInfo() throws IOException {
		final Path file = folder.resolve("v.tif");
		TiffWriter.write(file, volume(2), "how it was made");
		final ImagePlus image = IJ.openImage(file.toString());
		assertEquals(List.of(2, 3, 32), List.of(image.getNChannels(), image.getNSlices(), image.getBitDepth()));
		assertEquals(0.75, image.getCalibration().pixelHeight, 1e-6);
		assertEquals(2, image.getCalibration().pixelDepth, 1e-6);
		assertEquals("mm", image.getCalibration().getUnit());
		assertEquals("slice 2, imaginary", image.getStack().getSliceLabel(4));
		assertTrue(image.getInfoProperty().contains("how it was made"));
		assertEquals(100 + 20 - 7.25f, image.getStack().getProcessor(4).getf(0));
	}

	@Test
	void jsonIsValidWithNumbersThatAreNot() throws IOException {
		final Path file = folder.resolve("result.json");
		JsonWriter.write(file, new Provenance("posteriorj x", Map.of("noise", Double.NaN), Map.of("seed", 7L), List.of("a \"warning\"")));
		final var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
		assertEquals("NaN", json.getAsJsonObject("options").get("noise").getAsString());
		assertEquals(7, json.getAsJsonObject("facts").get("seed").getAsInt());
		CsvWriter.write(folder.resolve("t.csv"), List.of("a", "b,c"), List.of(List.of(1.5, "x\"y")));
		assertEquals("a,\"b,c\"\n1.5,\"x\"\"y\"\n", Files.readString(folder.resolve("t.csv")));
	}

	@Test
	void aFailedWriteLeavesTheOldFile() throws IOException {
		final Path file = folder.resolve("old.txt");
		Files.writeString(file, "old");
		assertThrows(IOException.class, () -> WholeFile.write(file, draft -> {
			Files.writeString(draft, "half");
			throw new IOException("disk full");
		}));
		assertEquals("old", Files.readString(file));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
		assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FileHash.of(Files.writeString(file, "abc")));
	}

	@Test
	void realFiles() throws IOException {
		final KSpace brain = RawData.read(SharedData.path("kspace/pulseq-brain-16ch/kspace.npy"));
		assertEquals(List.of(16, 128, 128, 1), List.of(brain.coils(), brain.rows(), brain.columns(), brain.depth()));
		assertTrue(brain.reading().stream().noneMatch(line -> line.startsWith("warning")), brain.reading().toString());
		final KSpace sparse = RawData.read(SharedData.path("kspace/sigpy-brain-8ch-r8/cartesian_ksp.npy"));
		assertEquals(1 / 0.124, sparse.acceleration(), 0.05);
		final Volume head = RawData.readVolume(SharedData.path("volumes/studyforrest-t1/volume.nii.gz"));
		assertTrue(head.depth() > 100 && head.voxel().x() < 1.5, head.width() + " " + head.voxel());
	}
}
