package org.posteriorj.io;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;

/** The acquisitions of an ISMRMRD file, one entry each. */
record Acquisitions(BigInteger[] flags, int[] coils, int[] samples, int[] centre, int[] discardPre, int[] discardPost, float[] dwell, int[] step,
	int[] slice, int[][] repeats, int[] dimensions, Object[] positions, Object[] data)
{

	private static final int NOISE_BIT = 18;

	static Acquisitions of(final Map<?, ?> table, final Path file) throws IOException {
		final Map<?, ?> head = field(table, "head", Map.class, file), idx = field(head, "idx", Map.class, file);
		final int[][] repeats = { ints(idx, "contrast", file), ints(idx, "phase", file), ints(idx, "repetition", file), ints(idx, "set", file) };
		return new Acquisitions(field(head, "flags", BigInteger[].class, file), ints(head, "active_channels", file), ints(head, "number_of_samples", file), ints(
			head, "center_sample", file), ints(head, "discard_pre", file), ints(head, "discard_post", file), field(head, "sample_time_us", float[].class, file), ints(
				idx, "kspace_encode_step_1", file), ints(idx, "slice", file), repeats, ints(head,
				"trajectory_dimensions", file), field(table, "traj", Object[].class, file), field(table, "data", Object[].class, file));
	}

	int count() {
		return data.length;
	}

	/** Whether an acquisition is of the noise scan. */
	boolean noise(final int i) {
		return flags[i].testBit(NOISE_BIT);
	}

	/** Coils of the first acquisition of an image. */
	int imageCoils(final Path file) throws IOException {
		for (int i = 0; i < count(); i++) if (!noise(i) && coils[i] > 0) return coils[i];
		throw FileProblem.of(file, "no image acquisitions with at least one coil in " + count() + " - nothing to reconstruct.");
	}

	/** Number of slices. */
	int depth() {
		int depth = 0;
		for (int i = 0; i < count(); i++) if (!noise(i)) depth = Math.max(depth, slice[i] + 1);
		return depth;
	}

	/** Whether an acquisition belongs to a further contrast, phase, repetition or set. */
	boolean repeated(final int i) {
		for (final int[] index : repeats) if (index[i] > 0) return true;
		return false;
	}

	/** Samples [coil][sample][re, im], checked against the head. */
	float[] data(final int i, final Path file) throws IOException {
		if (!(data[i] instanceof float[] values) || values.length != 2 * coils[i] * samples[i] || values.length == 0) {
			throw FileProblem.of(file, "acquisition " + i + " must hold " + coils[i] + " coils x " + samples[i] + " samples, its data differ - the file is damaged.");
		}
		Elements.requireFinite(file, values, new int[] { coils[i], samples[i] }, true);
		return values;
	}

	private static int[] ints(final Map<?, ?> table, final String name, final Path file) throws IOException {
		return field(table, name, int[].class, file);
	}

	private static <T> T field(final Map<?, ?> table, final String name, final Class<T> type, final Path file) throws IOException {
		final Object value = table.get(name);
		if (!type.isInstance(value)) throw FileProblem.of(file, "the ISMRMRD acquisitions have no usable field '" + name + "' - the file is damaged.");
		return type.cast(value);
	}
}
