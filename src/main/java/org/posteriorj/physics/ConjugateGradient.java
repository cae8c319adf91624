package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Conjugate gradients for {@code N x = b}, N symmetric positive (semi)definite, each item of the batch on its own.
 * <p>
 * An item is left alone once {@code |r| <= tolerance |b|}. Step lengths in float64.
 *
 * @see "Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd ed. (2003), algorithm 9.1"
 */
public final class ConjugateGradient {

	private final int iterations;
	private final double tolerance;

	/**
	 * @param iterations at most this many applications of N
	 * @param tolerance relative residual at which an item is finished; 0 runs all iterations
	 */
	public ConjugateGradient(final int iterations, final double tolerance) {
		if (iterations < 1) throw new IllegalArgumentException("conjugate gradients: iterations must be at least 1, got " + iterations + ".");
		if (!(tolerance >= 0)) throw new IllegalArgumentException("conjugate gradients: tolerance must be >= 0, got " + tolerance + ".");
		this.iterations = iterations;
		this.tolerance = tolerance;
	}

	/** Solves from {@code start}, which is not changed. All tensors [B, ...]. */
	public Tensor solve(final UnaryOperator<Tensor> normal, final Tensor right, final Tensor start) {
		return solve(normal, null, right, start);
	}

	/**
	 * Solves from {@code start} with a preconditioner.
	 *
	 * @param normal N
	 * @param preconditioner symmetric, positive definite and near the inverse of N; null for none
	 * @param right b
	 * @param start where to begin, not changed
	 */
	public Tensor solve(final UnaryOperator<Tensor> normal, final UnaryOperator<Tensor> preconditioner, final Tensor right, final Tensor start) {
		return Tensors.eachPair(right, start, (b, x0) -> solveItems(normal, preconditioner, b, x0));
	}

	private Tensor solveItems(final UnaryOperator<Tensor> normal, final UnaryOperator<Tensor> preconditioner, final Tensor right,
		final Tensor start)
	{
		return Scopes.keep(() -> {
			final Tensor x = start.clone();
			final Tensor r = Tensors.add(right, -1, normal.apply(start));
			// one buffer all along: a copy at least, since a preconditioner may hand back what it was given
			final Tensor p = (preconditioner == null ? r : preconditioner.apply(r)).clone();
			double[] rs = Tensors.squaredNorm(r), rz = preconditioner == null ? rs : Tensors.dot(r, p);
			final double[] goal = Tensors.squaredNorm(right);
			for (int i = 0; i < goal.length; i++) goal[i] *= tolerance * tolerance;
			for (int k = 0; k < iterations && !finished(rs, goal); k++) {
				final double[] before = rz, residual = rs, after = new double[goal.length];
				Scopes.run(() -> {
					final Tensor np = normal.apply(p);
					final double[] step = ratio(before, Tensors.dot(p, np), residual, goal);
					Tensors.addItems(x, step, 1, p);
					Tensors.addItems(r, step, -1, np);
					final Tensor z = preconditioner == null ? r : preconditioner.apply(r);
					System.arraycopy(preconditioner == null ? Tensors.squaredNorm(r) : Tensors.dot(r, z), 0, after, 0, after.length);
					Tensors.replaceItems(p, ratio(after, before, residual, goal), z);
				});
				rz = after;
				rs = preconditioner == null ? after : Tensors.squaredNorm(r);
			}
			return x;
		});
	}

	private static boolean finished(final double[] rs, final double[] goal) {
		for (int i = 0; i < rs.length; i++) if (rs[i] > goal[i] && rs[i] > 0) return false;
		return true;
	}

	/** numerator / denominator per item, 0 for items that are finished. */
	private static double[] ratio(final double[] numerator, final double[] denominator, final double[] rs, final double[] goal) {
		final double[] ratio = new double[rs.length];
		for (int i = 0; i < ratio.length; i++) {
			final boolean done = rs[i] <= goal[i] || !(Math.abs(denominator[i]) > 0);
			ratio[i] = done ? 0 : numerator[i] / denominator[i];
		}
		return ratio;
	}
}
