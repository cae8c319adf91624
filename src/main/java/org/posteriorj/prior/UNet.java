package org.posteriorj.prior;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Script;
import org.posteriorj.tensor.Tensors;

/**
 * Builds the denoising U-Net {@code D(x, sigma)} as TorchScript, EDM-preconditioned:
 * {@code D = c_skip x + c_out F(c_in x; ln sigma)}.
 * <p>
 * F: 2x2 space-to-depth, residual 3x3 blocks at four scales with additive skips. Normalisation is the root mean square
 * over the channels of one pixel, so nothing depends on the size of the image; the noise level scales and shifts every
 * block. Sizes that are no multiple of 16 are padded by reflection inside. Input [B, C + conditioning, H, W], only the
 * first C channels are noisy; output [B, C, H, W].
 * <p>
 * A condition is an image z of C channels, the noise of the data, and the part k of the image that the data determine, so that z has an error of
 * variance {@code v = (1 - k) sd^2}: {@code D = (v x + sigma^2 z) / (v + sigma^2) + sqrt(v sigma^2 / (v + sigma^2)) F}. A condition of zeros says nothing,
 * and leaves the formula above.
 *
 * @see "T. Karras et al., Elucidating the design space of diffusion-based generative models, NeurIPS 2022"
 */
public final class UNet {

	private static final int FEATURES = 32;
	private static final int EMBEDDING = 128;
	// libtorch's numbers of dtypes and layouts; TorchScript text that is compiled from Java does not know their names
	private static final int FLOAT32 = 6;
	private static final int BFLOAT16 = 15;
	private static final int CHANNELS_LAST = 2;

	/**
	 * The shape of a network.
	 *
	 * @param channels image channels, 2 complex, 1 real
	 * @param conditioning further input channels that are not denoised: none, or the image channels and two
	 * @param widths channels at each scale, finest first
	 * @param blocks residual blocks at each scale on the way down; as many on the way up, the coarsest has them once
	 * @param sigmaData root mean square of the images
	 * @param stem pixels along each side that become channels at the entrance
	 * @param kernel rows and columns of the convolutions of the blocks, odd
	 */
	public record Design(int channels, int conditioning, int[] widths, int[] blocks, double sigmaData, int stem, int kernel) {

		/** 2x2 space-to-depth, 3x3 kernels: what the measured designs have. */
		public Design(final int channels, final int conditioning, final int[] widths, final int[] blocks, final double sigmaData) {
			this(channels, conditioning, widths, blocks, sigmaData, 2, 3);
		}

		public Design {
			if (conditioning != 0 && conditioning != channels + 2) {
				throw new IllegalArgumentException("U-Net: expected conditioning channels 0 or " + (channels + 2) + " for " + channels + " image channels, got " + conditioning + ".");
			}
		}

		/** What ships: fits a laptop, 10 GFLOP per 256 x 256 image, 2 million weights; with 32 channels at the finest scale, as the first priors had, 0.2 dB less. */
		public static Design laptop(final int channels, final int conditioning, final double sigmaData) {
			return new Design(channels, conditioning, new int[] { 48, 80, 96, 96 }, new int[] { 1, 2, 2, 2 }, sigmaData);
		}

		/** For a first try: 0.9 GFLOP per 256 x 256 image, 0.14 million weights. */
		public static Design small(final int channels, final int conditioning, final double sigmaData) {
			return new Design(channels, conditioning, new int[] { 16, 24, 32 }, new int[] { 1, 1, 1 }, sigmaData);
		}

		/** For GPUs: two to three times as wide as {@link #laptop} at every scale, and deeper. */
		public static Design large(final int channels, final int conditioning, final double sigmaData) {
			return new Design(channels, conditioning, new int[] { 96, 192, 256, 320 }, new int[] { 2, 2, 3, 3 }, sigmaData);
		}

		/** Number of weights, to a few percent: the convolutions of the residual blocks and their noise modulation. */
		public long weights() {
			long count = 0;
			for (int s = 0; s < widths.length; s++) count += (long) blocksAt(s) * widths[s] * (2L * kernel * kernel * widths[s] + 2 * EMBEDDING);
			for (int s = 1; s < widths.length; s++) count += 8L * widths[s - 1] * widths[s];
			return count;
		}

