/**
 * libtorch on the JVM: start-up, devices, native memory, random numbers, array conversion.
 * <p>
 * The only package where pointer scopes, native constants, gradients and native optionals appear. Ownership rule for
 * every method of the project that returns a {@code Tensor}: the tensor belongs to the innermost scope that was open at
 * the call; without an open scope it belongs to the caller, who closes it.
 */
package org.posteriorj.tensor;
