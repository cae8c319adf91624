package org.posteriorj.prior;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.WeightsFile;

/** A plain dict of weights, as Python saves it, in our own network; its shape is the part {@code design} of the description. */
final class WeightsImport {

	private static final int MOST_SCALES = 8, WIDEST = 4096, MOST_BLOCKS = 64;

	private WeightsImport() {}

	/** @throws IllegalArgumentException saying what is wrong with the file or its description */
	static Script network(final Path file, final PriorMeta meta) {
		final String where = "prior " + file + ": ";
		if (meta.design() == null) {
			throw new IllegalArgumentException(where + "holds weights without a network - export it with torch.jit.trace or torch.jit.script, or state the design of " +
				"our own network in " + PriorMeta.FILE + ".");
		}
		final List<Integer> widths = meta.design().widths(), blocks = meta.design().blocks();
		if (!sane(widths, WIDEST) || !sane(blocks, MOST_BLOCKS) || widths.size() != blocks.size()) {
			throw new IllegalArgumentException(where + PriorMeta.FILE + ": design needs as many widths as blocks, 2 to " + MOST_SCALES + " of each, got " + meta.design() +
				".");
		}
		final int[] w = widths.stream().mapToInt(Integer::intValue).toArray(), b = blocks.stream().mapToInt(Integer::intValue).toArray();
		final UNet.Design design = new UNet.Design(meta.channels(), meta.conditioning(), w, b, meta.sigmaData());
		if (design.weights() > 1L << 28) throw new IllegalArgumentException(where + PriorMeta.FILE + ": design has more than 1 GB of weights.");
		final Script network = UNet.build(design, 0);
		try {
			WeightsFile.copyInto(network, file);
			return network;
		}
		catch (final IOException | RuntimeException exc) {
			network.close();
			throw new IllegalArgumentException(where + "its weights do not fit: " + String.valueOf(exc.getMessage()).split("\n")[0] + ".", exc);
		}
	}

	private static boolean sane(final List<Integer> values, final int largest) {
		return values != null && values.size() >= 2 && values.size() <= MOST_SCALES && values.stream().allMatch(v -> v != null && v >= 1 && v <= largest);
	}
}
