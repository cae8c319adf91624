package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

/** Data keep their values as windows, and as TIFF files of windows. */
class WindowsTest {

	@TempDir
	Path folder;

	static KSpace kspace() {
		final int coils = 3, rows = 5, columns = 7, n = rows * columns;
		final Random random = new Random(4);
		final boolean[] first = new boolean[n], second = new boolean[n];
		for (int i = 0; i < n; i++) {
			first[i] = i / columns % 2 == 0;
			second[i] = i % 3 == 0;
		}
		final List<boolean[]> masks = List.of(first, second);
		final List<float[]> slices = masks.stream().map(mask -> {
			final float[] values = new float[2 * coils * n];
			for (int i = 0; i < values.length; i++) values[i] = mask[i / 2 % n] ? (float) random.nextGaussian() * 1e-5f : 0;
			return values;
		}).toList();
		final double[] covariance = new double[2 * coils * coils];
		for (int c = 0; c < coils; c++) covariance[2 * (c * coils + c)] = 1e-11 / 3 * (c + 1);
		return new KSpace("scan", coils, rows, columns, slices, masks, new VoxelSize(0.6, 0.7, 1 / 3.0), new NoiseCovariance(coils, covariance), List.of("read as",
			"axes: \"ky\", kx"));
	}

	@Test
	void kspaceSurvivesAWindowAndATiffFile() {
		final KSpace before = kspace();
		final ImagePlus window = KSpaceWindow.image(before);
		assertArrayEquals(new int[] { 7, 5, 3, 2, 3 }, window.getDimensions(), "columns, rows, parts, slices, coils");
		requireSame(before, KSpaceWindow.kspace(window));
		final String file = folder.resolve("k.tif").toString();
		assertTrue(new FileSaver(window).saveAsTiffStack(file));
		requireSame(before, KSpaceWindow.kspace(IJ.openImage(file)));
	}

	private static void requireSame(final KSpace a, final KSpace b) {
		assertEquals(a.coils(), b.coils());
		for (int z = 0; z < a.depth(); z++) {
			assertArrayEquals(a.slices().get(z), b.slices().get(z));
			assertArrayEquals(a.sampled().get(z), b.sampled().get(z));
		}
		assertEquals(a.voxel(), b.voxel());
		assertArrayEquals(a.noise().values(), b.noise().values());
		assertEquals(a.reading(), b.reading());
	}

	@Test
	void aDamagedWindowIsRefused() {
		final ImagePlus notANumber = KSpaceWindow.image(kspace());
		notANumber.getStack().getProcessor(1).setf(0, 0, Float.NaN);
		assertMessage("finite", notANumber);
		final ImagePlus notSampled = KSpaceWindow.image(kspace());
		notSampled.getStack().getProcessor(1).setf(2, 1, 5);
		assertMessage("column 2, row 1, which is marked as not sampled", notSampled);
		final ImagePlus greyMask = KSpaceWindow.image(kspace());
		greyMask.getStack().getProcessor(3).setf(2, 1, 0.5f);
		assertMessage("expected 0 or 1", greyMask);
		assertMessage("not a k-space window", IJ.createImage("cells", "8-bit", 4, 4, 1));
	}

	private static void assertMessage(final String part, final ImagePlus image) {
		final String message = assertThrows(IllegalArgumentException.class, () -> KSpaceWindow.kspace(image)).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void volumesSurviveAWindow() {
		final Volume complex = new Volume("c", 3, 2, 2, List.of(new float[] { 1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6 }, new float[12]), new VoxelSize(1, 2, 3),
			"");
		final Volume back = Windows.volume(Windows.image(complex));
		assertEquals(2, back.channels());
		assertArrayEquals(complex.slices().get(0), back.slices().get(0));
		assertEquals(complex.voxel(), back.voxel());
		final Volume real = new Volume("r", 2, 1, 1, List.of(new float[] { -7, 8 }, new float[] { 1, 2 }, new float[] { 3, 4 }), VoxelSize.UNKNOWN, "1/mm");
		final ImagePlus window = Windows.image(real);
		assertEquals(3, window.getNSlices());
		assertArrayEquals(real.slices().get(2), Windows.volume(window).slices().get(2));
	}

	@Test
	void sixteenBitImagesKeepTheirCalibration() {
		final ImagePlus image = IJ.createImage("ct", "16-bit", 2, 1, 1);
		image.getProcessor().set(0, 0, 32768 + 40);
		image.getCalibration().setSigned16BitCalibration();
		assertEquals(40, Windows.volume(image).slices().get(0)[0]);
	}
}
