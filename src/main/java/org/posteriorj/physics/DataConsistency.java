package org.posteriorj.physics;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The Gaussian likelihood {@code y = A x + n}, n ~ N(0, W^-1), as the four things that samplers do with data: gradient,
 * proximal step, exact conditional draw and projection.
 * <p>
 * {@code W = w / sigma^2} with sigma the noise per real component in data units and optional relative weights w (CT: the
 * photon counts). White noise: w = 1. Images [B, C, H, W]; y is one item, shared by the batch.
 */
public final class DataConsistency {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-5;
	/** Largest part of the noise that a split moves to the image, as {@code r^2 |A|_W^2}. */
	private static final double SPLIT = 0.5;

	private final LinearOperator operator;
	private final Tensor data;
	private final double sigma;
	private final Tensor weights;
	private final UnaryOperator<Tensor> weightedNormal;
	private final Tensor backprojection;
	private final ConjugateGradient solver;
	private final SpectralInverse inverse;
	private final Eigenbasis weightedBasis; // null without weights
	private final SquareRoot root = new SquareRoot(SPLIT);
	private ClosedForm closedForm;

	/** White noise of standard deviation {@code sigma} per real component. */
	public DataConsistency(final LinearOperator operator, final Tensor data, final double sigma) {
		this(operator, data, sigma, null);
	}

	/**
	 * @param operator A
	 * @param data y, [1, data]
	 * @param sigma noise per real component where the weight is 1
	 * @param weights w, [1, data] and not negative, or null for white noise
	 */
	public DataConsistency(final LinearOperator operator, final Tensor data, final double sigma, final Tensor weights) {
		if (!(sigma > 0)) {
			throw new IllegalArgumentException("data consistency: the noise level must be > 0, got " + sigma +
				" - noiseless data need a floor, 0.001 of their root mean square.");
		}
		this.operator = operator;
		this.data = data;
		this.sigma = sigma;
		this.weights = weights;
		this.weightedNormal = weights == null ? operator::normal : operator.weightedNormal(weights);
		this.solver = new ConjugateGradient(ITERATIONS, TOLERANCE);
		this.inverse = SpectralInverse.of(operator, weights);
		this.weightedBasis = weights == null ? null : operator.weightedEigenbasis(weights);
		this.backprojection = Scopes.keep(() -> operator.adjoint(weigh(data, 1)));
	}

	/** Of other data: what follows from operator and weights alone is shared. */
	private DataConsistency(final DataConsistency same, final Tensor data) {
		operator = same.operator;
		this.data = data;
		sigma = same.sigma;
		weights = same.weights;
		weightedNormal = same.weightedNormal;
		solver = same.solver;
		inverse = same.inverse;
		weightedBasis = same.weightedBasis;
		backprojection = Scopes.keep(() -> operator.adjoint(weigh(data, 1)));
	}

	/** A. */
	public LinearOperator operator() {
		return operator;
	}

	/** y. */
	public Tensor data() {
		return data;
	}

	/** Noise per real component. */
	public double sigma() {
		return sigma;
	}

	/** {@code A^H w y}, without the division by sigma^2. */
	public Tensor backprojection() {
		return backprojection;
	}

	/** {@code A^H w A x}. */
	public Tensor normal(final Tensor images) {
		return weightedNormal.apply(images);
	}

	/** {@code grad 1/2 |A x - y|_W^2 = A^H W (A x - y)}. */
	public Tensor gradient(final Tensor images) {
		return Scopes.keep(() -> Tensors.scale(normal(images).sub(backprojection), 1 / (sigma * sigma)));
	}

	/** {@code argmin_x 1/2 |A x - y|_W^2 + |x - z|^2 / (2 r^2)}, started at z. */
	public Tensor prox(final Tensor z, final double r) {
		final double ratio = ratio(r);
		final ClosedForm closed = inverseForm();
		return closed != null ? closed.prox(z, ratio) : Scopes.keep(() -> solve(Tensors.add(backprojection.expand_as(z), ratio, z), ratio, z));
	}

	/** Whether {@link #prox(Tensor, double)} is closed, without iterations. */
	public boolean closed() {
		return weights == null && operator.rowsOrthonormal() || eigenbasis() != null;
	}

	/** As {@link #prox(Tensor, double)} by at most so many conjugate-gradient iterations: what is cheap to repeat. */
	public Tensor prox(final Tensor z, final double r, final int iterations) {
		final double ratio = ratio(r);
		return Scopes.keep(() -> new ConjugateGradient(iterations, TOLERANCE).solve(x -> Tensors.add(normal(x), ratio, x), preconditioner(ratio), Tensors.add(
			backprojection.expand_as(z), ratio, z), z));
	}

