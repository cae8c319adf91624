package org.posteriorj.prior;

import java.util.Arrays;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Shapes;

/**
 * Begins a training from the weights of a prior instead of random ones. A network with a condition may begin from one without: the weights of
 * the channels that it has besides are zero, so that it begins as the same denoiser. A network with wider scales may begin from a narrower one: its further channels
 * are random, and nothing looks at them yet; it begins as nearly the same denoiser, for they take part in the normalisation.
 *
 * @see "T. Chen et al., Net2Net: accelerating learning via knowledge transfer, ICLR 2016"
 */
public final class WarmStart {

	private static final String TRANSPOSED = "unpool", SCALE_AND_SHIFT = "film";

	private WarmStart() {}

	/**
	 * Copies the weights.
	 *
	 * @param network what is going to be trained, of {@link UNet}
	 * @throws IllegalArgumentException if the prior is another kind of network, or of a shape that does not fit into this one
	 */
	public static void copy(final NetworkPrior from, final Script network) {
		Scopes.run(() -> {
			final Map<String, Tensor> found = from.network().parameters(), wanted = network.parameters();
			if (!found.keySet().equals(wanted.keySet())) throw refusal(from, "its parts are others");
			wanted.forEach((name, parameter) -> {
				final Tensor value = found.get(name).detach(), target = parameter.detach();
				if (!fits(Shapes.of(value), Shapes.of(target))) throw refusal(from, name + " has shape " + Arrays.toString(Shapes.of(value)) + ", expected " + Arrays.toString(
					Shapes.of(target)));
				paste(name, value, target);
			});
		});
	}

	/** As many dimensions, channels at least as many, kernels the same. */
	private static boolean fits(final long[] found, final long[] wanted) {
		if (found.length != wanted.length) return false;
		for (int d = 0; d < found.length; d++) if (d < 2 ? found[d] > wanted[d] : found[d] != wanted[d]) return false;
		return true;
	}

	private static void paste(final String name, final Tensor value, final Tensor target) {
		final long outputs = value.size(0);
		if (name.contains(SCALE_AND_SHIFT)) {
			for (int half = 0; half < 2; half++) target.narrow(0, half * target.size(0) / 2, outputs / 2).copy_(value.narrow(0, half * outputs / 2, outputs / 2));
			return;
		}
		if (value.dim() == 1) {
			target.narrow(0, 0, outputs).copy_(value);
			return;
		}
		final int input = name.startsWith(TRANSPOSED) ? 0 : 1, output = 1 - input;
		final long known = value.size(input);
		target.narrow(input, known, target.size(input) - known).zero_();
		target.narrow(input, 0, known).narrow(output, 0, value.size(output)).copy_(value);
	}

	private static IllegalArgumentException refusal(final NetworkPrior from, final String why) {
		return new IllegalArgumentException("start: the network of prior " + from.name() + " does not fit the one to train: " + why + " - choose the same network and channels.");
	}
}
