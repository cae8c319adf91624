package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A draw of z beyond the radius of an exact split, for data that measure some directions of the image far better than others: oversampled
 * centres of k-space, low frequencies of projections.
 * <p>
 * With {@code u} an eigenvalue of {@code U = r^2 A^H W A}, {@link DataConsistency#draw} leads to noise {@code sigma^2 (1 + u)}. The noise of z that would lead to
 * {@code sigma^2} is {@code sigma^2 (1 - u)}, and there is none for u above 1. Here z is drawn from {@code N(y; A z, W^-1 / S(u)) N(z; x, r^2 I)} with the series of
 * {@code 1 / (1 - u)}, {@code S = 1 + u + u^2 + u^3}, which leads to {@code sigma^2 (1 + u^4 / S)}: the posterior itself where u is below 1, at a radius that still mixes, and
 * no more than without where it is large. At radii where float32 does not hold {@code u^4} of the best measured directions, the series is {@code S = 1 + u} and the noise
 * {@code sigma^2 (1 + u^2 / S)}.
 * <p>
 * {@code P (z - x) = S g + n} with {@code P = 1 + U S}, {@code g = r^2 A^H W (y - A x)} and noise n of covariance {@code r^2 P} is solved factor by factor: {@code P = Q_1 Q_2},
 * {@code Q_k = 1 - 2 cos(2 pi k / 5) U + U^2}, and {@code S = (1 + U^2)(1 + U)}, so that large u make no large numbers of g; the short series has the one factor
 * {@code P = 1 + U + U^2}.
 */
public final class GradedSplit {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-5;
	/** What U has in the factors of P, and in that of the short series. */
	private static final double FIRST = -2 * Math.cos(4 * Math.PI / 5), SECOND = -2 * Math.cos(2 * Math.PI / 5), ONLY = 1;
	/** Unevenness of what is measured, the largest eigenvalue of {@code A^H W A} over a usual one, from which it is worth its cost. */
	private static final double UNEVEN = 2;
	/** Largest u of a usual direction, so that those measured worst are near 1: they freeze there while r falls. */
	private static final double USUAL = 20;
	/** Largest u of all, for float32 has to hold {@code u^4}; with the short series {@code u^2}. */
	private static final double LARGEST = 64, LARGEST_SHORT = 4096;

	private final DataConsistency data;
	private final double radius;
	/** The largest r of the long series. */
	private final double near;
	private final ConjugateGradient solver = new ConjugateGradient(ITERATIONS, TOLERANCE);

	/** For a likelihood; applies its operator once. */
	public GradedSplit(final DataConsistency data) {
		this.data = data;
		// the mean eigenvalue, each as often as it is large: directions that are not measured do not count
		final double usual = Scopes.compute(() -> {
			final Tensor noise = SampleRandom.single(1, 0).normal(data.operator().imageShape()), measured = data.normal(noise);
			return Tensors.squaredNorm(measured)[0] / Tensors.dot(noise, measured)[0];
		}) / (data.sigma() * data.sigma());
		final double largest = 1 / (data.noiseRadius() * data.noiseRadius());
		radius = largest > UNEVEN * usual ? Math.sqrt(Math.min(USUAL / usual, LARGEST_SHORT / largest)) : 0;
		near = Math.sqrt(LARGEST / largest);
	}

	/** The largest r at which it is of use; 0 if never. */
	public double radius() {
		return radius;
	}

	/** Takes five draws of {@code random}, three with the short series. */
	public Tensor draw(final Tensor x, final double r, final SampleRandom random) {
		final double t = r * r / (data.sigma() * data.sigma());
		final UnaryOperator<Tensor> u = v -> Tensors.scale(data.normal(v), t);
		return Scopes.keep(() -> {
			// NB: what the answer is where little is measured: from zero, solvers would stop at the residual of what is measured well and leave it out
			final Tensor white = white(r, random), step = Tensors.scale(data.gradient(x), -r * r), noise = noise(white, r, r > near ? 1 : 2, u, random);
			if (r > near) return x.add(solve(step.add(u.apply(step)).add(noise), white, u, t, ONLY));
			final Tensor mean = solve(step.add(u.apply(step)), Tensors.scale(step, 0), u, t, FIRST), first = solve(noise, white, u, t, FIRST);
			return x.add(solve(mean.add(u.apply(u.apply(mean))).add(first), first, u, t, SECOND));
		});
	}

	/** {@code (1 + middle U + U^2)^-1 right}, from {@code start}. */
	private Tensor solve(final Tensor right, final Tensor start, final UnaryOperator<Tensor> u, final double t, final double middle) {
		final Eigenbasis basis = data.eigenbasis();
		if (basis != null) return basis.apply(right, l -> Tensors.add(Tensors.scale(l, t * middle), t * t, l.square()).add(new Scalar(1)).reciprocal());
		return solver.solve(v -> {
			final Tensor once = u.apply(v);
			return Tensors.add(v, middle, once).add(u.apply(once));
		}, data.gradedPreconditioner(t, middle), right, start);
	}

	/** Of covariance {@code r^2 (1 + U + ... + U^(2 pairs))}: {@code white + B m + U (n' + B m' + ...)} with white noise m, n' and {@code B = r^2 A^H W^(1/2)}. */
	private Tensor noise(final Tensor white, final double r, final int pairs, final UnaryOperator<Tensor> u, final SampleRandom random) {
		if (pairs == 0) return white;
		return Tensors.add(white, r * r / data.sigma(), data.backprojectedNoise(random)).add(u.apply(noise(white(r, random), r, pairs - 1, u, random)));
	}

	private Tensor white(final double r, final SampleRandom random) {
		return Tensors.scale(random.normal(data.operator().imageShape()), r);
	}
}
