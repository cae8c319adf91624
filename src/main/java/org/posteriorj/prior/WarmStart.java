package org.posteriorj.prior;

import java.util.Arrays;
import java.util.Map;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Shapes;

/**
 * Begins a training from the weights of a prior instead of random ones. A network with a condition may begin from one without: the weights of
 * the channels that it has besides are zero, so that it begins as the same denoiser.
 */
public final class WarmStart {

	private static final String STEM = "stem_weight";

	private WarmStart() {}

	/**
	 * Copies the weights.
	 *
	 * @param network what is going to be trained, of {@link UNet}
	 * @throws IllegalArgumentException if the prior is another kind of network, or of another shape
	 */
	public static void copy(final NetworkPrior from, final Script network) {
		Scopes.run(() -> {
			final Map<String, Tensor> found = from.network().parameters(), wanted = network.parameters();
			if (!found.keySet().equals(wanted.keySet())) throw refusal(from, "its parts are others");
			for (final Map.Entry<String, Tensor> entry : wanted.entrySet()) {
				final Tensor target = entry.getValue().detach(), value = found.get(entry.getKey()).detach();
				final long[] old = Shapes.of(value), now = Shapes.of(target);
				final boolean wider = entry.getKey().equals(STEM) && old[1] < now[1];
				if (wider) {
					target.zero_();
					now[1] = old[1];
				}
				if (!Arrays.equals(old, now)) throw refusal(from, entry.getKey() + " has shape " + Arrays.toString(old) + ", expected " + Arrays.toString(Shapes.of(
					target)));
				(wider ? target.narrow(1, 0, old[1]) : target).copy_(value);
			}
		});
	}

	private static IllegalArgumentException refusal(final NetworkPrior from, final String why) {
		return new IllegalArgumentException("start: the network of prior " + from.name() + " does not fit the one to train: " + why + " - choose the same network and channels.");
	}
}
