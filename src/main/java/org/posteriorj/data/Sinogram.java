package org.posteriorj.data;

import java.util.List;

/**
 * Line integrals of one or more slices.
 *
 * @param title short name, for windows and reports
 * @param views number of views
 * @param detectors number of detector pixels
 * @param slices one array [view][detector] of line integrals (no unit) per slice
 * @param geometry how the scan was taken
 * @param sliceDistance distance of neighbouring slices in mm
 * @param reading how the file was understood: axes, counts or line integrals, units; one line each
 */
public record Sinogram(String title, int views, int detectors, List<float[]> slices, Geometry geometry, double sliceDistance,
	List<String> reading)
{

	public Sinogram {
		if (views < 1 || detectors < 1 || slices.isEmpty()) {
			throw new IllegalArgumentException("sinogram: needs at least one view, detector pixel and slice, got " + views + " views, " + detectors +
				" detector pixels, " + slices.size() + " slices.");
		}
		if (geometry.views() != views) {
			throw new IllegalArgumentException("sinogram: the geometry lists " + geometry.views() + " angles for " + views +
				" views - give one angle per view; is the sinogram transposed?");
		}
		if (!(sliceDistance > 0)) throw new IllegalArgumentException("sinogram: sliceDistance must be positive, in mm, got " + sliceDistance + ".");
		for (int z = 0; z < slices.size(); z++) {
			if (slices.get(z).length != views * detectors) {
				throw new IllegalArgumentException("sinogram: slice " + z + " has " + slices.get(z).length + " values, expected " + views * detectors +
					" (" + views + " views of " + detectors + " detector pixels).");
			}
		}
		slices = List.copyOf(slices);
		reading = List.copyOf(reading);
	}

	/** Number of slices. */
	public int depth() {
		return slices.size();
	}

	/** The same line integrals with another geometry. */
	public Sinogram withGeometry(final Geometry other) {
		return new Sinogram(title, views, detectors, slices, other, sliceDistance, reading);
	}
}
