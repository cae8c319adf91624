package org.posteriorj.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.LinkedHashMap;

import org.posteriorj.data.Geometry;
import org.posteriorj.data.Projections;

import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/**
 * MATLAB 5 files (save -v6, -v7) with a sinogram [view, detector] or [view, detector, slice]: a matrix of the name sinogram, sino,
 * m or data, or the only one; at the top, or in a struct with a struct {@code parameters} as the open data of the University of
 * Helsinki have it.
 */
public final class MatReader implements ProjectionsReader {

	private static final List<String> NAMES = List.of("sinogram", "sino", "m", "data");
	private static final int HEADER = 128;

	@Override
	public boolean acceptsProjections(final Path file) {
		return FileProblem.named(file, ".mat");
	}

	@Override
	public Projections readProjections(final Path file, final GeometryJson given) throws IOException {
		FileProblem.requireFile(file);
		requireVersion5(file);
		try (Mat5File mat = Mat5.readFromFile(file.toFile())) {
			final Map<String, Array> variables = new LinkedHashMap<>();
			for (final MatFile.Entry entry : mat.getEntries()) variables.put(entry.getName(), entry.getValue());
			return of(file, variables, given);
		}
		// a cut or damaged file shows as any of these, deep inside the library
		catch (final BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException | NegativeArraySizeException |
			ClassCastException exc)
		{
			throw FileProblem.of(file, "cannot be read as a MATLAB 5 file - it is damaged or was copied in part.", exc);
		}
		catch (final IOException exc) {
			if (exc.getMessage() != null && exc.getMessage().startsWith("'")) throw exc;
			throw FileProblem.of(file, "cannot be read as a MATLAB 5 file - it is damaged or was copied in part.", exc);
		}
	}

	private static void requireVersion5(final Path file) throws IOException {
		final byte[] header = new byte[HEADER];
		final int got;
		try (var in = Files.newInputStream(file)) {
			got = in.readNBytes(header, 0, HEADER);
		}
		final String text = new String(header, 0, got, StandardCharsets.ISO_8859_1);
		if (text.startsWith("MATLAB 7.3")) throw FileProblem.of(file, "a MATLAB 7.3 file, expected MATLAB 5 to 7 - write it with save(..., '-v7').");
		if (!text.startsWith("MATLAB 5.0") || got < HEADER) {
			throw FileProblem.of(file, "not a MATLAB 5 file: its first bytes are not those of one - write it with save(..., '-v7').");
		}
	}

	private static Projections of(final Path file, final Map<String, Array> variables, final GeometryJson given) throws IOException {
		final Map<String, Array> found = new LinkedHashMap<>(variables);
		for (final Map.Entry<String, Array> entry : variables.entrySet()) {
			if (!(entry.getValue() instanceof final Struct struct) || struct.getNumElements() != 1) continue;
			for (final String field : struct.getFieldNames()) found.putIfAbsent(field, struct.get(field));
		}
		final Matrix sinogram = sinogram(file, found);
		final Geometry base = found.get("parameters") instanceof final Struct parameters ? geometry(parameters) : null;
		return SinogramArrays.of(file, array(file, sinogram), given, base, "MATLAB 5");
	}

	private static Matrix sinogram(final Path file, final Map<String, Array> found) throws IOException {
		for (final String name : NAMES) if (isImage(found.get(name))) return (Matrix) found.get(name);
		final List<Array> images = found.values().stream().filter(MatReader::isImage).toList();
		if (images.size() == 1) return (Matrix) images.get(0);
		throw FileProblem.of(file, "expected a matrix [view, detector] named " + String.join(", ", NAMES) + " or no other matrix, found " + (images.isEmpty()
			? "none" : images.size()) + " among the variables " + String.join(", ", found.keySet()) + ".");
	}

	private static boolean isImage(final Array array) {
		return array instanceof Matrix && array.getNumRows() > 1 && array.getNumCols() > 1;
	}

	/** From MATLAB's order, first axis fastest, to [view, detector] or [slice, view, detector]. */
	private static NumericArray array(final Path file, final Matrix matrix) throws IOException {
		final int[] size = matrix.getDimensions();
		if (size.length > 3) throw FileProblem.of(file, "expected a sinogram of 2 or 3 axes, got " + NumericArray.text(size) + " - reshape it.");
		if (matrix.isComplex()) throw FileProblem.of(file, "expected a sinogram of real numbers, got complex ones - is it k-space?");
		final int views = size[0], detectors = size[1], depth = size.length == 3 ? size[2] : 1;
		final float[] values = new float[FileProblem.requireSize(file, FileProblem.product(views, detectors, depth), NumericArray.text(size))];
		boolean rounded = false;
		for (int z = 0, at = 0; z < depth; z++) for (int d = 0; d < detectors; d++) for (int v = 0; v < views; v++, at++) {
			final double value = matrix.getDouble(at);
			rounded |= (float) value != value;
			values[(z * views + v) * detectors + d] = (float) value;
		}
		return new NumericArray(depth == 1 ? new int[] { views, detectors } : new int[] { depth, views, detectors }, false, values, rounded);
	}

	/** What the struct {@code parameters} of Helsinki's data says; null if it lacks angles or pixel size. */
	private static Geometry geometry(final Struct parameters) {
		final double[] angles = numbers(parameters, "angles"), pitch = numbers(parameters, "pixelSizePost", "pixelSize");
		final double[] origin = numbers(parameters, "distanceSourceOrigin"), detector = numbers(parameters, "distanceSourceDetector");
		if (angles.length == 0 || pitch.length == 0) return null;
		final boolean parallel = text(parameters, "geometryType").toLowerCase(Locale.ROOT).startsWith("parallel") || origin.length == 0 || detector.length == 0;
		if (parallel) return Geometry.parallel(angles, pitch[0], pitch[0]);
		final double[] pixel = numbers(parameters, "effectivePixelSizePost", "effectivePixelSize");
		return Geometry.fan(angles, pitch[0], origin[0], detector[0], pixel.length > 0 ? pixel[0] : pitch[0] * origin[0] / detector[0]);
	}

	private static double[] numbers(final Struct struct, final String... names) {
		for (final String name : names) {
			if (!struct.getFieldNames().contains(name) || !(struct.get(name) instanceof final Matrix matrix)) continue;
			final double[] values = new double[matrix.getNumElements()];
			for (int i = 0; i < values.length; i++) values[i] = matrix.getDouble(i);
			if (values.length > 0) return values;
		}
		return new double[0];
	}

	private static String text(final Struct struct, final String name) {
		return struct.getFieldNames().contains(name) && struct.get(name) instanceof final us.hebi.matlab.mat.types.Char c ? c.getString() : "";
	}
}
