package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.DataConsistency;

/** {@code A^H y}: what was not measured is taken for zero; the density of samples along a trajectory is compensated. */
public final class ZeroFilled implements ClassicalReconstruction {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "Zero-filled";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Tensor reconstruct(final DataConsistency data, final double trust, final Progress progress) {
		final Tensor image = data.operator().firstImage(data.data());
		progress.advance(1, 1, NAME);
		return image;
	}
}
