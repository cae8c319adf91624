package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.Differences;
import org.posteriorj.physics.TotalVariation;

/** Total variation in plane, {@code argmin_x |A x - y|^2 / (2 sigma^2) + lambda / sigma sum |D x|}; see {@link TotalVariation}. */
public final class TvSense implements ClassicalReconstruction {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "TV";
	private static final double LAMBDA = 0.25;

	private final int iterations;

	/** @param iterations outer iterations */
	public TvSense(final int iterations) {
		this.iterations = iterations;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Tensor reconstruct(final DataConsistency data, final double trust, final Progress progress) {
		final double lambda = LAMBDA * ClassicalReconstruction.weight(trust) * data.operator().norm() / data.sigma();
		return new TotalVariation(data, Differences.IN_PLANE, lambda).solve(data.operator().firstImage(data.data()), iterations, progress);
	}
}
