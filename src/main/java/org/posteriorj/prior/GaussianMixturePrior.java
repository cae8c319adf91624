package org.posteriorj.prior;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A mixture of stationary Gaussian fields, {@code p = sum_k w_k N(m_k, C_k)}, C_k diagonal in k-space: the prior with several
 * modes whose posteriors are known exactly.
 * <p>
 * {@code D = sum_k r_k [m_k + C_k (C_k + sigma^2)^-1 (x - m_k)]}, {@code r_k} proportional to {@code w_k N(x; m_k, C_k + sigma^2)}.
 * Computed in k-space, in double precision, item by item.
 */
public final class GaussianMixturePrior implements DiffusionPrior {

	/**
	 * One component.
	 *
	 * @param weight w, positive; the weights are scaled to add up to 1
	 * @param mean m, [channel][row][column]
	 * @param spectrum S, the diagonal of C
	 */
	public record Component(double weight, float[] mean, Spectrum spectrum) {}

	private final int channels;
	private final int rows;
	private final int columns;
	private final List<Component> components;
	private final double[][] spectra;
	private final double[][] means;
	private final double sigmaData;

	/** For images of one size. */
	public GaussianMixturePrior(final int channels, final int rows, final int columns, final List<Component> components) {
		this.channels = channels;
		this.rows = rows;
		this.columns = columns;
		this.components = List.copyOf(components);
		spectra = components.stream().map(c -> c.spectrum().grid(rows, columns)).toArray(double[][]::new);
		means = new double[components.size()][];
		double square = 0, weights = 0;
		for (int k = 0; k < spectra.length; k++) {
			final Component c = components.get(k);
			if (c.mean().length != channels * rows * columns || !(c.weight() > 0)) {
				throw new IllegalArgumentException("Gaussian mixture: component " + k + " has " + c.mean().length + " values and weight " + c.weight() +
					", expected " + channels * rows * columns + " values and a positive weight.");
			}
			means[k] = Scopes.compute(() -> transform(Tensors.of(c.mean(), 1, channels, rows, columns))[0]);
			double mean = 0;
			for (final float m : c.mean()) mean += (double) m * m / c.mean().length;
			square += c.weight() * (mean + Arrays.stream(spectra[k]).average().orElseThrow());
			weights += c.weight();
		}
		sigmaData = Math.sqrt(square / weights);
	}

	@Override
	public String name() {
		return "gaussian-mixture";
	}

	@Override
	public int channels() {
		return channels;
	}

	/** The components. */
	public List<Component> components() {
		return components;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return Scopes.keep(() -> {
			final double[][] items = transform(noisy);
			final Level level = new Level(sigma);
			for (int b = 0; b < items.length; b++) items[b] = level.at(items[b]).mean();
			return images(items, noisy);
		});
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		return Scopes.keepAll(() -> {
			final double[][] items = transform(noisy), denoised = new double[items.length][];
			final Level level = new Level(sigma);
			for (int b = 0; b < items.length; b++) denoised[b] = level.at(items[b]).mean();
			final Tensor images = images(denoised, noisy);
			final double[][] gradient = transform(cotangent.apply(images));
			for (int b = 0; b < items.length; b++) gradient[b] = level.at(items[b]).jacobian(gradient[b]);
			return new Tensor[] { images, images(gradient, noisy) };
		});
	}

	@Override
	public boolean supportsGradient() {
		return true;
	}

	/** {@code p(k | x + sigma n = image)} of each item of a batch; sigma = 0 tells which component an image is of. */
	public double[][] shares(final Tensor images, final double sigma) {
		final Level level = new Level(sigma);
		return Arrays.stream(Scopes.compute(() -> transform(images))).map(x -> level.at(x).shares()).toArray(double[][]::new);
	}

	/** What is the same for all images at a noise level. */
	private final class Level {

		private final double variance;
		private final double[] logs = new double[components.size()];

		Level(final double sigma) {
			variance = sigma * sigma;
			for (int k = 0; k < logs.length; k++) {
				logs[k] = Math.log(components.get(k).weight());
				for (final double s : spectra[k]) logs[k] -= 0.5 * channels * Math.log(s + variance);
			}
		}

