package org.posteriorj.host;

import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Sinogram;
import org.posteriorj.io.GeometryJson;

import com.google.gson.Gson;

import ij.ImagePlus;
import ij.ImageStack;

/**
 * Line integrals as a 32-bit ImageJ stack: X = detector, Y = view, Z = slice. The geometry is the property
 * {@code PosteriorJ.geometry}, which a TIFF file keeps exactly.
 */
public final class SinogramWindow {

	private static final String SINOGRAM = "sinogram", GEOMETRY = "PosteriorJ.geometry", DISTANCE = "PosteriorJ.sliceDistance",
		READING = "PosteriorJ.reading";
	private static final Gson GSON = new Gson();

	private SinogramWindow() {}

	/** Whether an image is a sinogram window. */
	public static boolean accepts(final ImagePlus image) {
		return SINOGRAM.equals(image.getProp(Windows.KIND)) || image.getProp(GEOMETRY) != null;
	}

	/** The window of a sinogram. */
	public static ImagePlus image(final Sinogram sinogram) {
		final ImageStack stack = new ImageStack(sinogram.detectors(), sinogram.views());
		for (int z = 0; z < sinogram.depth(); z++) stack.addSlice("slice " + (z + 1), sinogram.slices().get(z).clone());
		final ImagePlus image = new ImagePlus(sinogram.title(), stack);
		image.setDimensions(1, sinogram.depth(), 1);
		image.setProp(Windows.KIND, SINOGRAM);
		image.setProp(GEOMETRY, GeometryJson.text(sinogram.geometry()));
		image.setProp(DISTANCE, String.valueOf(sinogram.sliceDistance()));
		image.setProp(READING, GSON.toJson(sinogram.reading()));
		image.setProperty("Info", String.join("\n", sinogram.reading()));
		Windows.fitDisplay(image);
		return image;
	}

	/** The sinogram of a window as it says itself. */
	public static Sinogram sinogram(final ImagePlus image) {
		return sinogram(image, GeometryJson.none());
	}

	/**
	 * The sinogram of a stack with changes to its geometry.
	 *
	 * @param given what comes before the window's own geometry
	 * @param changes what comes before both, as the text of a geometry file
	 * @param centre detector index of the ray through the rotation axis, negative to leave it
	 */
	public static Sinogram with(final ImagePlus image, final GeometryJson given, final String changes, final double centre) {
		final Sinogram scan = sinogram(image, given.and(GeometryJson.parse("options", changes)));
		return centre < 0 ? scan : scan.withGeometry(scan.geometry().withCentreOfRotation(centre, scan.detectors()));
	}

	/**
	 * The sinogram of a window or of any stack of line integrals.
	 *
	 * @param given what comes before the window's own geometry
	 * @throws IllegalArgumentException if neither says how the scan was taken, or the values are not line integrals
	 */
	public static Sinogram sinogram(final ImagePlus image, final GeometryJson given) {
		final String name = "sinogram window '" + image.getTitle() + "'", own = image.getProp(GEOMETRY);
		if (own == null && given.isEmpty()) {
			throw new IllegalArgumentException("image '" + image.getTitle() + "' is not a sinogram window - open the file with Open Raw Data..., make one with " +
				"Simulate CT Scan..., set it with CT Geometry..., or give geometry=FILE.json.");
		}
		if (image.getProcessor() == null || image.getNChannels() != 1 || image.getType() == ImagePlus.COLOR_RGB) {
			throw new IllegalArgumentException(name + ": expected a stack of grey values (X = detector, Y = view, Z = slice), got " + image.getNChannels() +
				" channels.");
		}
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < image.getStackSize(); z++) {
			final float[] values = ((float[]) image.getStack().getProcessor(z + 1).convertToFloatProcessor().getPixels()).clone();
			Windows.requireFinite(name, values, z);
			slices.add(values);
		}
		final int views = image.getHeight();
		final Geometry base = own == null ? null : GeometryJson.parse(name, own).over(null, views);
		final String distance = image.getProp(DISTANCE), reading = image.getProp(READING);
		return new Sinogram(image.getTitle(), views, image.getWidth(), slices, given.over(base, views), distance == null ? Windows.voxel(image).z() : Double
			.parseDouble(distance), List.of(reading == null ? new String[0] : GSON.fromJson(reading, String[].class)));
	}
}
