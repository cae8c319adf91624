package org.posteriorj.host;

import java.util.List;
import java.util.Map;

import org.posteriorj.data.Posterior;
import org.posteriorj.data.Provenance;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.measure.Calibration;
import ij.plugin.LutLoader;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

/** Volumes as ImageJ images and back. */
public final class Windows {

	static final String KIND = "PosteriorJ.kind";
	static final String SOURCE = "PosteriorJ.source";
	private static final String COMPLEX = "complex";

	private Windows() {}

	/** A volume as a 32-bit stack; a complex one as a hyperstack with channels real and imaginary. */
	public static ImagePlus image(final Volume volume) {
		final int pixels = volume.width() * volume.height();
		final ImageStack stack = new ImageStack(volume.width(), volume.height());
		for (final float[] slice : volume.slices()) {
			for (int c = 0; c < volume.channels(); c++) stack.addSlice("", java.util.Arrays.copyOfRange(slice, c * pixels, (c + 1) * pixels));
		}
		final ImagePlus image = new ImagePlus(volume.title(), stack);
		image.setDimensions(volume.channels(), volume.depth(), 1);
		image.setOpenAsHyperStack(volume.channels() > 1);
		if (volume.channels() == 2) image.setProp(KIND, COMPLEX);
		calibrate(image, volume.voxel(), volume.unit());
		fitDisplay(image);
		return image;
	}

	/** Whether a window holds an image rather than a scan, a colour picture or several channels. */
	public static boolean isImage(final ImagePlus window) {
		final String kind = window.getProp(KIND);
		if (kind != null && !kind.equals(COMPLEX) || SinogramWindow.accepts(window)) return false;
		return window.getType() != ImagePlus.COLOR_RGB && (window.getNChannels() == 1 || COMPLEX.equals(kind));
	}

	/** An image or stack as a volume; 8- and 16-bit values by their calibration. */
	public static Volume volume(final ImagePlus image) {
		final String name = "image '" + image.getTitle() + "'";
		if (image.getProcessor() == null || image.getWidth() < 1) throw new IllegalArgumentException(name + " is empty - open an image first.");
		if (image.getType() == ImagePlus.COLOR_RGB) {
			throw new IllegalArgumentException(name + " is a colour picture, expected grey values - convert it with Image > Type > 32-bit.");
		}
		final int channels = COMPLEX.equals(image.getProp(KIND)) ? 2 : 1;
		if (image.getNChannels() > 1 && image.getNChannels() != channels) {
			throw new IllegalArgumentException(name + " has " + image.getNChannels() + " channels, expected one - split them with Image > Color.");
		}
		final int pixels = image.getWidth() * image.getHeight(), depth = image.getStackSize() / channels;
		final float[][] slices = new float[depth][channels * pixels];
		for (int i = 0; i < depth * channels; i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i + 1);
			plane.setCalibrationTable(image.getCalibration().getCTable());
			final float[] values = (float[]) plane.convertToFloatProcessor().getPixels();
			requireFinite(name, values, i / channels);
			System.arraycopy(values, 0, slices[i / channels], i % channels * pixels, pixels);
		}
		return new Volume(image.getTitle(), image.getWidth(), image.getHeight(), channels, List.of(slices), voxel(image), image.getCalibration()
			.getValueUnit());
	}

	static void requireFinite(final String name, final float[] values, final int slice) {
		for (int i = 0; i < values.length; i++) {
			if (!Float.isFinite(values[i])) {
				throw new IllegalArgumentException(name + ": value " + i + " of slice " + (slice + 1) + " is " + values[i] + ", expected finite numbers.");
			}
		}
	}

	/** Voxel size of an image in mm; 1 mm where the image has no length unit. */
	static VoxelSize voxel(final ImagePlus image) {
		final Calibration c = image.getCalibration();
		final double mm = switch (c.getUnit() == null ? "" : c.getUnit()) {
			case "mm" -> 1;
			case "cm" -> 10;
			case "micron", "µm", "um" -> 1e-3;
			default -> 0;
		};
		if (mm == 0 || !(c.pixelWidth > 0 && c.pixelHeight > 0 && c.pixelDepth > 0)) return VoxelSize.UNKNOWN;
		return new VoxelSize(c.pixelWidth * mm, c.pixelHeight * mm, c.pixelDepth * mm);
	}

	private static void calibrate(final ImagePlus image, final VoxelSize voxel, final String unit) {
		final Calibration calibration = new Calibration(image);
		calibration.pixelWidth = voxel.x();
		calibration.pixelHeight = voxel.y();
		calibration.pixelDepth = voxel.z();
		calibration.setUnit("mm");
		if (!unit.isEmpty()) calibration.setValueUnit(unit);
		image.setCalibration(calibration);
	}

	/** Shows all values of all slices but the brightest thousandth. */
	static void fitDisplay(final ImagePlus image) {
		final float[] all = new float[image.getStackSize() * image.getWidth() * image.getHeight()];
		final int n = image.getWidth() * image.getHeight();
		for (int i = 0; i < image.getStackSize(); i++) System.arraycopy(((FloatProcessor) image.getStack().getProcessor(i + 1)).getPixels(), 0, all, i * n, n);
		java.util.Arrays.sort(all);
		final double low = Math.min(0, all[0]), high = all[(int) Math.min(all.length - 1L, Math.round(0.999 * all.length))];
		image.setDisplayRange(low, high > low ? high : low + 1);
	}

	/** The windows of a result by name: magnitude of the mean, standard deviation in false colours, data residual, mask. */
	public static Map<String, ImagePlus> of(final Posterior posterior, final String title) {
		final Map<String, ImagePlus> windows = new java.util.LinkedHashMap<>();
		windows.put("mean", image(posterior.mean().magnitude().titled("Mean of " + title)));
		if (posterior.std() != null) {
			final ImagePlus std = image(posterior.std().titled("Standard deviation of " + title));
			std.setLut(new LUT(LutLoader.getLut("fire"), std.getDisplayRangeMin(), std.getDisplayRangeMax()));
			windows.put("std", std);
		}
		if (posterior.residual() != null) windows.put("residual", image(posterior.residual().magnitude().titled("Data residual of " + title)));
		if (posterior.mask() != null) windows.put("mask", image(posterior.mask().titled("Mask of " + title)));
		windows.values().forEach(w -> describe(w, posterior.provenance()));
		return windows;
	}

	/** Puts the record of a run into the image's Info. */
	public static void describe(final ImagePlus image, final Provenance run) {
		final StringBuilder info = new StringBuilder("command: ").append(run.command()).append('\n');
		run.options().forEach((key, value) -> info.append("option ").append(key).append(": ").append(value).append('\n'));
		run.facts().forEach((key, value) -> info.append(key).append(": ").append(value).append('\n'));
		run.warnings().forEach(warning -> info.append("warning: ").append(warning).append('\n'));
		image.setProperty("Info", info.toString());
	}

	/** The file that an image came from, or its title. */
	static String source(final ImagePlus image) {
		final String source = image.getProp(SOURCE);
		if (source != null) return source;
		final FileInfo file = image.getOriginalFileInfo();
		return file == null || file.getFilePath() == null || file.getFilePath().isEmpty() ? image.getTitle() : file.getFilePath();
	}
}
