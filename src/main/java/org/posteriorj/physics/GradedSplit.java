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
 * With {@code u} an eigenvalue of {@code U = r^2 A^H W A}, {@link DataConsistency#draw} leads to noise {@code sigma^2 (1 + u)}. Here z is drawn
 * from {@code N(y; A z, W^-1 (1 + u)^-1) N(z; x, r^2 I)}, which leads to {@code sigma^2 (1 + u^2 / (1 + u))}: where u is small, the posterior
 * itself at a radius that still mixes, and as before where it is large. {@code (I + U + U^2) z = x + r^2 (I + U) A^H W y + noise} is solved.
 */
public final class GradedSplit {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-5;
	/** Unevenness of what is measured, the largest eigenvalue of {@code A^H W A} over a usual one, from which it is worth its cost. */
	private static final double UNEVEN = 2;
	/** Largest u of a usual direction; beyond, nothing is won. */
	private static final double USUAL = 2;

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
		radius = largest > UNEVEN * usual ? Math.sqrt(USUAL / usual) : 0;
	}

	/** The largest r at which it is of use; 0 if never. */
	public double radius() {
		return radius;
	}

	/** Takes three draws of {@code random}. */
	public Tensor draw(final Tensor x, final double r, final SampleRandom random) {
		final double t = r * r / (data.sigma() * data.sigma());
		final UnaryOperator<Tensor> u = v -> Tensors.scale(data.normal(v), t);
		return Scopes.keep(() -> {
			final Tensor samples = Tensors.scale(data.backprojectedNoise(random), r * r / data.sigma());
			final Tensor start = Tensors.add(x, r, random.normal(data.operator().imageShape()));
			final Tensor graded = Tensors.add(Tensors.scale(data.backprojection(), t).expand_as(x), r, random.normal(data.operator().imageShape()));
			final Tensor right = start.add(samples).add(Tensors.scale(data.backprojection(), t)).add(u.apply(graded));
			return solver.solve(v -> {
				final Tensor once = u.apply(v);
				return v.add(once).add(u.apply(once));
			}, data.gradedPreconditioner(t), right, start);
		});
	}
}
