package org.posteriorj.host;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.VoxelSize;

import ij.CompositeImage;
import ij.ImagePlus;

/**
 * K-space as an ImageJ hyperstack: channels real, imaginary, sampled (0 or 1); Z = slices; T = coils; zero frequency at row
 * floor(rows/2), column floor(columns/2). Voxel size and noise covariance are properties, which a TIFF file keeps exactly.
 */
public final class KSpaceWindow {

	private static final String KSPACE = "kspace";
	private static final int PARTS = 3;

	private KSpaceWindow() {}

	/** Whether an image is a k-space window. */
	public static boolean accepts(final ImagePlus image) {
		return KSPACE.equals(image.getProp(Windows.KIND));
	}

	/** The window of k-space. */
	public static ImagePlus image(final KSpace kspace) {
		final CompositeImage image = ScanWindow.image(kspace, List.of(new ScanWindow.Channel("sampled", kspace.sampled().stream().map(KSpace::ones).toList())));
		ScanWindow.display(image, PARTS, 0, 1);
		image.setProp(Windows.KIND, KSPACE);
		return image;
	}

	/**
	 * The k-space of a window.
	 *
	 * @throws IllegalArgumentException if the image is no k-space window, or holds values that are not finite or not measured
	 */
	public static KSpace kspace(final ImagePlus image) {
		final String name = "k-space window '" + image.getTitle() + "'";
		if (NonCartesianWindow.accepts(image)) {
			throw new IllegalArgumentException(name + " was measured along a trajectory, expected a Cartesian scan - only Reconstruct MRI takes others.");
		}
		if (!accepts(image)) {
			throw new IllegalArgumentException("image '" + image.getTitle() +
				"' is not a k-space window - open the raw file with Open Raw Data..., or make one with Simulate MRI Scan... .");
		}
		if (image.getNChannels() != PARTS || image.getBitDepth() != 32) {
			throw new IllegalArgumentException(name + " has " + image.getNChannels() + " channels of " + image.getBitDepth() +
				" bits, expected 3 of 32 bits (real, imaginary, sampled).");
		}
		final int n = image.getWidth() * image.getHeight(), coils = image.getNFrames(), depth = image.getNSlices();
		final List<float[]> slices = new ArrayList<>();
		final List<boolean[]> sampled = new ArrayList<>();
		for (int z = 0; z < depth; z++) {
			final float[] mask = ScanWindow.plane(image, PARTS, z, 0), values = new float[2 * coils * n];
			final boolean[] measured = new boolean[n];
			for (int i = 0; i < n; i++) {
				if (mask[i] != 0 && mask[i] != 1) throw new IllegalArgumentException(name + ": its third channel holds " + mask[i] + ", expected 0 or 1 only.");
				measured[i] = mask[i] == 1;
			}
			for (int coil = 0; coil < coils; coil++) {
				ScanWindow.read(image, name, z, coil, values);
				for (int i = 0; i < n; i++) {
					if (!measured[i] && (values[2 * (coil * n + i)] != 0 || values[2 * (coil * n + i) + 1] != 0)) {
						throw new IllegalArgumentException(name + ": slice " + (z + 1) + ", coil " + (coil + 1) + " has a value at column " + i % image.getWidth() +
							", row " + i / image.getWidth() + ", which is marked as not sampled.");
					}
				}
			}
			slices.add(values);
			sampled.add(measured);
		}
		return new KSpace(image.getTitle(), coils, image.getHeight(), image.getWidth(), slices, sampled, ScanWindow.property(image, ScanWindow.VOXEL, VoxelSize.class,
			VoxelSize.UNKNOWN), ScanWindow.property(image, ScanWindow.NOISE, NoiseCovariance.class, null), List.of(ScanWindow.property(image, ScanWindow.READING, String[].class, new String[0])));
	}
}
