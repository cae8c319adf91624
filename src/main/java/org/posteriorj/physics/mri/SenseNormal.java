package org.posteriorj.physics.mri;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * {@code A^H A x = sum_c conj(S_c) F^H M F S_c x} with maps and mask kept in the order of the FFT, so that only the image is
 * shifted.
 * <p>
 * A mask of whole readout lines commutes with the transform along them: there it is left out, and the image is turned so that
 * ky is the fast axis.
 */
final class SenseNormal implements AutoCloseable {

	private final boolean lines;
	private final Tensor maps;
	private final Tensor conjugated;
	private final Tensor mask;

	SenseNormal(final Tensor centredMaps, final Tensor centredMask) {
		lines = Scopes.compute(() -> centredMask.sub(centredMask.narrow(1, 0, 1)).abs().max().item_float()) == 0;
		final Tensor[] own = Scopes.keepAll(() -> {
			final Tensor m = turned(Fourier.uncentre(centredMaps)), k = Fourier.uncentre(centredMask);
			return new Tensor[] { m, torch.conj(m).resolve_conj(), lines ? k.select(1, 0).contiguous() : k };
		});
		maps = own[0];
		conjugated = own[1];
		mask = own[2];
		for (final Tensor t : own) t.retainReference();
	}

	/** Whether whole readout lines are measured. */
	boolean lines() {
		return lines;
	}

	/** Image [1, 2, H, W] to the same shape. */
	Tensor apply(final Tensor image) {
		return Scopes.keep(() -> {
			final Tensor x = turned(Fourier.uncentre(Complex.fromChannels(image)));
			final Tensor coils = x.unsqueeze(1).mul(Tensors.to(maps, image.device()));
			final Tensor k = (lines ? Fourier.lines(coils) : Fourier.plain(coils)).mul_(Tensors.to(mask, image.device()));
			final Tensor back = (lines ? Fourier.linesInverse(k) : Fourier.plainInverse(k)).mul_(Tensors.to(conjugated, image.device()));
			return Complex.toChannels(Fourier.centre(turned(back.sum(1))));
		});
	}

	private Tensor turned(final Tensor t) {
		return lines ? t.transpose(-1, -2).contiguous() : t;
	}

	@Override
	public void close() {
		maps.close();
		conjugated.close();
		mask.close();
	}
}
