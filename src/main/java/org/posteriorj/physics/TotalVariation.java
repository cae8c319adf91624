package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Total-variation reconstruction, {@code argmin_x 1/2 |A x - y|_W^2 + lambda sum_pixels |D x|}, by the alternating direction
 * method of multipliers with {@code d = D x} split off.
 * <p>
 * Isotropic; real and imaginary part of a complex image share their edges. Images [Z, C, H, W].
 *
 * @see "S. Boyd et al., Found. Trends Mach. Learn. 3 (2011) 1-122, sections 3.1, 3.4.1 and 6.4"
 */
public final class TotalVariation {

	private static final int SOLVER_ITERATIONS = 10;
	private static final double SOLVER_TOLERANCE = 1e-4;
	/** Relative residuals that differ by more than this factor change the penalty. */
	private static final double BALANCE = 5;
	/** After this many iterations the penalty stays, as convergence needs. */
	private static final int ADAPTIVE = 30;

	private final DataConsistency likelihood;
	private final Differences differences;
	private final double lambda;
	private final ConjugateGradient solver = new ConjugateGradient(SOLVER_ITERATIONS, SOLVER_TOLERANCE);

	/**
	 * @param likelihood the data; where slices are coupled, one item of data per slice
	 * @param differences along which axes
	 * @param lambda weight of the total variation, in units of one over the image
	 */
	public TotalVariation(final DataConsistency likelihood, final Differences differences, final double lambda) {
		if (!(lambda > 0)) throw new IllegalArgumentException("total variation: lambda must be > 0, got " + lambda + ".");
		this.likelihood = likelihood;
		this.differences = differences;
		this.lambda = lambda;
	}

	/**
	 * Runs from {@code start}, which is not changed.
	 *
	 * @param iterations outer iterations; 50 are plenty
	 * @param progress one step per iteration
	 */
	public Tensor solve(final Tensor start, final int iterations, final Progress progress) {
		if (iterations < 1) throw new IllegalArgumentException("total variation: iterations must be at least 1, got " + iterations + ".");
		if (differences.couplesSlices()) return solveTogether(start, iterations, progress);
		return Tensors.eachItem(start, image -> solveTogether(image, iterations, progress));
	}

	private Tensor solveTogether(final Tensor start, final int iterations, final Progress progress) {
		return Scopes.keep(() -> {
			Split split = Split.begin(differences, start, lambda);
			for (int k = 1; k <= iterations; k++) {
				final Split now = split;
				final double[] penalty = { now.penalty };
				final boolean adapt = k <= ADAPTIVE;
				split = new Split(Scopes.keepAll(() -> step(now, penalty, adapt)), penalty);
				now.close();
				progress.advance(k, iterations, "total variation");
			}
			return split.x;
		});
	}

	/** The image x, the split differences d, the scaled dual u, and the penalty on {@code D x - d}. */
	private record Split(Tensor x, Tensor d, Tensor u, double penalty) {

		Split(final Tensor[] xdu, final double[] penalty) {
			this(xdu[0], xdu[1], xdu[2], penalty[0]);
		}

		static Split begin(final Differences differences, final Tensor start, final double lambda) {
			final Tensor[] du = Scopes.keepAll(() -> {
				final Tensor d = differences.forward(start);
				return new Tensor[] { start.clone(), d, Tensors.scale(d, 0) };
			});
			// shrinks by the mean difference at first; adapted later
			final double mean = Scopes.compute(() -> Differences.magnitude(du[1]).mean().item_double());
			return new Split(du, new double[] { mean > 0 ? lambda / mean : lambda });
		}

		void close() {
			x.close();
			d.close();
			u.close();
		}
	}

	private Tensor[] step(final Split old, final double[] penalty, final boolean adapt) {
		final Tensor x = quadratic(old.x, old.d.sub(old.u), old.penalty);
		final Tensor dx = differences.forward(x);
		final Tensor d = Differences.shrink(dx.add(old.u), lambda / old.penalty);
		final Tensor gap = dx.sub(d), u = old.u.add(gap);
		final double primal = norm(gap) / norm(dx), dual = norm(differences.adjoint(d.sub(old.d))) / norm(differences.adjoint(u));
		final double factor = !adapt ? 1 : primal > BALANCE * dual ? 2 : dual > BALANCE * primal ? 0.5 : 1;
		penalty[0] = old.penalty * factor;
		return new Tensor[] { x, d, Tensors.scale(u, 1 / factor) };
	}

	/** {@code argmin_x 1/2 |A x - y|_W^2 + penalty / 2 |D x - target|^2}, from the last x. */
	private Tensor quadratic(final Tensor x, final Tensor target, final double penalty) {
		final double weight = penalty * likelihood.sigma() * likelihood.sigma();
		final Tensor right = Tensors.add(likelihood.backprojection().expand_as(x), weight, differences.adjoint(target));
		if (!differences.couplesSlices()) return solver.solve(v -> normal(v, weight), likelihood.preconditionerWithDifferences(weight), right, x);
		// one system for the volume: one item for the solver
		return solver.solve(v -> normal(v.squeeze(0), weight).unsqueeze(0), right.unsqueeze(0), x.unsqueeze(0)).squeeze(0);
	}

	private Tensor normal(final Tensor x, final double weight) {
		return Tensors.add(likelihood.normal(x), weight, differences.adjoint(differences.forward(x)));
	}

	private static double norm(final Tensor t) {
		return Math.sqrt(Tensors.squaredNorm(t.unsqueeze(0))[0]) + Double.MIN_NORMAL;
	}
}
