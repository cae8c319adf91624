package org.posteriorj.physics.mri;

import java.util.random.RandomGenerator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.physics.ClassicalReconstruction;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * Sparse wavelets, {@code argmin_x |A x - y|^2 / 2 + lambda sigma |W x|_1}, by FISTA with a random shift of the wavelets in every
 * iteration; real and imaginary part of a coefficient are shortened together.
 *
 * @see "M. Lustig et al., Magn. Reson. Med. 58 (2007) 1182-1195"
 * @see "A. Beck, M. Teboulle, SIAM J. Imaging Sci. 2 (2009) 183-202"
 */
public final class L1Wavelet implements ClassicalReconstruction {

	/** Key of the option {@code sampler}. */
	public static final String NAME = "L1-wavelet";
	private static final double LAMBDA = 0.35;

	private final int iterations;

	public L1Wavelet(final int iterations) {
		this.iterations = iterations;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Tensor reconstruct(final DataConsistency data, final double trust, final Progress progress) {
		return solve(data, LAMBDA * ClassicalReconstruction.weight(trust) * data.sigma(), progress);
	}

	/** With the weight {@code lambda} of the penalty in units of the data. */
	public Tensor solve(final DataConsistency data, final double lambda, final Progress progress) {
		final double step = 1 / (data.operator().norm() * data.operator().norm());
		final RandomGenerator random = SampleRandom.generator(1, 1);
		final Wavelets wavelets = new Wavelets(data.operator().imageShape()[1], data.operator().imageShape()[2]);
		return Scopes.keep(() -> {
			Tensor x = Tensors.scale(data.backprojection(), 0), ahead = x;
			double t = 1;
			for (int k = 1; k <= iterations; k++) {
				final Tensor from = ahead, last = x;
				final double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2, momentum = (t - 1) / next;
				final long[] shift = { random.nextInt(16), random.nextInt(16) };
				final Tensor[] state = Scopes.keepAll(() -> {
					final Tensor descended = Tensors.add(from, -step, data.normal(from).sub(data.backprojection()));
					final Tensor now = wavelets.shrink(descended, step * lambda, shift);
					return new Tensor[] { now, Tensors.add(now, momentum, now.sub(last)) };
				});
				if (from != last) from.close();
				last.close();
				x = state[0];
				ahead = state[1];
				t = next;
				progress.advance(k, iterations, NAME);
			}
			return x;
		});
	}
}
