package org.posteriorj.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Complex images as two real channels, [B, 2, H, W] with channel 0 real and 1 imaginary, to complex64 [B, H, W] and back. */
public final class Complex {

	private Complex() {}

	/** [B, 2, H, W] float32 to [B, H, W] complex64. */
	public static Tensor fromChannels(final Tensor channels) {
		return Scopes.keep(() -> torch.view_as_complex(channels.movedim(1, -1).contiguous()));
	}

	/** [B, H, W] complex64 to [B, 2, H, W] float32. */
	public static Tensor toChannels(final Tensor image) {
		return Scopes.keep(() -> torch.view_as_real(image.resolve_conj()).movedim(-1, 1).contiguous());
	}

	/** Interleaved real and imaginary parts, last axis of size 2, to complex64; shares memory where it can. */
	public static Tensor fromPairs(final Tensor pairs) {
		return torch.view_as_complex(pairs.contiguous());
	}

	/** complex64 to float32 with a last axis (real, imaginary); shares memory where it can. */
	public static Tensor toPairs(final Tensor values) {
		return torch.view_as_real(values.resolve_conj().contiguous());
	}
}
