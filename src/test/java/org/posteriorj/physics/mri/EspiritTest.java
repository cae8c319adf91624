package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.Bart;
import org.posteriorj.data.KSpace;
import org.posteriorj.io.RawData;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.Fourier;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

class EspiritTest {

	@TempDir
	Path folder;

	/** What is left of the coil images after projection on the maps, in the object. */
	private static double projectionError(final Tensor maps, final Tensor coilImages) {
		final Tensor rss = coilImages.abs().square().sum(0).sqrt();
		final Tensor object = rss.gt(rss.max().mul(new org.bytedeco.pytorch.Scalar(0.1)));
		final Tensor squared = maps.abs().square().sum(0).clamp_min(new org.bytedeco.pytorch.Scalar(1e-9));
		final Tensor projected = maps.mul(torch.conj(maps).mul(coilImages).sum(0).div(squared));
		final double rest = coilImages.sub(projected).mul(object).abs().square().sum().item_double();
		return Math.sqrt(rest / coilImages.mul(object).abs().square().sum().item_double());
	}

	@Test
	void mapsOfBartsPhantomProjectAsBartsOwn() throws IOException {
		Bart.run(folder, "phantom", "-s8", "-k", "-x128", "k");
		Bart.run(folder, "ecalib", "-m1", "-c0.8", "k", "maps");
		final KSpace k = RawData.read(folder.resolve("k.cfl")), theirs = RawData.read(folder.resolve("maps.cfl"));
		Scopes.run(() -> {
			final Tensor samples = Tensors.of(k.slices().get(0), 8, 128, 128, 2);
			final Tensor images = Fourier.inverse(Complex.fromPairs(samples));
			final double own = projectionError(new Espirit().maps(samples, k.sampled().get(0), 1)[0].maps(), images);
			final double bart = projectionError(Complex.fromPairs(Tensors.of(theirs.slices().get(0), 8, 128, 128, 2)), images);
			assertTrue(own <= 1.1 * bart, "projection error " + own + ", BART " + bart);
		});
	}

	@Test
	void mapsOfASimulatedScanAreTheTrueOnesUpToAPhase() {
		for (final int[] size : new int[][] { { 96, 80 }, { 95, 63 } }) {
			final int rows = size[0], columns = size[1];
			final KSpace scan = SimulatedScans.scan(6, rows, columns, new SamplingMask(rows, columns, 3, 20).equispaced(), 0.002, false);
			Scopes.run(() -> {
				final Tensor maps = new Espirit().maps(Tensors.of(scan.slices().get(0), 6, rows, columns, 2), scan.sampled().get(0), 1)[0].maps();
				final Tensor truth = Complex.fromPairs(Tensors.of(CoilSimulation.maps(6, rows, columns, 1), 6, rows, columns, 2));
				final Tensor object = Complex.fromChannels(Tensors.of(SimulatedScans.object(rows, columns), 1, 2, rows, columns)).squeeze(0).abs().gt(
					new org.bytedeco.pytorch.Scalar(0.1));
				final double agreement = torch.conj(maps).mul(truth).sum(0).abs().mul(object).sum().item_double() / object.sum().item_double();
				assertEquals(1, agreement, 0.005);
			});
		}
	}

	/** The maps come from small patches then, which find maps in the air as well. */
	@Test
	void fewLinesStillTellObjectFromAir() {
		final int rows = 96, columns = 80;
		final KSpace scan = SimulatedScans.scan(6, rows, columns, new SamplingMask(rows, columns, 3, 12).equispaced(), 0.002, false);
		Scopes.run(() -> {
			final Tensor maps = new Espirit().maps(Tensors.of(scan.slices().get(0), 6, rows, columns, 2), scan.sampled().get(0), 1)[0].maps();
			final Tensor held = maps.abs().square().sum(0).gt(new org.bytedeco.pytorch.Scalar(0.5));
			final Tensor image = Complex.fromChannels(Tensors.of(SimulatedScans.object(rows, columns), 1, 2, rows, columns)).squeeze(0).abs();
			final Tensor object = image.gt(new org.bytedeco.pytorch.Scalar(0.1)), air = image.lt(new org.bytedeco.pytorch.Scalar(1e-3));
			final double covered = object.mul(held).sum().item_double() / object.sum().item_double(), inAir = air.mul(held).sum().item_double() / air.sum().item_double();
			assertTrue(covered > 0.995 && inAir < 0.6, "of the object " + covered + " has maps, of the air " + inAir);
		});
	}

	@Test
	void tooFewCalibrationLinesAreRefused() {
		final KSpace scan = SimulatedScans.scan(2, 64, 64, new SamplingMask(64, 64, 4, 4).equispaced(), 0.01, false);
		final String message = assertThrows(IllegalArgumentException.class, () -> Scopes.run(() -> new Espirit().maps(Tensors.of(scan.slices().get(0), 2, 64, 64,
			2), scan.sampled().get(0), 1))).getMessage();
		assertTrue(message.contains("4 x") && message.contains("ACS"), message);
	}
}
