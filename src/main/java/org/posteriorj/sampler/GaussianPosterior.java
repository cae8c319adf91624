package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.ConjugateGradient;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The exact posterior of a Gaussian field under any linear operator: mean and independent draws, for tests and self-tests.
 * <p>
 * With {@code x = C^(1/2) u} and {@code B = A C^(1/2)}: mean {@code (B^H W B + I) u = B^H W y}; a draw perturbs y by the noise and the
 * right side by {@code n}. Solved to a relative residual of 1e-6; W may weigh the data.
 */
public final class GaussianPosterior {

	private static final int ITERATIONS = 2000;
	private static final double TOLERANCE = 1e-6;

	private final GaussianFieldPrior prior;
	private final DataConsistency data;
	private final ConjugateGradient solver = new ConjugateGradient(ITERATIONS, TOLERANCE);

	public GaussianPosterior(final GaussianFieldPrior prior, final DataConsistency data) {
		this.prior = prior;
		this.data = data;
	}

	/** {@code E[x | y]}, [1, C, H, W]. */
	public Tensor mean() {
		return Scopes.keep(() -> prior.colour(solve(prior.colour(data.backprojection()))));
	}

	/**
	 * {@code -2 ln p(y)} but for what operator, noise and spectrum alone make of it: {@code min |A x - y|_W^2 + x^H C^-1 x}, to second order in the
	 * error of the solver.
	 */
	public double misfit() {
		return Scopes.compute(() -> {
			final Tensor white = solve(prior.colour(data.backprojection()));
			return 2 * data.misfit(prior.colour(white))[0] + Tensors.squaredNorm(white)[0];
		});
	}

	/** Draws from {@code p(x | y)}, one for each sample of {@code random}; takes two of its draws. */
	public Tensor draw(final SampleRandom random) {
		final double s = data.sigma();
		return Scopes.keep(() -> {
			final Tensor white = random.normal(data.operator().imageShape());
			final Tensor noisy = Tensors.add(data.backprojection().expand_as(white), s, data.backprojectedNoise(random));
			return prior.colour(solve(Tensors.add(prior.colour(noisy), s * s, white)));
		});
	}

	/** {@code (B^H w B + s^2)^-1 right}. */
	private Tensor solve(final Tensor right) {
		final double s2 = data.sigma() * data.sigma();
		return solver.solve(u -> Tensors.add(prior.colour(data.normal(prior.colour(u))), s2, u), right, Tensors.scale(right, 0));
	}
}
