package org.posteriorj.prior.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.Progress;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;
import org.posteriorj.tensor.Training;

/**
 * Trains a denoiser: {@code min E w(sigma) |D(x + sigma n; sigma) - x|^2}, {@code w = (sigma^2 + v) / (sigma^2 v)}, v = sd^2
 * times the part of the image that a condition leaves open,
 * AdamW with warm-up and cosine decay, moving average of the weights.
 * <p>
 * Every step is a function of (seed, step), so a resumed run continues the same curve.
 *
 * @see "T. Karras et al., NeurIPS 2022, table 1"
 */
public final class Trainer implements AutoCloseable {

	/** Smallest noise level that is trained, prior units. */
	public static final double SIGMA_MIN = Batches.SIGMA_MIN;
	/** Largest noise level that is trained, prior units. */
	public static final double SIGMA_MAX = Batches.SIGMA_MAX;

	private static final int WARM_UP = 300;
	private static final double AVERAGE = 0.999;
	private static final int COMPILING_STEPS = 4;

	/**
	 * @param steps length of the run; the learning rate falls to zero at its end
	 * @param batch crops per step
	 * @param crop rows and columns of a crop
	 * @param learningRate peak of AdamW's learning rate
	 * @param half whether the convolutions compute in bfloat16; weights and averages stay float32
	 * @param consistency whether the error is taken after a step of data consistency, for conditional networks
	 * @param immiscible whether every image gets the nearest noise of its batch
	 * @param curriculum whether noise levels go from easy to hard
	 * @param seed seed of crops, levels and noise
	 */
	public record Settings(long steps, int batch, int crop, double learningRate, boolean half, boolean consistency, boolean immiscible,
		boolean curriculum, long seed)
	{}

	private final Script network;
	private final Settings settings;
	private final Training training;
	private final Batches batches;
	private final double sigmaData;
	private final int channels;
	private final Measurements measurements;
	private final ConsistencyLoss consistency;
	private long step;
	private double smoothLoss = Double.NaN;

	/**
	 * @param network with the methods of {@code UNet}; trained in place
	 * @param measurements of the images, for a conditional network; null otherwise
	 */
	public Trainer(final Script network, final TrainingImages images, final Measurements measurements, final int channels, final double sigmaData,
		final Settings settings)
	{
		if (settings.consistency() && measurements == null) throw new IllegalArgumentException(
			"training: data consistency in the loss needs measurements - train a conditional network.");
		this.network = network;
		this.settings = settings;
		this.channels = channels;
		this.sigmaData = sigmaData;
		this.measurements = measurements;
		consistency = settings.consistency() ? new ConsistencyLoss(sigmaData) : null;
		training = new Training(network, settings.learningRate(), 1e-4);
		batches = new Batches(images, measurements, sigmaData, channels, settings);
	}

	/** Trains to the end; {@code afterStep} may validate, save or stop by an exception. */
	public void run(final Progress progress, final Consumer<Trainer> afterStep) {
		CompletableFuture<Batches.Batch> next = prepare(step);
		while (step < settings.steps()) {
			final Batches.Batch batch = next.join();
			next = prepare(step + 1);
			final double loss = training.step(learningRate(), Math.min(AVERAGE, (1.0 + step) / (10.0 + step)), () -> loss(batch));
			if (!Double.isFinite(loss)) {
				throw new IllegalStateException("training: the loss became " + loss + " at step " + step + " - lower the learning rate and resume.");
			}
			smoothLoss = Double.isNaN(smoothLoss) ? loss : 0.99 * smoothLoss + 0.01 * loss;
			step++;
			afterStep.accept(this);
			progress.advance(step, settings.steps(), "training");
		}
	}

	private CompletableFuture<Batches.Batch> prepare(final long ofStep) {
		return CompletableFuture.supplyAsync(() -> batches.of(ofStep));
	}

	private Tensor loss(final Batches.Batch batch) {
		final long n = settings.batch(), size = settings.crop();
		final Tensor clean = Tensors.of(batch.clean(), n, channels, size, size);
		final Tensor sigma = Tensors.of(batch.sigma(), n);
		final Tensor level = sigma.reshape(n, 1, 1, 1);
		final Tensor noisy = clean.add(Tensors.of(batch.noise(), n, channels, size, size).mul(level));
		final Tensor input = measurements == null ? noisy : Tensors.channels(noisy, Tensors.of(batch.condition(), n, measurements.channels(), size, size));
		final Tensor denoised = network.call(settings.half() ? "forward16" : "forward", input, sigma);
		final Tensor weight = Tensors.of(batch.weight(sigmaData), n, 1, 1, 1);
		if (consistency != null) return consistency.of(denoised, clean, weight, batch.sigma(), batch.measured());
		return denoised.sub(clean).mul(weight).square().mean();
	}

	/** Warm-up, then half a cosine. */
	private double learningRate() {
		final double warm = Math.min(1, (step + 1.0) / WARM_UP);
		return settings.learningRate() * warm * 0.5 * (1 + Math.cos(Math.PI * step / settings.steps()));
	}

	/** Steps done. */
	public long step() {
		return step;
	}

	/** Moving average of the loss. */
	public double loss() {
		return smoothLoss;
	}

	/** Denoising error of the averaged weights; of a conditional network with its condition. */
	public double[] validate(final Validation validation) {
		return training.withAverages(() -> validation.psnr(network::forward));
	}

	/** Runs {@code work} on the network with its averaged weights, for saving. */
	public void withAverages(final Consumer<Script> work) {
		training.withAverages(() -> {
			work.accept(network);
			return null;
		});
	}

	/** Scans of so many training examples, of a conditional network. */
	public List<Measurement> scans(final int count) {
		final List<Measurement> scans = new ArrayList<>();
		for (long n = 0; scans.size() < count; n++) batches.of(n).measured().stream().filter(Objects::nonNull).forEach(scans::add);
		return scans.subList(0, count);
	}

	/** Optimizer, weights and averages; for {@link Checkpoint}. */
	Training training() {
		return training;
	}

	/**
	 * A few steps whose result is thrown away by loading a checkpoint.
	 * <p>
	 * NB: libtorch compiles a network in its first steps, and rounds differently until it has; a resumed run must begin compiled
	 * to give the same bits as one that was never interrupted.
	 */
	void compile() {
		for (int i = 0; i < COMPILING_STEPS; i++) {
			final Batches.Batch batch = batches.of(i);
			training.step(0, 0.5, () -> loss(batch));
		}
	}

	/** Continues from a checkpoint. */
	void restore(final long doneSteps, final double doneLoss) {
		step = doneSteps;
		smoothLoss = doneLoss;
	}

	@Override
	public void close() {
		training.close();
	}
}
