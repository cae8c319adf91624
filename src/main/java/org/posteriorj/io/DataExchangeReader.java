package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Projections;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;

/**
 * Data Exchange tomography files: counts {@code exchange/data} [theta, y, x] with {@code data_white} and {@code data_dark}, angles
 * {@code theta}, parallel beam.
 *
 * @see "F. De Carlo et al., J. Synchrotron Rad. 21 (2014) 1224-1230"
 */
public final class DataExchangeReader implements ProjectionsReader {

	private static final String DATA = "exchange/data", WHITE = "exchange/data_white", DARK = "exchange/data_dark", THETA = "exchange/theta";
	private static final List<String> PIXEL = List.of("measurement/instrument/detector/x_pixel_size", "measurement/instrument/detector/pixel_size_x",
		"measurement/instrument/detector/pixel_size");

	@Override
	public boolean acceptsProjections(final Path file) throws IOException {
		return FileProblem.named(file, ".h5", ".hdf", ".hdf5") && Hdf5.open(file, hdf -> Hdf5.has(hdf, DATA));
	}

	@Override
	public Projections readProjections(final Path file, final GeometryJson given) throws IOException {
		return Hdf5.open(file, hdf -> read(hdf, file, given));
	}

	private static Projections read(final HdfFile hdf, final Path file, final GeometryJson given) throws IOException {
		final Dataset data = Hdf5.dataset(hdf, file, DATA);
		final Hdf5Slices counts = new Hdf5Slices(file, data);
		if (!Hdf5.has(hdf, WHITE)) {
			throw FileProblem.of(file, "the file has counts but no flat field '" + WHITE + "' - add one, or save line integrals as .npy.");
		}
		final List<String> reading = new ArrayList<>();
		reading.add("format: Data Exchange" + (counts.turned() ? ", axes [y, theta, x]" : ", axes [theta, y, x]"));
		final int views = counts.views(), detectors = counts.detectors(), depth = counts.depth();
		FileProblem.requireSize(file, FileProblem.product(views, detectors, depth), NumericArray.text(data.getDimensions()));
		final List<float[]> slices = counts.read(), flats = fields(file, hdf, WHITE, counts), darks = Hdf5.has(hdf, DARK) ? fields(file, hdf, DARK, counts)
			: List.of();
		reading.add(SinogramArrays.axes(depth, views, detectors));
		reading.add(String.format(Locale.ROOT, "values: counts; mean of %d flat and %d dark fields", flats.get(0).length / detectors, darks.isEmpty() ? 0
			: darks.get(0).length / detectors));
		final Geometry base = base(hdf, file, views, given, reading);
		final Geometry geometry = SinogramArrays.geometry(file, given, base, views);
		if (geometry.views() != views) {
			throw FileProblem.of(file, "expected one angle per view, got " + geometry.views() + " angles for " + views + " views.");
		}
		reading.add(SinogramArrays.line(geometry));
		// detector pixels are square unless the file says otherwise
		return new Projections(FileProblem.title(file), views, detectors, slices, flats, darks, geometry, geometry.detectorPitch(), reading);
	}

	private static List<float[]> fields(final Path file, final HdfFile hdf, final String name, final Hdf5Slices counts) throws IOException {
		final Hdf5Slices fields = new Hdf5Slices(file, Hdf5.dataset(hdf, file, name));
		if (fields.depth() != counts.depth() || fields.detectors() != counts.detectors()) {
			throw FileProblem.of(file, name + " has " + fields.depth() + " rows of " + fields.detectors() + " pixels, the data have " + counts.depth() + " of " +
				counts.detectors() + " - they are not of one scan.");
		}
		return fields.read();
	}

	private static Geometry base(final HdfFile hdf, final Path file, final int views, final GeometryJson given, final List<String> reading)
		throws IOException
	{
		double pitch = 0;
		for (final String name : PIXEL) if (pitch == 0 && Hdf5.has(hdf, name)) pitch = millimetres(Hdf5.dataset(hdf, file, name));
		if (!(pitch > 0)) {
			reading.add("pixel size: not in the file, taken as 1 mm; give detectorPitch in a geometry file for attenuation in 1/mm");
			pitch = 1;
		}
		final double[] angles;
		if (Hdf5.has(hdf, THETA)) angles = degrees(Hdf5.dataset(hdf, file, THETA));
		else {
			reading.add("warning: no angles '" + THETA + "' in the file, taken as even over half a turn");
			angles = Geometry.evenAngles(views, 180);
		}
		return given.givesAngles() || angles.length == views ? Geometry.parallel(angles, pitch, pitch) : refuse(file, angles.length, views);
	}

	private static Geometry refuse(final Path file, final int angles, final int views) throws IOException {
		throw FileProblem.of(file, "'" + THETA + "' has " + angles + " angles for " + views + " views - give one per view, or angles in a geometry file.");
	}

	private static double[] degrees(final Dataset theta) {
		final double[] values = doubles(theta);
		if (unit(theta).startsWith("rad")) for (int i = 0; i < values.length; i++) values[i] = Math.toDegrees(values[i]);
		return values;
	}

	private static double millimetres(final Dataset size) {
		final double[] values = doubles(size);
		final double factor = switch (unit(size)) {
			case "m", "meter", "metre", "" -> 1e3;
			case "cm" -> 10;
			case "um", "µm", "micron", "microns", "micrometer" -> 1e-3;
			default -> 1;
		};
		return values.length == 0 ? 0 : values[0] * factor;
	}

	private static String unit(final Dataset dataset) {
		final Attribute unit = dataset.getAttribute("units");
		return unit == null ? "" : Hdf5Slices.text(unit.getData()).toLowerCase(Locale.ROOT).strip();
	}

	private static double[] doubles(final Dataset dataset) {
		final List<Double> values = new ArrayList<>();
		Hdf5Slices.each(dataset.getData(), values::add);
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}
}
