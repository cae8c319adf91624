package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.posteriorj.data.KSpace;
import org.posteriorj.data.Volume;

/** Pairs of {@code .cfl} and {@code .hdr} files: columns along dimension 0, rows 1, coils 3, slices 13. */
public final class BartWriter {

	private BartWriter() {}

	/** K-space; {@code file} is named with the ending .cfl. */
	public static void write(final Path file, final KSpace k) throws IOException {
		write(file, k.columns(), k.rows(), k.coils(), k.slices());
	}

	/** An image; a real one gets imaginary parts of zero. */
	public static void write(final Path file, final Volume volume) throws IOException {
		final List<float[]> slices = java.util.stream.IntStream.range(0, volume.depth()).mapToObj(z -> complex(volume, z)).toList();
		write(file, volume.width(), volume.height(), 1, slices);
	}

	private static float[] complex(final Volume volume, final int z) {
		final float[] values = VolumeArrays.interleaved(volume, z);
		if (volume.channels() == 2) return values;
		final float[] pairs = new float[2 * values.length];
		for (int i = 0; i < values.length; i++) pairs[2 * i] = values[i];
		return pairs;
	}

	private static void write(final Path file, final int columns, final int rows, final int coils, final List<float[]> slices) throws IOException {
		if (!FileProblem.named(file, ".cfl")) throw FileProblem.of(file, "expected a name ending in .cfl.");
		final int[] dims = new int[16];
		Arrays.fill(dims, 1);
		dims[0] = columns;
		dims[1] = rows;
		dims[3] = coils;
		dims[13] = slices.size();
		WholeFile.write(file, draft -> {
			try (FloatStream out = new FloatStream(Files.newOutputStream(draft))) {
				for (final float[] slice : slices) out.write(slice);
			}
		});
		final String name = file.getFileName().toString();
		final String text = "# Dimensions\n" + Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(" ")) + "\n";
		WholeFile.write(file.resolveSibling(name.substring(0, name.length() - 4) + ".hdr"), draft -> Files.writeString(draft, text));
	}
}
