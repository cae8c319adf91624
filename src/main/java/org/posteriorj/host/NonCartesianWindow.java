package org.posteriorj.host;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.VoxelSize;

import com.google.gson.Gson;

import ij.CompositeImage;
import ij.ImagePlus;

/**
 * Samples along a trajectory as an ImageJ hyperstack: X = sample of a readout, Y = shot; channels real, imaginary, kx, ky in cycles
 * per field of view; Z = slices; T = coils. Image size, voxel size and noise covariance are properties, which a TIFF file keeps.
 */
final class NonCartesianWindow {

	private static final String NONCARTESIAN = "noncartesian", IMAGE = "PosteriorJ.image";
	private static final int PARTS = 4, KX = 3, KY = 4;
	private static final Gson GSON = new Gson();

	/** Size of the image that the samples are of, in pixels. */
	private record Size(int rows, int columns) {}

	private NonCartesianWindow() {}

	/** Whether an image is a window of samples along a trajectory. */
	static boolean accepts(final ImagePlus image) {
		return NONCARTESIAN.equals(image.getProp(Windows.KIND));
	}

	/** The window of a scan. */
	static ImagePlus image(final NonCartesianKSpace scan) {
		final CompositeImage image = ScanWindow.image(scan, List.of(new ScanWindow.Channel("kx", scan.trajectories().stream().map(t -> floats(t.kx())).toList()),
			new ScanWindow.Channel("ky", scan.trajectories().stream().map(t -> floats(t.ky())).toList())));
		ScanWindow.display(image, KX, -scan.columns() / 2.0, scan.columns() / 2.0);
		ScanWindow.display(image, KY, -scan.rows() / 2.0, scan.rows() / 2.0);
		image.setProp(Windows.KIND, NONCARTESIAN);
		image.setProp(IMAGE, GSON.toJson(new Size(scan.rows(), scan.columns())));
		return image;
	}

	private static float[] floats(final double[] positions) {
		final float[] values = new float[positions.length];
		for (int i = 0; i < values.length; i++) values[i] = (float) positions[i];
		return values;
	}

	/**
	 * The scan of a window.
	 *
	 * @throws IllegalArgumentException if the window is damaged, or holds values that are not finite
	 */
	static NonCartesianKSpace scan(final ImagePlus image) {
		final String name = "non-Cartesian k-space window '" + image.getTitle() + "'";
		final Size size = ScanWindow.property(image, IMAGE, Size.class, null);
		if (image.getNChannels() != PARTS || image.getBitDepth() != 32 || size == null) {
			throw new IllegalArgumentException(name + " has " + image.getNChannels() + " channels of " + image.getBitDepth() +
				" bits, expected 4 of 32 bits (real, imaginary, kx, ky) and the property " + IMAGE + ".");
		}
		final int shots = image.getHeight(), samples = image.getWidth(), n = shots * samples, coils = image.getNFrames();
		final List<float[]> slices = new ArrayList<>();
		final List<Trajectory> trajectories = new ArrayList<>();
		for (int z = 0; z < image.getNSlices(); z++) {
			final float[] values = new float[2 * coils * n];
			for (int coil = 0; coil < coils; coil++) ScanWindow.read(image, name, z, coil, values);
			slices.add(values);
			trajectories.add(new Trajectory(shots, samples, doubles(ScanWindow.plane(image, KY, z, 0)), doubles(ScanWindow.plane(image, KX, z, 0))));
		}
		return new NonCartesianKSpace(image.getTitle(), coils, size.rows, size.columns, slices, trajectories, ScanWindow.property(image, ScanWindow.VOXEL,
			VoxelSize.class, VoxelSize.UNKNOWN), ScanWindow.property(image, ScanWindow.NOISE, NoiseCovariance.class, null), List.of(ScanWindow.property(image,
				ScanWindow.READING, String[].class, new String[0])));
	}

	private static double[] doubles(final float[] values) {
		final double[] positions = new double[values.length];
		for (int i = 0; i < values.length; i++) positions[i] = values[i];
		return positions;
	}
}
