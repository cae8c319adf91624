package org.posteriorj.physics;

import java.util.List;

import org.bytedeco.pytorch.Tensor;

/**
 * A measurement that is made line by line, where what was measured decides what comes next.
 * <p>
 * A line is what is measured at once: a readout line, a spoke, a view. Nothing of a line can be had from here before it was
 * measured.
 */
public interface AdaptiveScan {

	/** Number of lines that exist. */
	int lines();

	/** Whether a line was measured. */
	boolean measured(int line);

	/** Whether a line can still be measured. */
	boolean open(int line);

	/** The largest part of an image's power that a line can show: the square of the norm of its operator. */
	default double gain(final int line) {
		return 1;
	}

	/** Measures lines that are open. */
	void measure(List<Integer> lines);

	/** The likelihood of the lines measured so far, in the innermost open scope. */
	DataConsistency data();

	/** What images would give at every line without noise, [B, lines, values]: images [B, C, H, W]. */
	Tensor predict(Tensor images);

	/** What a measured line gave, [values], in the order of {@link #predict}. */
	Tensor values(int line);
}
