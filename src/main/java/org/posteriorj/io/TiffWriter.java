package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;

import org.posteriorj.data.Volume;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.measure.Calibration;

/** 32-bit TIFF files that ImageJ opens with voxel size, slice labels and Info text; two channels become a hyperstack. */
public final class TiffWriter {

	private TiffWriter() {}

	/** Writes a volume; {@code info} is shown by Image > Show Info, empty for none. */
	public static void write(final Path file, final Volume volume, final String info) throws IOException {
		if (!FileProblem.named(file, ".tif", ".tiff")) throw FileProblem.of(file, "expected a name ending in .tif.");
		final ImagePlus image = image(volume, info);
		WholeFile.write(file, draft -> {
			final FileSaver saver = new FileSaver(image);
			final boolean written = image.getStackSize() > 1 ? saver.saveAsTiffStack(draft.toString()) : saver.saveAsTiff(draft.toString());
			if (!written) throw FileProblem.of(file, "could not be written as TIFF - is the disk full?");
		});
	}

	private static ImagePlus image(final Volume volume, final String info) {
		final int n = volume.width() * volume.height(), channels = volume.channels();
		final ImageStack stack = new ImageStack(volume.width(), volume.height());
		for (int z = 0; z < volume.depth(); z++) {
			for (int c = 0; c < channels; c++) {
				final float[] plane = new float[n];
				System.arraycopy(volume.slices().get(z), c * n, plane, 0, n);
				stack.addSlice("slice " + (z + 1) + (channels == 2 ? c == 0 ? ", real" : ", imaginary" : channels > 2 ? ", channel " + (c + 1) : ""), plane);
			}
		}
		final ImagePlus image = new ImagePlus(volume.title(), stack);
		image.setDimensions(channels, volume.depth(), 1);
		image.setOpenAsHyperStack(channels > 1);
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = volume.voxel().x();
		calibration.pixelHeight = volume.voxel().y();
		calibration.pixelDepth = volume.voxel().z();
		calibration.setUnit("mm");
		if (!info.isEmpty()) image.setProperty("Info", info);
		return image;
	}
}
