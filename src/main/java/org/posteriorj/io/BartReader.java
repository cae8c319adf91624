package org.posteriorj.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Volume;

/**
 * Pairs of {@code .hdr} (text) and {@code .cfl} (complex64, little-endian, first dimension fastest) files of the BART toolbox.
 * <p>
 * Of its dimensions, 0 to 2 are read, phase and second phase, 3 the coils, 13 the slices; the others must have size 1. One of
 * the first three must have size 1; of the other two, the first becomes columns and the second rows.
 */
public final class BartReader implements KSpaceReader, VolumeReader {

	private static final String HEADER = "# Dimensions";
	private static final int SPATIAL = 3, COIL = 3, SLICE = 13, MOST = 16;

	@Override
	public boolean accepts(final Path file) {
		return FileProblem.named(file, ".cfl") || FileProblem.named(file, ".hdr") && (Files.exists(pair(file, ".cfl")) || isHeader(file));
	}

	/** By its first line; other programs' headers have the same ending. */
	private static boolean isHeader(final Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(HEADER.length()), StandardCharsets.US_ASCII).equals(HEADER);
		}
		catch (final IOException exc) {
			return false;
		}
	}

	@Override
	public KSpace read(final Path file) throws IOException {
		final int[] dims = dims(file), plane = plane(file, dims);
		final NumericArray array = new NumericArray(new int[] { dims[SLICE], dims[COIL], dims[plane[1]], dims[plane[0]] }, true, values(file, dims), false);
		return KSpaceArrays.of(pair(file, ".cfl"), array, List.of("format: BART, dimension " + plane[0] + " read as kx, " + plane[1] +
			" as ky, 3 as coils, 13 as slices"));
	}

	@Override
	public Volume readVolume(final Path file) throws IOException {
		final int[] dims = dims(file), plane = plane(file, dims);
		if (dims[COIL] != 1) throw FileProblem.of(file, "expected an image, got " + dims[COIL] + " coils along dimension 3 - open it as raw data.");
		return VolumeArrays.of(pair(file, ".cfl"), new NumericArray(new int[] { dims[SLICE], dims[plane[1]], dims[plane[0]] }, true, values(file, dims), false));
	}

	private static int[] plane(final Path file, final int[] dims) throws IOException {
		for (int d = 0; d < MOST; d++) {
			if (d > COIL && d != SLICE && dims[d] != 1) {
				throw FileProblem.of(file, "expected size 1 along BART dimension " + d + ", got " + dims[d] + " - extract one with 'bart slice " + d + " 0'.");
			}
		}
		final int flat = dims[2] == 1 ? 2 : dims[0] == 1 ? 0 : dims[1] == 1 ? 1 : -1;
		if (flat < 0) {
			throw FileProblem.of(file, "k-space of " + dims[0] + " x " + dims[1] + " x " + dims[2] +
				" is 3-D, expected one of the three to be 1 - transform the readout with 'bart fft -iu 1' and extract slices.");
		}
		return flat == 2 ? new int[] { 0, 1 } : flat == 0 ? new int[] { 1, 2 } : new int[] { 0, 2 };
	}

	/** The numbers of a pair of files, first dimension fastest. */
	static float[] values(final Path file, final int[] dims) throws IOException {
		final Path data = pair(file, ".cfl");
		FileProblem.requireFile(data);
		final long product = FileProblem.product(Arrays.stream(dims).asLongStream().toArray());
		final int count = FileProblem.requireSize(data, product > Long.MAX_VALUE / 16 ? product : 2 * product, Arrays.toString(dims));
		if (Files.size(data) != 4L * count) {
			throw FileProblem.of(data, "the dimensions " + Arrays.toString(dims) + " need " + 4L * count + " bytes, the file has " + Files.size(data) +
				" - do the .hdr and .cfl belong together?");
		}
		try (InputStream in = new BufferedInputStream(Files.newInputStream(data))) {
			return Elements.read(in, ElementType.FLOAT32, ByteOrder.LITTLE_ENDIAN, count, 1, 0, data);
		}
	}

	/** The sixteen dimensions. */
	static int[] dims(final Path file) throws IOException {
		final Path header = pair(file, ".hdr");
		FileProblem.requireFile(header);
		final List<String> lines = lines(header).stream().map(String::strip).toList();
		final int at = lines.indexOf(HEADER) + 1;
		if (at == 0 || at == lines.size()) throw FileProblem.of(header, "not a BART header: it has no line '# Dimensions' followed by sizes.");
		final String[] words = lines.get(at).split("\\s+");
		final int[] dims = new int[MOST];
		Arrays.fill(dims, 1);
		try {
			for (int i = 0; i < words.length; i++) {
				final int size = Integer.parseInt(words[i]);
				if (size < 1 || i >= MOST && size != 1) throw FileProblem.of(header, "dimension " + i + " has size " + size + ", which cannot be read.");
				if (i < MOST) dims[i] = size;
			}
		}
		catch (final NumberFormatException e) {
			throw FileProblem.of(header, "expected sizes after '# Dimensions', got '" + lines.get(at) + "'.", e);
		}
		return dims;
	}

	private static List<String> lines(final Path header) throws IOException {
		try {
			return Files.readAllLines(header);
		}
		catch (final MalformedInputException e) {
			throw FileProblem.of(header, "not a BART header: it is not text.", e);
		}
	}

	private static Path pair(final Path file, final String ending) {
		final String name = file.getFileName().toString();
		return file.resolveSibling(name.substring(0, name.length() - 4) + ending);
	}
}
