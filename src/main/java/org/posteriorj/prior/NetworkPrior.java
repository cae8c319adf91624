package org.posteriorj.prior;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Gradients;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Shapes;
import org.posteriorj.tensor.Tensors;

/**
 * A TorchScript network as a prior. {@code meta.json} says what it predicts and how it wants to be called; a network of our own
 * is {@code D(x; sigma)} itself.
 * <p>
 * On the CPU images are evaluated one by one, so that a result does not depend on its batch.
 */
public final class NetworkPrior implements DiffusionPrior {

	private static final int SMALLEST = 32;

	private final Script network;
	private final PriorMeta meta;
	private final NoiseLabel label;
	private final double rangeScale;
	private final Denoiser denoiser;
	private final DenoisingError error;
	private String hash;

	/** @param network its {@code forward} maps images [B, C, H, W] and labels [B] to images; owned by this prior from now on */
	public NetworkPrior(final Script network, final PriorMeta meta) {
		this.network = network;
		this.meta = meta;
		final Convention convention = meta.conventionOrNone();
		label = meta.label();
		rangeScale = Convention.or(convention.rangeScale(), 1);
		denoiser = denoiser(convention, null);
		error = new DenoisingError(meta.validation(), meta.channels(), meta.sigmaData());
	}

	/** The same weights with a condition. */
	private NetworkPrior(final NetworkPrior whole, final Tensor condition) {
		network = whole.network;
		meta = whole.meta;
		label = whole.label;
		rangeScale = whole.rangeScale;
		denoiser = denoiser(meta.conventionOrNone(), condition);
		error = whole.error;
	}

	private Denoiser denoiser(final Convention convention, final Tensor condition) {
		final double shift = Convention.or(convention.rangeShift(), 0);
		// NB: sigmaData of a raw EDM network is in the network's own units
		final Parameterisation kind = Parameterisation.of(meta.parameterisation(), convention, rangeScale * meta.sigmaData());
		Denoiser made = new NetworkDenoiser(network, "prior " + name(), kind, label, meta.conditioning(), condition);
		if (rangeScale != 1 || shift != 0) made = new PixelRange(made, rangeScale, shift);
		if (convention.fixedSize()) return new Tiled(made, convention.rows(), convention.columns());
		return meta.multipleOf() > 1 ? new Padded(made, meta.multipleOf()) : made;
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
		return Tensors.eachItem(noisy, x -> Scopes.keep(() -> denoiser.at(x, sigma)));
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		check(noisy);
		return Gradients.vectorJacobian(x -> denoiser.at(x, sigma), noisy, cotangent);
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

	/** That of its validation, on images of its kind that it was not trained on. */
	@Override
	public double denoisingError(final double sigma) {
		return error.at(sigma);
	}

	@Override
	public double supportedSigma(final double sigma) {
		return label.nearest(rangeScale * sigma) / rangeScale;
	}

	@Override
	public int conditioning() {
		return meta.conditioning();
	}

	@Override
	public DiffusionPrior given(final Tensor condition) {
		if (conditioning() == 0) return DiffusionPrior.super.given(condition);
		final long[] shape = Shapes.of(condition);
		if (shape.length != 4 || shape[0] != 1 || shape[1] != conditioning()) {
			throw new IllegalArgumentException("prior " + name() + ": the condition has shape " + java.util.Arrays.toString(shape) + ", expected [1, " + conditioning() +
				", H, W] - this prior was trained for other conditions.");
		}
		return new NetworkPrior(this, condition);
	}

	@Override
	public Optional<String> scaling() {
		return Optional.ofNullable(meta.scaling());
	}

	@Override
	public Optional<ConditionRange> trainedOn() {
		return Optional.ofNullable(meta.conditions());
	}

	/** Number of its weights. */
	public long weights() {
		return Scopes.compute(() -> network.parameters().values().stream().mapToLong(Tensor::numel).sum());
	}

	/** SHA-256 of its weights. */
	public synchronized String sha256() {
		if (hash == null) hash = WeightHash.of(network);
		return hash;
	}

	@Override
	public Optional<String> identity() {
		return Optional.of(sha256());
	}

	@Override
	public void to(final ComputeDevice device) {
		network.to(device);
	}

	/** The network itself, which stays owned by this prior. */
	Script network() {
		return network;
	}

	/** The network on a whole batch at once, whatever the device. */
	Tensor denoiseTogether(final Tensor noisy, final double sigma) {
		return Scopes.keep(() -> denoiser.at(noisy, sigma));
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
}
