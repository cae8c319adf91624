package org.posteriorj.prior.train;

import java.util.ArrayList;
import java.util.List;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * The error that is left after a step of data consistency, {@code mean w^2 |C(D) - x0|^2} with
 * {@code C(D) = D - eta A^H (A D - y)}, {@code eta = r^2 / (r^2 + sigma_y^2)} and {@code r = s e / sqrt(s^2 + e^2)}, what a denoiser leaves open
 * that knows an image with the error {@code e = sd sqrt(u)} already.
 * <p>
 * C is affine and {@code A^H A} symmetric, so that the gradient with respect to D is {@code 2 w^2 (1 - eta A^H A) (C(D) - x0)}: the
 * operator is applied twice and never differentiated.
 */
final class ConsistencyLoss {

	private final double sigmaData;

	ConsistencyLoss(final double sigmaData) {
		this.sigmaData = sigmaData;
	}

	/**
	 * The loss, with its gradient with respect to {@code denoised} only.
	 *
	 * @param measured of each item, null where the condition was dropped: it then counts without a step
	 * @param weight w, [B, 1, 1, 1]
	 */
	Tensor of(final Tensor denoised, final Tensor clean, final Tensor weight, final float[] sigma, final List<Measurement> measured) {
		final Tensor[] parts = Scopes.keepAll(() -> errors(denoised.detach(), clean, sigma, measured));
		final Tensor squares = weight.square();
		final Tensor value = parts[0].square().mul(squares).mean();
		final Tensor gradient = parts[1].mul(squares);
		return value.add(gradient.mul(denoised.sub(denoised.detach())).mean().mul(new Scalar(2)));
	}

	/** {@code C(D) - x0} and {@code (1 - eta A^H A) (C(D) - x0)}. */
	private Tensor[] errors(final Tensor denoised, final Tensor clean, final float[] sigma, final List<Measurement> measured) {
		final List<Tensor> errors = new ArrayList<>(), gradients = new ArrayList<>();
		for (int b = 0; b < measured.size(); b++) {
			final Tensor d = Tensors.items(denoised, b, b + 1), x0 = Tensors.items(clean, b, b + 1);
			final Measurement m = measured.get(b);
			if (m == null) {
				errors.add(d.sub(x0));
				gradients.add(d.sub(x0));
				continue;
			}
			final double s2 = sigma[b] * sigma[b], e2 = sigmaData * sigmaData * m.open(), r2 = s2 * e2 / (s2 + e2), eta = r2 / (r2 + m.noise() * m.noise());
			final Tensor consistent = Tensors.add(Tensors.add(d, -eta, m.normal(d)), eta, m.backprojection());
			final Tensor error = consistent.sub(x0);
			errors.add(error);
			gradients.add(Tensors.add(error, -eta, m.normal(error)));
		}
		return new Tensor[] { Tensors.concatenate(errors), Tensors.concatenate(gradients) };
	}
}
