package org.posteriorj.prior;

import java.util.Arrays;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * The network call itself: {@code D = skip x + out net(in x, label)}. Of a network that predicts variances too, the first C channels.
 * A conditional network gets its condition behind the image, zeros where there is none.
 *
 * @param conditioning channels of the condition
 * @param condition [1, conditioning, H, W], null for none
 */
record NetworkDenoiser(Script network, String where, Parameterisation parameterisation, NoiseLabel label, int conditioning, Tensor condition) implements
	Denoiser
{

	@Override
	public Tensor at(final Tensor noisy, final double sigma) {
		final Parameterisation.Coefficients c = parameterisation.at(sigma);
		final Tensor input = conditioned(c.in() == 1 ? noisy : Tensors.scale(noisy, c.in()));
		final Tensor output = image(network.forward(input, label(noisy, sigma)), noisy);
		final Tensor scaled = c.out() == 1 ? output : Tensors.scale(output, c.out());
		return c.skip() == 0 ? scaled : Tensors.add(scaled, c.skip(), noisy);
	}

	private Tensor conditioned(final Tensor noisy) {
		if (conditioning == 0) return noisy;
		final Tensor further = condition == null ? Tensors.to(Tensors.zeros(1, conditioning, noisy.size(2), noisy.size(3)), noisy.device()) : condition;
		return Tensors.channels(noisy, further.expand(noisy.size(0), conditioning, noisy.size(2), noisy.size(3)));
	}

	private Tensor label(final Tensor noisy, final double sigma) {
		final double value = label.of(sigma);
		final int batch = (int) noisy.size(0);
		if (label.whole()) {
			final long[] labels = new long[batch];
			Arrays.fill(labels, (long) value);
			return Tensors.to(Tensors.ofLongs(labels, batch), noisy.device());
		}
		final float[] labels = new float[batch];
		Arrays.fill(labels, (float) value);
		return Tensors.to(Tensors.of(labels, batch), noisy.device());
	}

	private Tensor image(final Tensor output, final Tensor noisy) {
		final long[] got = Shapes.of(output), wanted = Shapes.of(noisy);
		final boolean variances = got.length == 4 && got[1] == 2 * wanted[1];
		if (variances) got[1] = wanted[1];
		if (!Arrays.equals(got, wanted)) {
			throw new IllegalArgumentException(where + ": the network answers an image of shape " + Arrays.toString(wanted) + " with " + Arrays.toString(Shapes
				.of(output)) + ", expected the same shape or twice the channels - check channels and size in " + PriorMeta.FILE + ".");
		}
		final Tensor image = variances ? output.narrow(1, 0, wanted[1]) : output;
		return image.to(noisy.scalar_type());
	}
}
