package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.posteriorj.data.Projections;
import org.posteriorj.data.Sinogram;
import org.posteriorj.io.GeometryJson;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.ct.Transmission;

/** CT files to line integrals: counts are corrected by their flat and dark fields. */
public final class OpenCt {

	private OpenCt() {}

	/**
	 * The sinogram of a file.
	 *
	 * @param geometry a JSON file that comes before what the file says; null for none
	 */
	public static Sinogram read(final Path file, final Path geometry) throws IOException {
		final GeometryJson given = geometry == null ? GeometryJson.none() : GeometryJson.read(geometry);
		return lineIntegrals(RawData.readProjections(file, given));
	}

	/** Line integrals of projections; what is wrong with the counts is a warning in the reading. */
	static Sinogram lineIntegrals(final Projections scan) {
		if (!scan.counts()) return scan.sinogram(scan.slices(), scan.reading());
		final List<float[]> slices = new ArrayList<>();
		final List<String> reading = new ArrayList<>(scan.reading());
		reading.add("correction: -log((counts - dark) / (flat - dark))");
		for (int z = 0; z < scan.slices().size(); z++) {
			final float[] dark = scan.darks().isEmpty() ? new float[0] : scan.darks().get(z);
			final Transmission corrected = Transmission.of(scan.slices().get(z), scan.flats().get(z), dark, scan.detectors());
			slices.add(corrected.lineIntegrals());
			for (final String warning : corrected.warnings()) reading.add("warning: slice " + (z + 1) + ": " + warning);
		}
		return scan.sinogram(slices, reading);
	}
}
