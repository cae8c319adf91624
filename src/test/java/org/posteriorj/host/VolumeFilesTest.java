package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.data.Volume;

/** Folders of DICOM slices become volumes in the order of space, in HU. */
class VolumeFilesTest {

	@TempDir
	Path folder;

	private static void element(final ByteArrayOutputStream out, final int group, final int element, final String vr, final byte[] value) throws IOException {
		final boolean wide = vr.equals("OW");
		final ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
		head.putShort((short) group).putShort((short) element).put(vr.getBytes(StandardCharsets.ISO_8859_1));
		if (wide) head.putShort((short) 0).putInt(value.length);
		else head.putShort((short) value.length);
		out.write(head.array());
		out.write(value);
	}

	private static byte[] text(final String value) {
		return (value.length() % 2 == 0 ? value : value + " ").getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] number(final int value) {
		return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array();
	}

	/** An explicit little-endian slice of 6 x 4 pixels, all of the value {@code hu}. */
	private void slice(final String name, final String series, final double z, final int hu) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[128]);
		out.write(text("DICM"));
		element(out, 2, 0x10, "UI", text("1.2.840.10008.1.2.1"));
		element(out, 8, 0x60, "CS", text("CT"));
		element(out, 0x18, 0x50, "DS", text("9"));
		element(out, 0x20, 0x0E, "UI", text(series));
		element(out, 0x20, 0x13, "IS", text("1"));
		element(out, 0x20, 0x32, "DS", text("0\\0\\" + z));
		element(out, 0x20, 0x37, "DS", text("1\\0\\0\\0\\1\\0"));
		element(out, 0x28, 0x02, "US", number(1));
		element(out, 0x28, 0x10, "US", number(4));
		element(out, 0x28, 0x11, "US", number(6));
		element(out, 0x28, 0x30, "DS", text("0.5\\0.5"));
		element(out, 0x28, 0x100, "US", number(16));
		element(out, 0x28, 0x103, "US", number(0));
		element(out, 0x28, 0x1052, "DS", text("-1024"));
		element(out, 0x28, 0x1053, "DS", text("1"));
		final ByteBuffer pixels = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < 24; i++) pixels.putShort((short) (hu + 1024));
		element(out, 0x7FE0, 0x10, "OW", pixels.array());
		Files.write(folder.resolve(name), out.toByteArray());
	}

	@Test
	void slicesAreSortedBySpaceAndSplitBySeries() throws IOException {
		slice("a", "1.2", 5, 50);
		slice("b.dcm", "1.2", -5, -1000);
		slice("c.ima", "1.2", 0, 0);
		slice("d.dcm", "1.3", 0, 7);
		Files.writeString(folder.resolve("DICOMDIR.txt"), "x".repeat(200));
		final List<Volume> volumes = VolumeFiles.all("volumes", folder.toFile(), null);
		assertEquals(2, volumes.size());
		final Volume first = volumes.get(0);
		assertEquals("6 x 4 x 3", first.width() + " x " + first.height() + " x " + first.depth());
		assertEquals(List.of(-1000f, 0f, 50f), first.slices().stream().map(s -> s[5]).toList());
		assertEquals(0.5, first.voxel().x(), 1e-9);
		assertEquals(5, first.voxel().z(), 1e-9);
		assertTrue(first.title().contains("3 slices"), first.title());
		assertEquals(7f, VolumeFiles.one("validation", folder.resolve("d.dcm").toFile()).slices().get(0)[0]);
	}

	@Test
	void linksAreFollowedButNotToTheVolumeThatIsHeldOut() throws IOException {
		final Path store = Files.createDirectories(folder.resolve("store")), asked = Files.createDirectories(folder.resolve("asked"));
		slice("store/mine.dcm", "1.2", 0, 3);
		slice("store/held.dcm", "1.3", 0, 7);
		try {
			Files.createSymbolicLink(asked.resolve("linked"), store);
		}
		catch (final UnsupportedOperationException | IOException exc) {
			assumeTrue(false, "this file system has no links");
		}
		final List<Volume> volumes = VolumeFiles.all("volumes", asked.toFile(), store.resolve("held.dcm").toFile());
		assertEquals(List.of(3f), volumes.stream().map(v -> v.slices().get(0)[0]).toList());
		Files.createSymbolicLink(store.resolve("loop"), asked);
		final String line = assertThrows(IOException.class, () -> VolumeFiles.all("volumes", asked.toFile(), null)).getMessage();
		assertTrue(line.startsWith("volumes: '") && line.endsWith("is a link to a folder that holds it - remove the link."), line);
	}
}
