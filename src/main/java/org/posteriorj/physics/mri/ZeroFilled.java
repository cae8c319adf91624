package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.DataConsistency;

/** {@code A^H y}: what was not measured is taken for zero. */
public final class ZeroFilled implements ClassicalReconstruction {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "Zero-filled";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Tensor reconstruct(final DataConsistency data, final double trust, final Progress progress) {
		final Tensor image = data.backprojection().clone();
		progress.advance(1, 1, NAME);
		return image;
	}
}
