package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;

/** {@code A^H A = V diag(l) V^H}, known: functions of A^H A cost two products with V, whatever they are, and need no solver. */
public interface Eigenbasis {

	/**
	 * {@code V f(l) V^H x}.
	 *
	 * @param images [B, C, H, W]
	 * @param f works on the eigenvalues, float32 and not negative
	 */
	Tensor apply(Tensor images, UnaryOperator<Tensor> f);
}