		/** Channels of all residual blocks per pixel of the image. */
		public double activations() {
			double sum = 0;
			for (int s = 0; s < widths.length; s++) sum += blocksAt(s) * widths[s] / (Math.pow(4, s) * stem * stem);
			return sum;
		}

		/** Multiplications and additions of one evaluation of a size, in 1e9. */
		public double gflop(final int rows, final int columns) {
			double perPixel = 0;
			for (int s = 0; s < widths.length; s++) {
				final double here = 1 / (Math.pow(4, s) * stem * stem);
				perPixel += 4.0 * kernel * kernel * blocksAt(s) * widths[s] * widths[s] * here;
				if (s > 0) perPixel += 16.0 * widths[s - 1] * widths[s] * here;
			}
			perPixel += 18.0 * widths[0] * (2 * channels + conditioning);
			return perPixel * rows * columns / 1e9;
		}

		/** Blocks at a scale, down and up together. */
		private int blocksAt(final int scale) {
			return blocks[scale] + (scale == widths.length - 1 ? 0 : Math.max(2, blocks[scale]));
		}
	}

	private final Design design;
	private final SampleRandom random;
	private Script root;

	private UNet(final Design design, final long seed) {
		this.design = design;
		this.random = SampleRandom.single(seed, 0);
	}

	/** A network with random weights; the caller closes it. */
	public static Script build(final Design design, final long seed) {
		return new UNet(design, seed).build();
	}

	private Script build() {
		root = Script.create("UNet");
		Scopes.run(this::assemble);
		return root;
	}

	private void assemble() {
		final int[] widths = design.widths();
		final int scales = widths.length;
		final int pixels = design.stem() * design.stem(), image = pixels * design.channels(), input = pixels * (design.channels() + design.conditioning());
		final StringBuilder body = new StringBuilder();
		linear("embed1", 2 * FEATURES, EMBEDDING, 1);
		linear("embed2", EMBEDDING, EMBEDDING, 1);
		convolution(root, "stem", input, widths[0], 3, 1);
		body.append("    h = torch.conv2d(h, self.stem_weight.to(h.dtype), self.stem_bias.to(h.dtype), [1, 1], [1, 1])\n");
		for (int s = 0; s < scales; s++) {
			for (int b = 0; b < design.blocks()[s]; b++) body.append(block("down" + s + "_" + b, widths[s]));
			if (s == scales - 1) break;
			body.append("    skip").append(s).append(" = h\n");
			convolution(root, "pool" + s, widths[s], widths[s + 1], 2, 1);
			body.append("    h = torch.conv2d(h, self.pool").append(s).append("_weight.to(h.dtype), self.pool").append(s).append("_bias.to(h.dtype), [2, 2])\n");
		}
		for (int s = scales - 2; s >= 0; s--) {
			root.parameter("unpool" + s + "_weight", normal(Math.sqrt(1.0 / widths[s + 1]), widths[s + 1], widths[s], 2, 2));
			root.parameter("unpool" + s + "_bias", Tensors.zeros(widths[s]));
			body.append("    h = torch.conv_transpose2d(h, self.unpool").append(s).append("_weight.to(h.dtype), self.unpool").append(s).append(
				"_bias.to(h.dtype), [2, 2]) + skip").append(s).append("\n");
			for (int b = 0; b < Math.max(2, design.blocks()[s]); b++) body.append(block("up" + s + "_" + b, widths[s]));
		}
		convolution(root, "head", widths[0], image, 3, 0);
		body.append("    h = torch.silu(h * torch.rsqrt(torch.mean(h * h, 1, True) + 1e-6))\n");
		body.append("    h = torch.conv2d(h, self.head_weight.to(h.dtype), self.head_bias.to(h.dtype), [1, 1], [1, 1])\n");
		root.define(text("forward", FLOAT32, body.toString()));
		root.define(text("forward16", BFLOAT16, body.toString()));
	}

