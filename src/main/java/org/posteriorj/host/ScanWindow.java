package org.posteriorj.host;

import java.util.List;

import org.posteriorj.data.MriScan;

import com.google.gson.Gson;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;

/**
 * What windows of MRI scans share: a hyperstack with X = sample of a readout, Y = readout, channels real and imaginary and those of
 * the kind of scan, Z = slices, T = coils; voxel size, noise covariance and reading as properties, which a TIFF file keeps exactly.
 */
final class ScanWindow {

	static final String VOXEL = "PosteriorJ.voxel", NOISE = "PosteriorJ.noise", READING = "PosteriorJ.reading";
	private static final Gson GSON = new Gson();

	private ScanWindow() {}

	/** A further channel: its name, and a plane for every slice, the same for all coils. */
	record Channel(String name, List<float[]> planes) {}

	/** The window of a scan, without its kind. */
	static CompositeImage image(final MriScan scan, final List<Channel> further) {
		final int n = scan.readouts() * scan.readoutSamples();
		final ImageStack stack = new ImageStack(scan.readoutSamples(), scan.readouts());
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
			for (final Channel channel : further) stack.addSlice(label + ", " + channel.name(), channel.planes().get(z));
		}
		final ImagePlus plain = new ImagePlus(scan.title(), stack);
		plain.setDimensions(2 + further.size(), scan.depth(), scan.coils());
		final CompositeImage image = new CompositeImage(plain, CompositeImage.GRAYSCALE);
		image.setOpenAsHyperStack(true);
		// the centre is thousands of times brighter than the rest
		final double range = largest > 0 ? largest / 50.0 : 1;
		display(image, 1, -range, range);
		display(image, 2, -range, range);
		describe(image, scan);
		return image;
	}

	/** Sets how a channel is shown; the first one is active afterwards. */
	static void display(final CompositeImage image, final int channel, final double low, final double high) {
		image.setC(channel);
		image.setDisplayRange(low, high);
		image.setC(1);
	}

	private static void describe(final ImagePlus image, final MriScan scan) {
		image.setProp(VOXEL, GSON.toJson(scan.voxel()));
		scan.noiseCovariance().ifPresent(noise -> image.setProp(NOISE, GSON.toJson(noise)));
		image.setProp(READING, GSON.toJson(scan.reading()));
		image.setProperty("Info", String.join("\n", scan.reading()));
	}

	/** Copies the samples of a slice and coil to where they stand in {@code values}, [coil][readout][sample][real, imaginary]. */
	static void read(final ImagePlus image, final String name, final int z, final int coil, final float[] values) {
		final float[] re = plane(image, 1, z, coil), im = plane(image, 2, z, coil);
		Windows.requireFinite(name, re, z);
		Windows.requireFinite(name, im, z);
		for (int i = 0; i < re.length; i++) {
			values[2 * (coil * re.length + i)] = re[i];
			values[2 * (coil * re.length + i) + 1] = im[i];
		}
	}

	static float[] plane(final ImagePlus image, final int channel, final int z, final int coil) {
		return (float[]) image.getStack().getPixels(image.getStackIndex(channel, z + 1, coil + 1));
	}

	static <T> T property(final ImagePlus image, final String key, final Class<T> type, final T absent) {
		final String json = image.getProp(key);
		return json == null ? absent : GSON.fromJson(json, type);
	}
}