	/**
	 * An exact draw from {@code N(y; A x, W^-1) N(x; z, r^2 I)}: the proximal step for perturbed data and a perturbed z, or, where eigenvectors are
	 * known, with noise of variance {@code 1 / (l / sigma^2 + 1 / r^2)} in each.
	 */
	public Tensor draw(final Tensor z, final double r, final SampleRandom random) {
		return draw(z, r, 1, random);
	}

	/** As {@link #draw(Tensor, double, SampleRandom)} with the likelihood to a power, {@code N(y; A x, W^-1)^power N(x; z, r^2 I)}. */
	public Tensor draw(final Tensor z, final double r, final double power, final SampleRandom random) {
		final double ratio = ratio(r) / power;
		final ClosedForm closed = inverseForm();
		if (closed != null) return Scopes.keep(() -> closed.draw(z, ratio, ratio, sigma / Math.sqrt(power), random.normal(operator.imageShape())));
		return Scopes.keep(() -> {
			final Tensor start = Tensors.add(z, r, random.normal(operator.imageShape()));
			final Tensor perturbed = Tensors.add(backprojection, sigma / Math.sqrt(power), backprojectedNoise(random));
			return solve(Tensors.add(perturbed, ratio, start), ratio, start);
		});
	}

	/**
	 * The proximal step to z of radius r, plus the noise of an exact draw of another radius: for a z whose error is {@code spread} in the mean over directions, and more,
	 * as far as r, in those where the data should have their say. Takes the draws of {@link #draw(Tensor, double, SampleRandom)}.
	 */
	public Tensor drawAround(final Tensor z, final double r, final double spread, final SampleRandom random) {
		if (spread == r) return draw(z, r, random);
		final ClosedForm closed = inverseForm();
		if (closed != null) return Scopes.keep(() -> closed.draw(z, ratio(r), ratio(spread), sigma, random.normal(operator.imageShape())));
		return Scopes.keep(() -> {
			final Tensor start = Tensors.scale(random.normal(operator.imageShape()), spread);
			final Tensor noise = Tensors.add(Tensors.scale(backprojectedNoise(random), sigma), ratio(spread), start);
			return prox(z, r).add(solve(noise, ratio(spread), start));
		});
	}

	/** {@code (A^H w A + sigma^2 / r^2)^-1 right}. */
	public Tensor invert(final Tensor right, final double r) {
		final double ratio = ratio(r);
		return Scopes.keep(() -> solve(right, ratio, Tensors.scale(right, 0)));
	}

	/** {@code (A^H w A + ratio)^-1 b}; where {@code A A^H = I} it is {@code (b - A^H A b / (1 + ratio)) / ratio}, and closed too where eigenvectors are known. */
	private Tensor solve(final Tensor right, final double ratio, final Tensor start) {
		if (orthonormal()) {
			return Tensors.scale(Tensors.add(right, -1 / (1 + ratio), normal(right)), 1 / ratio);
		}
		final ClosedForm closed = closedForm();
		if (closed != null) return closed.invert(right, ratio);
		return solver.solve(x -> Tensors.add(normal(x), ratio, x), preconditioner(ratio), right, start);
	}

	/** The largest r that {@link #splitDraw} takes: {@code r^2 |A^H W A| = 1/2}. */
	public double splitRadius() {
		return Math.sqrt(SPLIT) * noiseRadius() / 1.01;
	}

	/** The standard deviation that the data leave in the direction of the image that they measure best, {@code 1 / |A|_W}. */
	public double noiseRadius() {
		final double largest = weights == null ? 1 : Scopes.compute(() -> weights.max().item_double());
		return sigma / Math.sqrt(largest) / operator.norm();
	}

	/** The standard deviation that the data leave in the image in the root mean square over directions, {@code (tr(A^H W A) / n)^(-1/2)}, by a random probe of every item of the data. */
	public double typicalNoise() {
		return Scopes.compute(() -> {
			final Tensor probes = new SampleRandom(0, LongStream.range(0, data.size(0)).toArray(), 0, data.device()).normal(operator.imageShape());
			final double told = Arrays.stream(Tensors.squaredNorm(weigh(operator.forward(probes), 0.5))).sum();
			return sigma * Math.sqrt(Arrays.stream(Tensors.squaredNorm(probes)).sum() / told);
		});
	}