	/** {@code forward} computes in float32; {@code forward16} the same in bfloat16, for training on processors that have it. */
	private String text(final String method, final int type, final String body) {
		final double s2 = design.sigmaData() * design.sigmaData();
		final int multiple = design.stem() << design.widths().length - 1;
		return "def " + method + "(self, x: Tensor, sigma: Tensor) -> Tensor:\n" +
			"    rows, columns = x.size(2), x.size(3)\n" +
			"    below, right = (-rows) % " + multiple + ", (-columns) % " + multiple + "\n" +
			"    s = sigma.reshape(-1, 1, 1, 1)\n" +
			"    c_in = torch.rsqrt(s * s + " + s2 + ")\n" +
			"    noisy = x[:, :" + design.channels() + "]\n" +
			(design.conditioning() == 0 ? "    h = x * c_in\n" : conditionText(s2)) +
			"    if below > 0 or right > 0:\n" +
			"        h = torch.reflection_pad2d(h, [0, right, 0, below])\n" +
			"    h = torch.pixel_unshuffle(h, " + design.stem() + ").to(" + type + ").contiguous(memory_format=" + CHANNELS_LAST + ")\n" +
			"    t = torch.log(sigma).reshape(-1, 1) * torch.arange(1, " + (FEATURES + 1) + ", device=x.device) * 0.2\n" +
			"    e = torch.cat([torch.cos(t), torch.sin(t)], 1).to(x.dtype)\n" +
			"    e = torch.silu(torch.linear(e, self.embed1_weight, self.embed1_bias))\n" +
			"    e = torch.silu(torch.linear(e, self.embed2_weight, self.embed2_bias))\n" +
			body +
			"    h = torch.pixel_shuffle(h, " + design.stem() + ").to(x.dtype)\n" +
			"    h = h[:, :, :rows, :columns].contiguous()\n" +
			(design.conditioning() == 0 ? "    return noisy * (" + s2 + " * c_in * c_in) + h * (s * " + design.sigmaData() + " * c_in)\n"
				: "    return (noisy * v + image * s * s) / (v + s * s) + h * s * torch.sqrt(v / (v + s * s))\n");
	}

	private String conditionText(final double s2) {
		final int c = design.channels();
		return "    image = x[:, " + c + ":" + 2 * c + "]\n" +
			"    v = (1.0 - x[:, " + (2 * c + 1) + ":]) * " + s2 + "\n" +
			"    h = torch.cat([noisy * c_in, image * " + 1 / design.sigmaData() + ", x[:, " + 2 * c + ":]], 1)\n";
	}

	/** {@code x + conv(silu(film(conv(silu(norm(x))))))}; the last convolution starts at zero. */
	private String block(final String name, final int width) {
		final Script block = root.child("Block");
		final int kernel = design.kernel(), edge = kernel / 2;
		convolution(block, "conv1", width, width, kernel, 1);
		convolution(block, "conv2", width, width, kernel, 0);
		block.parameter("film_weight", normal(0.02, 2 * width, EMBEDDING));
		block.parameter("film_bias", Tensors.zeros(2 * width));
		block.define("def forward(self, x: Tensor, e: Tensor) -> Tensor:\n" +
			"    h = torch.silu(x * torch.rsqrt(torch.mean(x * x, 1, True) + 1e-6))\n" +
			"    h = torch.conv2d(h, self.conv1_weight.to(h.dtype), self.conv1_bias.to(h.dtype), [1, 1], [" + edge + ", " + edge + "])\n" +
			"    film = torch.linear(e, self.film_weight, self.film_bias).to(h.dtype).unsqueeze(-1).unsqueeze(-1)\n" +
			"    h = torch.silu(torch.addcmul(film[:, " + width + ":], h, film[:, :" + width + "] + 1.0))\n" +
			"    return x + torch.conv2d(h, self.conv2_weight.to(h.dtype), self.conv2_bias.to(h.dtype), [1, 1], [" + edge + ", " + edge + "])\n");
		root.module(name, block);
		block.close();
		return "    h = self." + name + ".forward(h, e)\n";
	}

	/** Weights of variance gain / (inputs per output), zero bias. */
	private void convolution(final Script owner, final String name, final int in, final int out, final int kernel, final double gain) {
		owner.parameter(name + "_weight", normal(Math.sqrt(gain / ((double) in * kernel * kernel)), out, in, kernel, kernel));
		owner.parameter(name + "_bias", Tensors.zeros(out));
	}

	private void linear(final String name, final int in, final int out, final double gain) {
		root.parameter(name + "_weight", normal(Math.sqrt(gain / in), out, in));
		root.parameter(name + "_bias", Tensors.zeros(out));
	}

	private Tensor normal(final double deviation, final long... shape) {
		return Tensors.scale(random.normal(shape).squeeze(0), deviation).contiguous();
	}
}
