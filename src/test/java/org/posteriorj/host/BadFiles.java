package org.posteriorj.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;

/** Files that are wrong in one way each, for tests of what is said about them. */
final class BadFiles {

	private BadFiles() {}

	/** Writes them, and {@code image.tif}, which is only not a scan. */
	static void write(final Path folder) throws IOException {
		images(folder);
		Files.writeString(folder.resolve("file"), "x");
		for (final String name : new String[] { "text.h5", "text.npy", "text.pt", "text.cfl", "text.xyz" }) {
			Files.writeString(folder.resolve(name), "this is only text, not data at all");
		}
		for (final String name : new String[] { "empty.h5", "empty.npy" }) Files.createFile(folder.resolve(name));
		Files.write(folder.resolve("cut.h5"), Arrays.copyOf(BadFiles.class.getResourceAsStream("/org/posteriorj/io/ismrmrd.h5").readAllBytes(), 3000));
		scan(folder.resolve("zero.npy"), "c8", 0, 4, 16, 16);
		scan(folder.resolve("coils.npy"), "c8", 1, 0, 16, 16);
		scan(folder.resolve("order.npy"), "c8", 1, 16, 16, 2);
		scan(folder.resolve("axes.npy"), "c8", 1, 16, 16);
		scan(folder.resolve("real.npy"), "f4", 1, 4, 16, 16);
		scan(folder.resolve("many.npy"), "c8", 1, 512, 1, 32, 32);
		final Path good = folder.resolve("scan.npy");
		scan(good, "c8", 1, 4, 64, 64);
		final byte[] bytes = Files.readAllBytes(good);
		Files.write(folder.resolve("short.npy"), Arrays.copyOf(bytes, bytes.length - 9));
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 400, Float.NaN);
		Files.write(folder.resolve("nan.npy"), bytes);
		lines(folder.resolve("noacs.npy"));
		Files.writeString(folder.resolve("alone.hdr"), "# Dimensions\n4 4 1 2\n");
		Files.writeString(folder.resolve("sizes.hdr"), "# Dimensions\n64 64 1 4\n");
		Files.write(folder.resolve("sizes.cfl"), new byte[800]);
		Files.writeString(folder.resolve("angles.json"), "{\"type\": \"parallel\", \"angles\": [0, 1, 2], \"detectorPitch\": 1}");
		Files.writeString(folder.resolve("broken.json"), "{\"type\": ");
	}

	private static void images(final Path folder) throws IOException {
		final ImagePlus image = IJ.createImage("image", "32-bit ramp", 16, 12, 1);
		IJ.saveAsTiff(image, folder.resolve("image.tif").toString());
		image.getProcessor().setf(3, 4, Float.NaN);
		IJ.saveAsTiff(image, folder.resolve("nan.tif").toString());
		IJ.saveAsTiff(IJ.createImage("rgb", "RGB", 16, 12, 1), folder.resolve("rgb.tif").toString());
		IJ.saveAsTiff(IJ.createImage("wide", "32-bit ramp", 17, 12, 1), folder.resolve("wide.tif").toString());
		Files.writeString(folder.resolve("text.tif"), "not an image\n");
		Files.write(folder.resolve("cut.tif"), Arrays.copyOf(Files.readAllBytes(folder.resolve("image.tif")), 300));
		Files.createFile(folder.resolve("empty.tif"));
	}

	/** A NumPy file of noise. */
	private static void scan(final Path file, final String type, final float level, final int... shape) throws IOException {
		int n = type.charAt(0) == 'c' ? 2 : 1;
		for (final int size : shape) n *= size;
		final float[] values = new float[n];
		final Random random = new Random(1);
		for (int i = 0; i < n; i++) values[i] = level * (float) random.nextGaussian();
		final String axes = Arrays.toString(shape).replace('[', '(').replace(']', ')');
		write(file, "{'descr': '<" + type + "', 'fortran_order': False, 'shape': " + axes + ", }", values);
	}

	/** Every second line, none more in the centre. */
	private static void lines(final Path file) throws IOException {
		final float[] values = new float[2 * 4 * 64 * 64];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++) if (i / 128 % 64 % 2 == 0) values[i] = (float) random.nextGaussian();
		write(file, "{'descr': '<c8', 'fortran_order': False, 'shape': (4, 64, 64), }", values);
	}

	private static void write(final Path file, final String header, final float[] values) throws IOException {
		final byte[] text = header.getBytes(StandardCharsets.US_ASCII);
		final ByteBuffer all = ByteBuffer.allocate(10 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		all.put(new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 }).putShort((short) text.length).put(text);
		for (final float value : values) all.putFloat(value);
		Files.write(file, all.array());
	}
}
