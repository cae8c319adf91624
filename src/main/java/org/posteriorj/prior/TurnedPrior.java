package org.posteriorj.prior;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A network that sees the image another way round at every noise level, {@code D_g(x) = g^-1 D(g x)}, with g one of the eight turns and flips of a square
 * and, for complex images, of four turns of the phase. Images are as likely one way round as the other, by the network's training; what it does wrong is not the same every
 * way, and averages out over the levels: 0.2 to 0.4 dB with heads, for nothing.
 * <p>
 * g is a function of sigma alone, so that results depend neither on chunks nor on where a run was resumed. With a condition images are flipped, but not
 * transposed: lines are measured along one axis.
 *
 * @see "M. Terris et al., Equivariant plug-and-play image reconstruction, CVPR 2024"
 */
public final class TurnedPrior extends PriorDecorator {

	/** Steps of the logarithm of sigma that are told apart: rounding of sigma makes no other image. */
	private static final double STEPS = 1000;

	private final Tensor condition;

	private TurnedPrior(final DiffusionPrior prior, final Tensor condition) {
		super(prior);
		this.condition = condition;
	}

	/** {@code network} turned, if its training turned images, else itself; closes it. */
	public static DiffusionPrior of(final NetworkPrior network) {
		return network.meta().turnedInTraining() ? new TurnedPrior(network, null) : network;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		final int g = orientation(sigma);
		return Scopes.keep(() -> turn(shown(g).denoise(turn(noisy, g, channels()), sigma), inverse(g), channels()));
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		final int g = orientation(sigma), back = inverse(g);
		return Scopes.keepAll(() -> {
			final Tensor[] pair = shown(g).denoiseWithGradient(turn(noisy, g, channels()), sigma, d -> turn(cotangent.apply(turn(d, back, channels())), g, channels()));
			return new Tensor[] { turn(pair[0], back, channels()), turn(pair[1], back, channels()) };
		});
	}

	private DiffusionPrior shown(final int g) {
		return condition == null ? prior : prior.given(turn(condition, g, channels()));
	}

	/** Bits: flip along columns, along rows, transpose, and two of quarter turns of the phase. */
	private int orientation(final double sigma) {
		long z = Math.round(STEPS * Math.log(sigma)) * 0x9E3779B97F4A7C15L;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z ^= z >>> 27;
		return (int) (z >>> 8) & (channels() == 2 ? 31 : 7) & (condition == null ? 31 : ~4);
	}

	/** Flips first, the transpose after them; so the flips of its inverse are the other way round where there is one. */
	private static int inverse(final int g) {
		final int flips = (g & 4) == 0 ? g & 3 : (g & 1) << 1 | (g & 2) >> 1;
		return flips | g & 4 | (4 - (g >> 3) & 3) << 3;
	}

	/** The phase is that of the first {@code complex} channels, if these are two. */
	private static Tensor turn(final Tensor images, final int g, final int complex) {
		return Scopes.keep(() -> {
			Tensor turned = images;
			if ((g & 1) != 0) turned = turned.flip(3);
			if ((g & 2) != 0) turned = turned.flip(2);
			if ((g & 4) != 0) turned = turned.transpose(2, 3);
			return (complex == 2 ? phase(turned, g >> 3) : turned).contiguous();
		});
	}

	/** Times i to the power of {@code quarters}. */
	private static Tensor phase(final Tensor images, final int quarters) {
		if (quarters == 0) return images;
		final Tensor real = images.narrow(1, 0, 1), imaginary = images.narrow(1, 1, 1), rest = images.narrow(1, 2, images.size(1) - 2);
		return switch (quarters) {
			case 1 -> torch.cat(new TensorVector(imaginary.neg(), real, rest), 1);
			case 2 -> torch.cat(new TensorVector(real.neg(), imaginary.neg(), rest), 1);
			default -> torch.cat(new TensorVector(imaginary, real.neg(), rest), 1);
		};
	}

	@Override
	public boolean supportsGradient() {
		return prior.supportsGradient();
	}

	@Override
	public int conditioning() {
		return prior.conditioning();
	}

	@Override
	public DiffusionPrior given(final Tensor channels) {
		prior.given(channels);
		return new TurnedPrior(prior, channels);
	}

	@Override
	public void close() {
		prior.close();
	}
}