	/**
	 * A draw of z from {@code N(y; A z, W^-1 - r^2 A A^H) N(z; x, r^2 I)}: the part of the noise that z carries already is taken
	 * from the data, so that a Gibbs sampler which alternates this with {@code x ~ p(x | x + r n = z)} has exactly the posterior
	 * of W as its law of x, for every r up to {@link #splitRadius}.
	 * <p>
	 * By Woodbury's identity {@code z = x - r^2 A^H W (A x - y) + r (I - r^2 A^H W A)^(1/2) n}: no system is solved. Takes one draw
	 * of {@code random}.
	 */
	public Tensor splitDraw(final Tensor x, final double r, final SampleRandom random) {
		if (!(r > 0 && r <= 1.001 * splitRadius())) {
			throw new IllegalArgumentException("data consistency: the radius of a split draw must be > 0 and at most " + splitRadius() + ", got " + r + ".");
		}
		final double t = r * r / (sigma * sigma);
		return Scopes.keep(() -> {
			final Tensor noise = random.normal(operator.imageShape());
			final ClosedForm closed = closedForm();
			if (closed != null) return closed.split(x, t, r, noise);
			return Tensors.add(Tensors.add(x, -r * r, gradient(x)), r, root.apply(v -> Tensors.scale(normal(v), t), noise));
		});
	}

	/** The point nearest to x that explains the data exactly, {@code x - A^+ (A x - y)}; fits the noise too. */
	public Tensor project(final Tensor images) {
		return Scopes.keep(() -> {
			final Tensor residual = backprojection.sub(normal(images));
			if (orthonormal()) return images.add(residual);
			return images.add(solver.solve(this::normal, residual, Tensors.scale(residual, 0)));
		});
	}

	/** {@code |A x - y|_W^2 / m} of each item, m measured real numbers: 1 in the mean for the true image. */
	public double[] chiSquare(final Tensor images) {
		return Arrays.stream(misfit(images)).map(m -> 2 * m / operator.measurements()).toArray();
	}

	/** {@code 1/2 |A x - y|_W^2} of each item: what the logarithm of the likelihood loses. */
	public double[] misfit(final Tensor images) {
		final double[] squares = Scopes.compute(() -> Tensors.squaredNorm(weigh(operator.forward(images).sub(data), 0.5)));
		return Arrays.stream(squares).map(s -> s / (2 * sigma * sigma)).toArray();
	}

	/** Whether {@code A A^H = I}, so that no eigenvectors are needed to solve. */
	private boolean orthonormal() {
		return weights == null && operator.rowsOrthonormal();
	}

	/** Null where solving needs no eigenvectors, or none are known. */
	private ClosedForm inverseForm() {
		return orthonormal() ? null : closedForm();
	}

	/** Null where no eigenvectors are known. */
	private synchronized ClosedForm closedForm() {
		final Eigenbasis basis = eigenbasis();
		if (closedForm == null && basis != null) closedForm = new ClosedForm(basis, backprojection);
		return closedForm;
	}

	/** Of {@code A^H w A}; null where it is not known. */
	Eigenbasis eigenbasis() {
		return weights == null ? operator.eigenbasis() : weightedBasis;
	}

	private double ratio(final double r) {
		if (!(r > 0)) throw new IllegalArgumentException("data consistency: the trust radius must be > 0, got " + r + ".");
		return sigma * sigma / (r * r);
	}

	/** The same measurement of other data, [1, data]. */
	public DataConsistency with(final Tensor other) {
		return new DataConsistency(this, other);
	}

	/** The likelihood of the difference to {@code image}, [1, C, H, W]: the same measurement of {@code y - A image}. */
	public DataConsistency about(final Tensor image) {
		return with(Scopes.keep(() -> data.sub(operator.forward(image))));
	}

	/** {@code A^H w^(1/2) n}: noise of the data as the backprojection sees it, for sigma = 1. Takes one draw of {@code random}. */
	public Tensor backprojectedNoise(final SampleRandom random) {
		return operator.adjoint(weigh(operator.noise(random), 0.5));
	}

	/** A preconditioner of {@code I + middle U + U^2} with {@code U = t A^H w A}; null if the operator states no spectrum. */
	UnaryOperator<Tensor> gradedPreconditioner(final double t, final double middle) {
		return inverse == null ? null : x -> inverse.graded(x, t, middle);
	}

	/** A preconditioner of {@code A^H w A + smoothness D^T D}; null if the operator states no spectrum. */
	UnaryOperator<Tensor> preconditionerWithDifferences(final double smoothness) {
		return inverse == null ? null : x -> inverse.apply(x, 0, smoothness);
	}

	/** A preconditioner of {@code A^H w A + ratio}; null if the operator states no spectrum. */
	public UnaryOperator<Tensor> preconditioner(final double ratio) {
		return inverse == null ? null : x -> inverse.apply(x, ratio);
	}

	private Tensor weigh(final Tensor values, final double power) {
		return weights == null ? values : values.mul(weights.pow(new Scalar(power)));
	}
}
