package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * CG-SENSE: {@code argmin_x |A x - y|^2 + lambda |x|^2} by conjugate gradients.
 *
 * @see "K. P. Pruessmann et al., Magn. Reson. Med. 46 (2001) 638-651"
 */
public final class CgSense implements ClassicalReconstruction {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "CG-SENSE";
	private static final double LAMBDA = 0.01;

	private final int iterations;

	/** @param iterations at most */
	public CgSense(final int iterations) {
		this.iterations = iterations;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Tensor reconstruct(final DataConsistency data, final double trust, final Progress progress) {
		return solve(data, LAMBDA * ClassicalReconstruction.weight(trust), progress);
	}

	/** With {@code lambda} in units of {@code |A|^2 = 1}. */
	public Tensor solve(final DataConsistency data, final double lambda, final Progress progress) {
		final long[] done = new long[1];
		return Scopes.keep(() -> new ConjugateGradient(iterations, 1e-6).solve(x -> {
			progress.advance(Math.min(++done[0], iterations), iterations, NAME);
			return Tensors.add(data.normal(x), lambda, x);
		}, data.backprojection(), Tensors.scale(data.backprojection(), 0)));
	}
}
