package org.posteriorj.prior;

import java.util.Arrays;
import java.util.List;

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
	private final double sigmaData;

	/** For images of one size. */
	public GaussianMixturePrior(final int channels, final int rows, final int columns, final List<Component> components) {
		this.channels = channels;
		this.rows = rows;
		this.columns = columns;
		this.components = List.copyOf(components);
		spectra = components.stream().map(c -> c.spectrum().grid(rows, columns)).toArray(double[][]::new);
		double square = 0, weights = 0;
		for (int k = 0; k < spectra.length; k++) {
			final Component c = components.get(k);
			if (c.mean().length != channels * rows * columns || !(c.weight() > 0)) {
				throw new IllegalArgumentException("Gaussian mixture: component " + k + " has " + c.mean().length + " values and weight " + c.weight() +
					", expected " + channels * rows * columns + " values and a positive weight.");
			}
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
		return Tensors.eachItem(noisy, x -> Scopes.keep(() -> {
			final int count = components.size();
			final double[] logs = new double[count];
			final Tensor[] parts = new Tensor[count];
			for (int k = 0; k < count; k++) {
				final Tensor mean = mean(k), residual = x.sub(mean);
				logs[k] = Math.log(components.get(k).weight()) + logDensity(k, residual, sigma * sigma);
				final double[] gains = Arrays.stream(spectra[k]).map(s -> s / (s + sigma * sigma)).toArray();
				parts[k] = mean.add(GaussianFieldPrior.filterOne(residual, grid(gains)));
			}
			final double[] shares = softmax(logs);
			Tensor sum = Tensors.scale(parts[0], shares[0]);
			for (int k = 1; k < count; k++) sum = Tensors.add(sum, shares[k], parts[k]);
			return sum;
		}));
	}

	/** {@code -1/2 sum |F r|^2 / (S + v) - c/2 sum ln(S + v)}, c channels. */
	private double logDensity(final int k, final Tensor residual, final double v) {
		final Tensor complex = channels == 2 ? Complex.fromChannels(residual) : residual.squeeze(1).to(torch.ScalarType.ComplexFloat);
		final double[] power = Tensors.toDoubles(torch.fft_fft2(complex).abs().square());
		double sum = 0;
		for (int i = 0; i < power.length; i++) {
			final double variance = spectra[k][i] + v;
			sum += power[i] / (rows * columns) / variance + channels * Math.log(variance);
		}
		return -0.5 * sum;
	}

	/** {@code exp(l_k) / sum exp(l)}. */
	public static double[] softmax(final double[] logs) {
		final double max = Arrays.stream(logs).max().orElseThrow();
		final double[] shares = Arrays.stream(logs).map(l -> Math.exp(l - max)).toArray();
		final double total = Arrays.stream(shares).sum();
		return Arrays.stream(shares).map(s -> s / total).toArray();
	}

	private Tensor mean(final int k) {
		return Tensors.of(components.get(k).mean(), 1, channels, rows, columns);
	}

	private Tensor grid(final double[] values) {
		return Tensors.ofDoubles(values, rows, columns).to(torch.ScalarType.Float);
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
