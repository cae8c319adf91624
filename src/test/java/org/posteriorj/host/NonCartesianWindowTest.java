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
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.mri.Trajectories;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

/** Scans along a trajectory keep their values as windows, and as TIFF files of windows. */
class NonCartesianWindowTest {

	@TempDir
	Path folder;

	private static NonCartesianKSpace scan() {
		final Random random = new Random(5);
		final float[][] slices = new float[2][2 * 3 * 4 * 24];
		for (final float[] slice : slices) for (int i = 0; i < slice.length; i++) slice[i] = (float) random.nextGaussian() * 1e-5f;
		final double[] covariance = new double[18];
		for (int c = 0; c < 3; c++) covariance[8 * c] = 1e-11 / 3 * (c + 1);
		final Trajectory square = Trajectories.radial(4, 24, 12), turned = Trajectories.goldenAngle(4, 24, 12);
		return new NonCartesianKSpace("scan", 3, 12, 10, List.of(slices), List.of(square.scaled(1, 10 / 12.0).rounded(), turned.scaled(1, 10 / 12.0).rounded()),
			new VoxelSize(0.6, 0.7, 1 / 3.0), new NoiseCovariance(3, covariance), List.of("read as", "axes: \"shot\", sample"));
	}

	@Test
	void aScanSurvivesAWindowAndATiffFile() {
		final NonCartesianKSpace before = scan();
		final ImagePlus window = MriWindows.image(before);
		assertArrayEquals(new int[] { 24, 4, 4, 2, 3 }, window.getDimensions(), "samples, shots, parts, slices, coils");
		requireSame(before, (NonCartesianKSpace) MriWindows.scan(window));
		final String file = folder.resolve("k.tif").toString();
		assertTrue(new FileSaver(window).saveAsTiffStack(file));
		requireSame(before, (NonCartesianKSpace) MriWindows.scan(IJ.openImage(file)));
	}

	private static void requireSame(final NonCartesianKSpace a, final NonCartesianKSpace b) {
		assertEquals(List.of(a.coils(), a.rows(), a.columns(), a.depth()), List.of(b.coils(), b.rows(), b.columns(), b.depth()));
		for (int z = 0; z < a.depth(); z++) {
			assertArrayEquals(a.slices().get(z), b.slices().get(z));
			assertArrayEquals(a.trajectories().get(z).ky(), b.trajectories().get(z).ky());
			assertArrayEquals(a.trajectories().get(z).kx(), b.trajectories().get(z).kx());
		}
		assertEquals(a.voxel(), b.voxel());
		assertArrayEquals(a.noise().values(), b.noise().values());
		assertEquals(a.reading(), b.reading());
	}

	@Test
	void aDamagedWindowIsRefused() {
		final ImagePlus value = MriWindows.image(scan());
		value.getStack().getProcessor(1).setf(0, 0, Float.NaN);
		refused("finite", value);
		final ImagePlus position = MriWindows.image(scan());
		position.getStack().getProcessor(3).setf(5, 2, Float.NaN);
		refused("sample 53 must have finite positions", position);
		final ImagePlus far = MriWindows.image(scan());
		far.getStack().getProcessor(4).setf(5, 2, 60);
		refused("are the units or the size wrong?", far);
		final ImagePlus size = MriWindows.image(scan());
		size.setProp("PosteriorJ.image", null);
		refused("and the property PosteriorJ.image", size);
		final ImagePlus parts = MriWindows.image(scan());
		parts.setDimensions(2, 4, 3);
		refused("has 2 channels of 32 bits, expected 4 of 32 bits (real, imaginary, kx, ky)", parts);
	}

	@Test
	void itIsRefusedWhereAGridIsExpected() {
		final String message = assertThrows(IllegalArgumentException.class, () -> KSpaceWindow.kspace(MriWindows.image(scan()))).getMessage();
		assertTrue(message.contains("was measured along a trajectory, expected a Cartesian scan"), message);
	}

	private static void refused(final String words, final ImagePlus image) {
		final String message = assertThrows(IllegalArgumentException.class, () -> MriWindows.scan(image)).getMessage();
		assertTrue(message.contains(words) && !message.contains("\n"), message);
	}
}
