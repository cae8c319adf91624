package org.posteriorj.host;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.VoxelSize;

import com.google.gson.Gson;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;

/**
 * K-space as an ImageJ hyperstack: channels real, imaginary, sampled (0 or 1); Z = slices; T = coils; zero frequency at row
 * floor(rows/2), column floor(columns/2). Voxel size and noise covariance are properties, which a TIFF file keeps exactly.
 */
public final class KSpaceWindow {

	static final String VOXEL = "PosteriorJ.voxel", NOISE = "PosteriorJ.noise", READING = "PosteriorJ.reading";
	private static final String KSPACE = "kspace";
	private static final int PARTS = 3;
	private static final Gson GSON = new Gson();

	private KSpaceWindow() {}

	/** Whether an image is a k-space window. */
	public static boolean accepts(final ImagePlus image) {
		return KSPACE.equals(image.getProp(Windows.KIND));
	}

	/** The window of k-space. */
	public static ImagePlus image(final KSpace kspace) {
		final int n = kspace.rows() * kspace.columns();
		final ImageStack stack = new ImageStack(kspace.columns(), kspace.rows());
		final List<float[]> masks = kspace.sampled().stream().map(KSpaceWindow::asFloat).toList();
		float largest = 0;
		for (int coil = 0; coil < kspace.coils(); coil++) {
			for (int z = 0; z < kspace.depth(); z++) {
				final float[] re = new float[n], im = new float[n], values = kspace.slices().get(z);
				for (int i = 0; i < n; i++) {
					re[i] = values[2 * (coil * n + i)];
					im[i] = values[2 * (coil * n + i) + 1];
					largest = Math.max(largest, Math.max(Math.abs(re[i]), Math.abs(im[i])));
				}
				final String label = "coil " + (coil + 1) + ", slice " + (z + 1);
				stack.addSlice(label + ", real", re);
				stack.addSlice(label + ", imaginary", im);
				stack.addSlice(label + ", sampled", masks.get(z));
			}
		}
		final ImagePlus plain = new ImagePlus(kspace.title(), stack);
		plain.setDimensions(PARTS, kspace.depth(), kspace.coils());
		final CompositeImage image = new CompositeImage(plain, CompositeImage.GRAYSCALE);
		image.setOpenAsHyperStack(true);
		display(image, 1, largest);
		display(image, 2, largest);
		image.setC(PARTS);
		image.setDisplayRange(0, 1);
		image.setC(1);
		image.setProp(Windows.KIND, KSPACE);
		describe(image, kspace);
		return image;
	}

	/** Shows a channel of samples; the centre is thousands of times brighter than the rest. */
	static void display(final CompositeImage image, final int channel, final double largest) {
		final double range = largest > 0 ? largest / 50 : 1;
		image.setC(channel);
		image.setDisplayRange(-range, range);
	}

	/** Writes what is not in the pixels into properties. */
	static void describe(final ImagePlus image, final MriScan scan) {
		image.setProp(VOXEL, GSON.toJson(scan.voxel()));
		scan.noiseCovariance().ifPresent(noise -> image.setProp(NOISE, GSON.toJson(noise)));
		image.setProp(READING, GSON.toJson(scan.reading()));
		image.setProperty("Info", String.join("\n", scan.reading()));
	}

	private static float[] asFloat(final boolean[] mask) {
		final float[] values = new float[mask.length];
		for (int i = 0; i < mask.length; i++) values[i] = mask[i] ? 1 : 0;
		return values;
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
			final float[] mask = plane(image, PARTS, z, 0), values = new float[2 * coils * n];
			final boolean[] measured = new boolean[n];
			for (int i = 0; i < n; i++) {
				if (mask[i] != 0 && mask[i] != 1) throw new IllegalArgumentException(name + ": its third channel holds " + mask[i] + ", expected 0 or 1 only.");
				measured[i] = mask[i] == 1;
			}
			for (int coil = 0; coil < coils; coil++) {
				final float[] re = plane(image, 1, z, coil), im = plane(image, 2, z, coil);
				Windows.requireFinite(name, re, z);
				Windows.requireFinite(name, im, z);
				for (int i = 0; i < n; i++) {
					if (!measured[i] && (re[i] != 0 || im[i] != 0)) {
						throw new IllegalArgumentException(name + ": slice " + (z + 1) + ", coil " + (coil + 1) + " has a value at column " + i % image.getWidth() +
							", row " + i / image.getWidth() + ", which is marked as not sampled.");
					}
					values[2 * (coil * n + i)] = re[i];
					values[2 * (coil * n + i) + 1] = im[i];
				}
			}
			slices.add(values);
			sampled.add(measured);
		}
		return new KSpace(image.getTitle(), coils, image.getHeight(), image.getWidth(), slices, sampled, property(image, VOXEL, VoxelSize.class,
			VoxelSize.UNKNOWN), property(image, NOISE, NoiseCovariance.class, null), List.of(property(image, READING, String[].class, new String[0])));
	}

	static float[] plane(final ImagePlus image, final int channel, final int z, final int coil) {
		return (float[]) image.getStack().getPixels(image.getStackIndex(channel, z + 1, coil + 1));
	}

	static <T> T property(final ImagePlus image, final String key, final Class<T> type, final T absent) {
		final String json = image.getProp(key);
		return json == null ? absent : GSON.fromJson(json, type);
	}
}
