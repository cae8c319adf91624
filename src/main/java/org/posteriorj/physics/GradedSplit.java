package org.posteriorj.physics;

import java.util.function.UnaryOperator;

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
 * no more than without where it is large.
 * <p>
 * {@code P (z - x) = S g + n} with {@code P = 1 + U S}, {@code g = r^2 A^H W (y - A x)} and noise n of covariance {@code r^2 P} is solved factor by factor: {@code P = Q_1 Q_2},
 * {@code Q_k = 1 - 2 cos(2 pi k / 5) U + U^2}, and {@code S = (1 + U^2)(1 + U)}, so that large u make no large numbers of g.
 */
public final class GradedSplit {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-5;
	/** What U has in the factors of P. */
	private static final double FIRST = -2 * Math.cos(4 * Math.PI / 5), SECOND = -2 * Math.cos(2 * Math.PI / 5);
	/** Unevenness of what is measured, the largest eigenvalue of {@code A^H W A} over a usual one, from which it is worth its cost. */
	private static final double UNEVEN = 2;
	/** Largest u of a usual direction, so that those measured worst are near 1: they freeze there while r falls. */
	private static final double USUAL = 8;
	/** Largest u of all, for float32 has to hold {@code u^4}. */
	private static final double LARGEST = 64;

	private final DataConsistency data;
	private final double radius;
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
		radius = largest > UNEVEN * usual ? Math.sqrt(Math.min(USUAL / usual, LARGEST / largest)) : 0;
	}

	/** The largest r at which it is of use; 0 if never. */
	public double radius() {
		return radius;
	}

	/** Takes five draws of {@code random}. */
	public Tensor draw(final Tensor x, final double r, final SampleRandom random) {
		final double t = r * r / (data.sigma() * data.sigma());
		final UnaryOperator<Tensor> u = v -> Tensors.scale(data.normal(v), t);
		return Scopes.keep(() -> {
			final Tensor step = Tensors.scale(data.gradient(x), -r * r);
			final Tensor mean = solve(step.add(u.apply(step)), u, t, FIRST), noise = solve(noise(r, u, random), u, t, FIRST);
			return x.add(solve(mean.add(u.apply(u.apply(mean))).add(noise), u, t, SECOND));
		});
	}

	/** {@code (1 + middle U + U^2)^-1 right}. */
	private Tensor solve(final Tensor right, final UnaryOperator<Tensor> u, final double t, final double middle) {
		return solver.solve(v -> {
			final Tensor once = u.apply(v);
			return Tensors.add(v, middle, once).add(u.apply(once));
		}, data.gradedPreconditioner(t, middle), right, Tensors.scale(right, 0));
	}

	/** Of covariance {@code r^2 (1 + U + ... + U^4)}: {@code r (n + B m + U (n' + B m' + U n''))}, {@code B = r A^H W^(1/2)}. */
	private Tensor noise(final double r, final UnaryOperator<Tensor> u, final SampleRandom random) {
		final Tensor most = Tensors.scale(random.normal(data.operator().imageShape()), r);
		return pair(r, random).add(u.apply(pair(r, random).add(u.apply(most))));
	}

	private Tensor pair(final double r, final SampleRandom random) {
		return Tensors.add(Tensors.scale(random.normal(data.operator().imageShape()), r), r * r / data.sigma(), data.backprojectedNoise(random));
	}
}
