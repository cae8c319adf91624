package org.posteriorj.sampler;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** How a denoised image is brought towards the data; r is the error that it may have. */
public enum Fidelity {

	/** {@code argmin |A x - y|_W^2 / 2 + |x - D|^2 / (2 r^2)}, exactly where eigenvectors are known, else by a few conjugate-gradient iterations. */
	PROX {

		@Override
		Tensor apply(final DataConsistency data, final Tensor denoised, final double r) {
			return data.closed() ? data.prox(denoised, r) : data.prox(denoised, r, ITERATIONS);
		}
	},
	/** One step along the gradient, {@code D - r^2 / (1 + r^2 |A|_W^2) A^H W (A D - y)}. */
	GRADIENT {

		@Override
		Tensor apply(final DataConsistency data, final Tensor denoised, final double r) {
			final double radius = data.noiseRadius(), length = r * r / (1 + r * r / (radius * radius));
			return Scopes.keep(() -> Tensors.add(denoised, -length, data.gradient(denoised)));
		}
	},
	/** The nearest image that explains the data exactly: for data without noise. */
	PROJECTION {

		@Override
		Tensor apply(final DataConsistency data, final Tensor denoised, final double r) {
			return data.project(denoised);
		}
	},
	/** None: what the network does alone. */
	NONE {

		@Override
		Tensor apply(final DataConsistency data, final Tensor denoised, final double r) {
			return denoised;
		}
	};

	private static final int ITERATIONS = 10;

	abstract Tensor apply(DataConsistency data, Tensor denoised, double r);
}
