package org.posteriorj.physics;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;

/**
 * {@code A^H A = V diag(l) V^H}, or the same with weights, known: functions of A^H A cost two products with V, whatever they are, and need no
 * solver. Coefficients have the shape of images, and white noise is white noise in them.
 */
public interface Eigenbasis {

	/** Coefficients {@code V^H x} of images [B, C, H, W]. */
	Tensor analyse(Tensor images);

	/** Images {@code V c}. */
	Tensor synthesise(Tensor coefficients);

	/** l, float32 and not negative, of a shape that is expanded to that of coefficients. */
	Tensor values();

	/** {@code V f(l) V^H x}. */
	default Tensor apply(final Tensor images, final UnaryOperator<Tensor> f) {
		return Scopes.keep(() -> synthesise(analyse(images).mul(f.apply(values()))));
	}
}