		/** The posterior of the clean image behind an image with spectrum x. */
		Clean at(final double[] x) {
			final double[] shares = logs.clone();
			for (int k = 0; k < shares.length; k++) {
				double sum = 0;
				for (int i = 0; i < x.length; i++) {
					final double r = x[i] - means[k][i];
					sum += r * r / (spectra[k][i / 2] + variance);
				}
				shares[k] -= 0.5 * sum / (rows * columns);
			}
			return new Clean(x, variance, softmax(shares));
		}
	}

	/** {@code p(x0 | x0 + sigma n)}: a mixture again. */
	private final class Clean {

		private final double[] x;
		private final double variance;
		private final double[] shares;

		Clean(final double[] x, final double variance, final double[] shares) {
			this.x = x;
			this.variance = variance;
			this.shares = shares;
		}

		double[] shares() {
			return shares;
		}

		/** {@code a_k = m_k + S_k / (S_k + sigma^2) (x - m_k)}. */
		private double part(final int k, final int i) {
			return means[k][i] + spectra[k][i / 2] / (spectra[k][i / 2] + variance) * (x[i] - means[k][i]);
		}

		/** {@code D = sum_k r_k a_k}. */
		double[] mean() {
			final double[] mean = new double[x.length];
			for (int k = 0; k < shares.length; k++) for (int i = 0; i < x.length; i++) mean[i] += shares[k] * part(k, i);
			return mean;
		}

		/** {@code J c = sum_k r_k [S_k / (S_k + sigma^2) c + (a_k - D) (a_k - D)^T c / sigma^2]}; J is symmetric. */
		double[] jacobian(final double[] c) {
			final double[] mean = mean(), product = new double[x.length];
			for (int k = 0; k < shares.length; k++) {
				double dot = 0;
				for (int i = 0; i < x.length; i++) dot += (part(k, i) - mean[i]) * c[i];
				dot /= rows * columns * variance;
				for (int i = 0; i < x.length; i++) {
					product[i] += shares[k] * (spectra[k][i / 2] / (spectra[k][i / 2] + variance) * c[i] + dot * (part(k, i) - mean[i]));
				}
			}
			return product;
		}
	}

	/** {@code exp(l_k) / sum exp(l)}. */
	public static double[] softmax(final double[] logs) {
		final double max = Arrays.stream(logs).max().orElseThrow();
		final double[] shares = Arrays.stream(logs).map(l -> Math.exp(l - max)).toArray();
		final double total = Arrays.stream(shares).sum();
		return Arrays.stream(shares).map(s -> s / total).toArray();
	}

	/** The unnormalised Fourier transform of each item, real and imaginary part of every point. */
	private double[][] transform(final Tensor images) {
		final int n = 2 * rows * columns;
		final double[] all = Tensors.toDoubles(Complex.toPairs(Tensors.eachItem(images, x -> Scopes.keep(() -> torch.fft_fft2(channels == 2 ? Complex.fromChannels(x)
			.to(torch.ScalarType.ComplexDouble) : x.squeeze(1).to(torch.ScalarType.ComplexDouble))))));
		final double[][] items = new double[all.length / n][];
		for (int b = 0; b < items.length; b++) items[b] = Arrays.copyOfRange(all, b * n, (b + 1) * n);
		return items;
	}

	/** The images of such transforms, where {@code like} is. */
	private Tensor images(final double[][] items, final Tensor like) {
		final int n = 2 * rows * columns;
		final double[] all = new double[items.length * n];
		for (int b = 0; b < items.length; b++) System.arraycopy(items[b], 0, all, b * n, n);
		final Tensor spectra = Complex.fromPairs(Tensors.ofDoubles(all, items.length, rows, columns, 2));
		final Tensor images = Tensors.eachItem(spectra, x -> Scopes.keep(() -> torch.fft_ifft2(x)));
		final Tensor planes = channels == 2 ? Complex.toChannels(images) : torch.real(images).unsqueeze(1);
		return Tensors.to(planes.to(torch.ScalarType.Float), like.device());
	}

	@Override
	public double sigmaMin() {
		return 1e-4 * sigmaData;
	}

	@Override
	public double sigmaMax() {
		return 1e3 * sigmaData;
	}

	@Override
	public double sigmaData() {
		return sigmaData;
	}
}
