package org.posteriorj.tensor;

import java.util.function.UnaryOperator;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Derivatives of tensor functions by automatic differentiation. */
public final class Gradients {

	private Gradients() {}

	/**
	 * {@code f(x)} and {@code J^T g} with {@code g = cotangent(f(x))} held constant. The argument is not changed.
	 *
	 * @return f(x) and J^T g, without graph; they belong to the surrounding scope
	 */
	public static Tensor[] vectorJacobian(final UnaryOperator<Tensor> function, final Tensor at, final UnaryOperator<Tensor> cotangent) {
		LibTorch.start();
		final PointerScope outer = PointerScope.getInnerScope();
		try (Computing now = Computing.begin(); PointerScope inner = new PointerScope(); AutoGradMode grad = new AutoGradMode(true)) {
			final Tensor leaf = at.detach().clone();
			leaf.set_requires_grad(true);
			final Tensor value = function.apply(leaf);
			final Tensor constant;
			try (NoGradGuard noGrad = new NoGradGuard()) {
				constant = cotangent.apply(value.detach());
			}
			value.mul(constant.detach()).sum().backward();
			// NB: grad() is borrowed from the leaf; a copy outlives it
			final Tensor[] results = { value.detach().clone(), new Tensor(leaf.grad()).clone() };
			for (final Tensor result : results) {
				if (outer == null) result.retainReference();
				else outer.attach(result);
			}
			return results;
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}
}
