package org.posteriorj.tensor;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Factorisations of small Hermitian matrices, in the precision of their input. */
public final class Linear {

	private Linear() {}

	/** The lower triangular L with {@code A = L L^H}; A positive definite, [n, n]. */
	public static Tensor cholesky(final Tensor a) {
		return Scopes.keep(() -> torch.linalg_cholesky(a));
	}

	/** {@code L^-1} with {@code A = L L^H}; A positive definite, [n, n]. */
	public static Tensor inverseCholesky(final Tensor a) {
		return Scopes.keep(() -> torch.linalg_inv(torch.linalg_cholesky(a)));
	}

	/** Orthonormal eigenvectors as columns, [n, n], eigenvalues ascending. */
	public static Tensor eigenvectors(final Tensor a) {
		return Scopes.keep(() -> eigen(a)[1]);
	}

	/** Eigenvalues ascending, [..., n], and orthonormal eigenvectors as columns, [..., n, n]. */
	public static Tensor[] eigen(final Tensor a) {
		return Scopes.keepAll(() -> {
			final T_TensorTensor_T both = torch.linalg_eigh(a);
			return new Tensor[] { both.get0().clone(), both.get1().clone() };
		});
	}
}
