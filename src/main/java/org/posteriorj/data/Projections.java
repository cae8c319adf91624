package org.posteriorj.data;

import java.util.List;

/**
 * What a CT file holds: detector counts with flat and dark fields, or, without flat fields, line integrals.
 *
 * @param title short name, for windows and reports
 * @param views number of views
 * @param detectors number of detector pixels
 * @param slices one array [view][detector] per slice
 * @param flats counts without object, one array [repeat][detector] per slice; empty if the values are line integrals
 * @param darks counts without beam, one array [repeat][detector] per slice; empty for none
 * @param geometry how the scan was taken
 * @param sliceDistance distance of neighbouring slices in mm
 * @param reading how the file was understood: axes, counts or line integrals, units; one line each
 */
public record Projections(String title, int views, int detectors, List<float[]> slices, List<float[]> flats, List<float[]> darks,
	Geometry geometry, double sliceDistance, List<String> reading)
{

	public Projections {
		requireOnePerSlice("flat", flats, slices.size());
		requireOnePerSlice("dark", darks, slices.size());
		slices = List.copyOf(slices);
		flats = List.copyOf(flats);
		darks = List.copyOf(darks);
		reading = List.copyOf(reading);
	}

	private static void requireOnePerSlice(final String what, final List<float[]> fields, final int depth) {
		if (!fields.isEmpty() && fields.size() != depth) {
			throw new IllegalArgumentException("projections: " + fields.size() + " " + what + " fields for " + depth + " slices - give one per slice, or none.");
		}
	}

	/** Line integrals as they stand. */
	public static Projections lineIntegrals(final Sinogram sinogram) {
		return new Projections(sinogram.title(), sinogram.views(), sinogram.detectors(), sinogram.slices(), List.of(), List.of(), sinogram.geometry(),
			sinogram.sliceDistance(), sinogram.reading());
	}

	/** Whether the values are counts. */
	public boolean counts() {
		return !flats.isEmpty();
	}

	/** The sinogram of line integrals {@code values}, one array per slice, and what is to be said about them. */
	public Sinogram sinogram(final List<float[]> values, final List<String> lines) {
		return new Sinogram(title, views, detectors, values, geometry, sliceDistance, lines);
	}
}
