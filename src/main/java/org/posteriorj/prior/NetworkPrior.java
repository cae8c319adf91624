package org.posteriorj.prior;

import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.Gradients;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * A TorchScript network as a prior: {@code D(x; sigma)} is one call of its method {@code forward(x, sigma)}.
 * <p>
 * On the CPU images are evaluated one by one, so that a result does not depend on its batch.
 */
public final class NetworkPrior implements DiffusionPrior, AutoCloseable {

	private static final int SMALLEST = 32;

	private final Script network;
	private final PriorMeta meta;

	/** @param network maps noisy images [B, C, H, W] and sigma [B] to D; owned by this prior from now on */
	public NetworkPrior(final Script network, final PriorMeta meta) {
		this.network = network;
		this.meta = meta;
	}

	/** What the file says about itself. */
	public PriorMeta meta() {
		return meta;
	}

	@Override
	public String name() {
		return meta.name();
	}

	@Override
	public int channels() {
		return meta.channels();
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		check(noisy);
		return Tensors.eachItem(noisy, x -> Scopes.keep(() -> network.forward(x, level(x, sigma))));
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		check(noisy);
		return Gradients.vectorJacobian(x -> network.forward(x, level(x, sigma)), noisy, cotangent);
	}

	@Override
	public boolean supportsGradient() {
		return true;
	}

	@Override
	public double sigmaMin() {
		return meta.sigmaMin();
	}

	@Override
	public double sigmaMax() {
		return meta.sigmaMax();
	}

	@Override
	public double sigmaData() {
		return meta.sigmaData();
	}

	@Override
	public void close() {
		network.close();
	}

	private void check(final Tensor noisy) {
		final long[] shape = Shapes.of(noisy);
		if (shape.length != 4 || shape[1] != channels()) {
			throw new IllegalArgumentException("prior " + name() + ": the image has shape " + java.util.Arrays.toString(shape) + ", expected [B, " +
				channels() + ", H, W] - " + (channels() == 2 ? "this prior is for complex images." : "this prior is for real images."));
		}
		if (shape[2] < SMALLEST || shape[3] < SMALLEST) {
			throw new IllegalArgumentException("prior " + name() + ": the image has " + shape[2] + " x " + shape[3] + " pixels, at least " + SMALLEST +
				" x " + SMALLEST + " are needed.");
		}
	}

	private static Tensor level(final Tensor like, final double sigma) {
		final float[] levels = new float[(int) like.size(0)];
		java.util.Arrays.fill(levels, (float) sigma);
		return Tensors.to(Tensors.of(levels, levels.length), like.device());
	}
}
