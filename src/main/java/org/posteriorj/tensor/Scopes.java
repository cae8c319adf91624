package org.posteriorj.tensor;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The one idiom for native memory: work happens in a scope that frees every temporary, and what is returned outlives it.
 * <p>
 * Gradients are off inside; code that needs them uses {@link Gradients}.
 */
public final class Scopes {

	private Scopes() {}

	/** Runs {@code work} in a scope of its own and hands its result to the surrounding scope, or to the caller if there is none. */
	public static Tensor keep(final Supplier<Tensor> work) {
		return keepAll(() -> new Tensor[] { work.get() })[0];
	}

	/** As {@link #keep}, for several results. */
	public static Tensor[] keepAll(final Supplier<Tensor[]> work) {
		LibTorch.start();
		final PointerScope outer = PointerScope.getInnerScope();
		try (Computing now = Computing.begin(); PointerScope inner = new PointerScope(); NoGradGuard noGrad = new NoGradGuard()) {
			final Tensor[] results = work.get();
			for (final Tensor result : results) {
				// NB: before the inner scope closes, or the result is freed with it
				if (outer == null) result.retainReference();
				else outer.attach(result);
			}
			return results;
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** Replaces a loop variable: computes the next tensor from {@code current}, then frees {@code current}. */
	public static Tensor update(final Tensor current, final UnaryOperator<Tensor> step) {
		final Tensor next = keep(() -> step.apply(current));
		current.close();
		return next;
	}

	/** Runs {@code work} in a scope and returns its plain Java result; every tensor made inside is freed. */
	public static <T> T compute(final Supplier<T> work) {
		LibTorch.start();
		try (Computing now = Computing.begin(); PointerScope scope = new PointerScope(); NoGradGuard noGrad = new NoGradGuard()) {
			return work.get();
		}
		catch (final RuntimeException exc) {
			throw TorchErrors.oneLine(exc);
		}
	}

	/** Runs {@code work} in a scope; every tensor made inside is freed. */
	public static void run(final Runnable work) {
		compute(() -> {
			work.run();
			return null;
		});
	}
}
