package org.posteriorj.prior;

import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A stationary Gaussian field of zero mean, {@code C = F^H diag(S) F}, as a prior: {@code D(x; sigma) = F^H S / (S + sigma^2) F x}.
 * <p>
 * Periodic. Real and imaginary part are independent, each with spectrum S. Everything about it is known exactly, so it is
 * what samplers are tested with; fitted to images it is the simplest prior that works.
 */
public final class GaussianFieldPrior implements DiffusionPrior {

	private static final double SIGMA_MIN = 1e-4;
	private static final double SIGMA_MAX = 1e3;
	private static final int TYPICAL_SIZE = 128;

	private final String name;
	private final int channels;
	private final Spectrum spectrum;
	private final double sigmaData;

	/** @param channels 2 complex, 1 real */
	public GaussianFieldPrior(final String name, final int channels, final Spectrum spectrum) {
		if (channels != 1 && channels != 2) throw new IllegalArgumentException("Gaussian field: channels must be 1 or 2, got " + channels + ".");
		this.name = name;
		this.channels = channels;
		this.spectrum = spectrum;
		sigmaData = Math.sqrt(spectrum.variance(TYPICAL_SIZE, TYPICAL_SIZE));
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public int channels() {
		return channels;
	}

	/** The spectrum S. */
	public Spectrum spectrum() {
		return spectrum;
	}

	@Override
	public Tensor denoise(final Tensor noisy, final double sigma) {
		return filter(noisy, s -> s / (s + sigma * sigma));
	}

	@Override
	public Tensor[] denoiseWithGradient(final Tensor noisy, final double sigma, final UnaryOperator<Tensor> cotangent) {
		// the filter is its own transposed Jacobian
		return Scopes.keepAll(() -> {
			final Tensor denoised = denoise(noisy, sigma);
			return new Tensor[] { denoised, denoise(cotangent.apply(denoised), sigma) };
		});
	}

	@Override
	public boolean supportsGradient() {
		return true;
	}

	/** {@code C^(1/2) x}: white noise becomes a sample of the field. */
	public Tensor colour(final Tensor images) {
		return filter(images, Math::sqrt);
	}

	private Tensor filter(final Tensor images, final java.util.function.DoubleUnaryOperator gain) {
		final int rows = (int) images.size(2), columns = (int) images.size(3);
		final double[] gains = Arrays.stream(spectrum.grid(rows, columns)).map(gain).toArray();
		return Scopes.keep(() -> {
			final Tensor g = Tensors.to(Tensors.ofDoubles(gains, rows, columns).to(torch.ScalarType.Float), images.device());
			return Tensors.eachItem(images, x -> Scopes.keep(() -> filterOne(x, g)));
		});
	}

	static Tensor filterOne(final Tensor image, final Tensor gain) {
		if (image.size(1) == 2) return Complex.toChannels(torch.fft_ifft2(torch.fft_fft2(Complex.fromChannels(image)).mul(gain)));
		return torch.real(torch.fft_ifft2(torch.fft_fft2(image.to(torch.ScalarType.ComplexFloat)).mul(gain))).contiguous();
	}

	@Override
	public double sigmaMin() {
		return SIGMA_MIN * sigmaData;
	}

	@Override
	public double sigmaMax() {
		return SIGMA_MAX * sigmaData;
	}

	@Override
	public double sigmaData() {
		return sigmaData;
	}
}
