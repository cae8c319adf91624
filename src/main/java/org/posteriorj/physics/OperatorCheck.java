package org.posteriorj.physics;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Measures how far an operator is from being linear with an exact adjoint; used by the tests and by the self-test.
 * <p>
 * The data of the dot-product test are {@code y = A x + noise of the same norm}: independent data would hide a wrong scale
 * in large images.
 *
 * @param adjoint {@code |<Ax, y> - <x, A^H y>| / (|Ax| |y|)}
 * @param scale {@code <Ax, y> / <x, A^H y>}, 1 when exact; the factor to look for when it is not
 * @param linearity {@code |A(x + 3z) - Ax - 3Az| / |A(x + 3z)|}
 * @param normal {@code |A^H A x - N x| / |A^H A x|}
 * @param norm stated norm against the Lanczos process, relative
 */
public record OperatorCheck(double adjoint, double scale, double linearity, double normal, double norm) {

	/** Runs all checks with seeded zero-mean random images. */
	public static OperatorCheck of(final LinearOperator operator, final long seed) {
		return Scopes.compute(() -> {
			final SampleRandom random = SampleRandom.single(seed, 0);
			final Tensor x = random.normal(operator.imageShape());
			final Tensor z = random.normal(operator.imageShape());
			final Tensor ax = operator.forward(x);
			final Tensor az = operator.forward(z);
			final Tensor noise = random.normal(operator.dataShape());
			final Tensor y = Tensors.add(ax, length(ax) / length(noise), noise);
			final double left = Tensors.dot(ax, y)[0];
			final double right = Tensors.dot(x, operator.adjoint(y))[0];
			final Tensor sum = operator.forward(Tensors.add(x, 3, z));
			final Tensor adjointForward = operator.adjoint(ax);
			return new OperatorCheck(Math.abs(left - right) / (length(ax) * length(y)), left / right,
				length(sum.sub(Tensors.add(ax, 3, az))) / length(sum),
				length(operator.normal(x).sub(adjointForward)) / length(adjointForward),
				Math.abs(Lanczos.norm(operator) / operator.norm() - 1));
		});
	}

	/** Whether every relative error of the adjoint, linearity and normal operator is at most {@code tolerance}. */
	public boolean within(final double tolerance) {
		return adjoint <= tolerance && linearity <= tolerance && normal <= tolerance;
	}

	private static double length(final Tensor t) {
		return Math.sqrt(Tensors.squaredNorm(t)[0]);
	}
}
