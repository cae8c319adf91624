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
import ij.ImageStack;

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
		final int n = scan.readouts() * scan.readoutSamples();
		final ImageStack stack = new ImageStack(scan.readoutSamples(), scan.readouts());
		final List<float[]> kx = scan.trajectories().stream().map(t -> floats(t.kx())).toList(), ky = scan.trajectories().stream().map(t -> floats(t.ky())).toList();
		float largest = 0;
		for (int coil = 0; coil < scan.coils(); coil++) for (int z = 0; z < scan.depth(); z++) {
			final float[] re = new float[n], im = new float[n], values = scan.slices().get(z);
			for (int i = 0; i < n; i++) {
				re[i] = values[2 * (coil * n + i)];
				im[i] = values[2 * (coil * n + i) + 1];
				largest = Math.max(largest, Math.max(Math.abs(re[i]), Math.abs(im[i])));
			}
			final String label = "coil " + (coil + 1) + ", slice " + (z + 1);
			stack.addSlice(label + ", real", re);
			stack.addSlice(label + ", imaginary", im);
			stack.addSlice(label + ", kx", kx.get(z));
			stack.addSlice(label + ", ky", ky.get(z));
		}
		final ImagePlus plain = new ImagePlus(scan.title(), stack);
		plain.setDimensions(PARTS, scan.depth(), scan.coils());
		final CompositeImage image = new CompositeImage(plain, CompositeImage.GRAYSCALE);
		image.setOpenAsHyperStack(true);
		KSpaceWindow.display(image, 1, largest);
		KSpaceWindow.display(image, 2, largest);
		image.setC(KX);
		image.setDisplayRange(-scan.columns() / 2.0, scan.columns() / 2.0);
		image.setC(KY);
		image.setDisplayRange(-scan.rows() / 2.0, scan.rows() / 2.0);
		image.setC(1);
		image.setProp(Windows.KIND, NONCARTESIAN);
		image.setProp(IMAGE, GSON.toJson(new Size(scan.rows(), scan.columns())));
		KSpaceWindow.describe(image, scan);
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
		final Size size = KSpaceWindow.property(image, IMAGE, Size.class, null);
		if (image.getNChannels() != PARTS || image.getBitDepth() != 32 || size == null) {
			throw new IllegalArgumentException(name + " has " + image.getNChannels() + " channels of " + image.getBitDepth() +
				" bits, expected 4 of 32 bits (real, imaginary, kx, ky) and the property " + IMAGE + ".");
		}
		final int shots = image.getHeight(), samples = image.getWidth(), n = shots * samples, coils = image.getNFrames();
		final List<float[]> slices = new ArrayList<>();
		final List<Trajectory> trajectories = new ArrayList<>();
		for (int z = 0; z < image.getNSlices(); z++) {
			final float[] values = new float[2 * coils * n];
			for (int coil = 0; coil < coils; coil++) {
				final float[] re = KSpaceWindow.plane(image, 1, z, coil), im = KSpaceWindow.plane(image, 2, z, coil);
				Windows.requireFinite(name, re, z);
				Windows.requireFinite(name, im, z);
				for (int i = 0; i < n; i++) {
					values[2 * (coil * n + i)] = re[i];
					values[2 * (coil * n + i) + 1] = im[i];
				}
			}
			slices.add(values);
			trajectories.add(new Trajectory(shots, samples, doubles(KSpaceWindow.plane(image, KY, z, 0)), doubles(KSpaceWindow.plane(image, KX, z, 0))));
		}
		return new NonCartesianKSpace(image.getTitle(), coils, size.rows, size.columns, slices, trajectories, KSpaceWindow.property(image, KSpaceWindow.VOXEL,
			VoxelSize.class, VoxelSize.UNKNOWN), KSpaceWindow.property(image, KSpaceWindow.NOISE, NoiseCovariance.class, null), List.of(KSpaceWindow.property(image,
				KSpaceWindow.READING, String[].class, new String[0])));
	}

	private static double[] doubles(final float[] values) {
		final double[] positions = new double[values.length];
		for (int i = 0; i < values.length; i++) positions[i] = values[i];
		return positions;
	}
}
