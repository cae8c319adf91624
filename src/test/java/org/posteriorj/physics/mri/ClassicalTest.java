package org.posteriorj.physics.mri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.Bart;
import org.posteriorj.SharedData;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Volume;
import org.posteriorj.io.BartWriter;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.tensor.Complex;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Classical reconstructions against BART, same mask and maps. */
class ClassicalTest {

	@TempDir
	Path folder;

	/** The real 16-coil brain, pre-whitened, with 4-fold undersampling and 24 ACS lines. */
	private final class Brain {

		final KSpace full = RawData.read(SharedData.path("kspace/pulseq-brain-16ch/kspace.npy"));
		final int coils = full.coils(), rows = full.rows(), columns = full.columns();
		final boolean[] mask = new SamplingMask(rows, columns, 4, 24).equispaced();
		final Tensor maps;
		final Tensor data;
		final Tensor all;

		Brain() throws IOException {
			final Tensor raw = Tensors.of(full.slices().get(0), coils, rows, columns, 2);
			final Tensor m = tensor(mask).reshape(1, rows, columns, 1);
			final PrewhitenedCoils matrix = PrewhitenedCoils.of(raw.reshape(coils, -1, 2), NoiseEstimate.of(full).covariance(), 0);
			all = matrix.apply(raw);
			data = all.mul(m);
			maps = new Espirit().maps(data, mask, 1)[0].maps();
			write("k", data);
			write("maps", Complex.toPairs(maps));
		}

		private void write(final String name, final Tensor values) throws IOException {
			final boolean[] everything = new SamplingMask(rows, columns, 1, 0).full();
			BartWriter.write(folder.resolve(name + ".cfl"), new KSpace(name, coils, rows, columns, List.of(Tensors.toFloats(values)), List.of(everything), full.voxel(),
				null, List.of()));
		}

		Tensor tensor(final boolean[] m) {
			final float[] values = new float[m.length];
			for (int i = 0; i < m.length; i++) values[i] = m[i] ? 1 : 0;
			return Tensors.of(values, rows, columns);
		}

		DataConsistency consistency() {
			return new DataConsistency(new SenseOperator(maps, tensor(mask)), data.unsqueeze(0), PrewhitenedCoils.SIGMA);
		}

		Tensor reference() {
			return new SenseOperator(maps, tensor(new SamplingMask(rows, columns, 1, 0).full())).adjoint(all.unsqueeze(0));
		}

		Tensor bart(final String name) throws IOException {
			final Volume image = RawData.readVolume(folder.resolve(name + ".cfl"));
			return Tensors.of(image.slices().get(0), 1, 2, rows, columns);
		}
	}

	/** NB: BART 0.8 diverges after it has converged, so it stops at 30 iterations. */
	@Test
	void cgSenseIsBarts() throws IOException {
		try (org.bytedeco.javacpp.PointerScope scope = new org.bytedeco.javacpp.PointerScope()) {
			final Brain brain = new Brain();
			Bart.run(folder, "pics", "-w", "1", "-l2", "-r", "0.01", "-i", "30", "k", "maps", "cg");
			final Tensor own = new CgSense(300).solve(brain.consistency(), 0.01, Progress.NONE), theirs = brain.bart("cg");
			final double difference = Math.sqrt(Tensors.squaredNorm(own.sub(theirs))[0] / Tensors.squaredNorm(theirs)[0]);
			assertTrue(difference <= 1e-4, "NRMSE " + difference);
		}
	}

	@Test
	void sparseWaveletsComeCloseToTheBestOfBart() throws IOException {
		try (org.bytedeco.javacpp.PointerScope scope = new org.bytedeco.javacpp.PointerScope()) {
			final Brain brain = new Brain();
			final Tensor reference = brain.reference();
			double best = 0;
			for (final String weight : List.of("0.005", "0.01", "0.02")) {
				Bart.run(folder, "pics", "-l1", "-r", weight, "-i", "100", "k", "maps", "l1");
				best = Math.max(best, psnr(brain.bart("l1"), reference));
			}
			final double own = psnr(new L1Wavelet(100).reconstruct(brain.consistency(), 0.5, Progress.NONE), reference);
			assertTrue(own >= best - 0.3, "PSNR " + own + " dB, BART's best " + best);
		}
	}

	/** Of the complex image, the scale fitted, against the maximum of the reference. */
	private static double psnr(final Tensor image, final Tensor reference) {
		final double fit = Tensors.dot(image, reference)[0] / Tensors.squaredNorm(image)[0];
		final double error = Tensors.squaredNorm(Tensors.scale(image, fit).sub(reference))[0] / (reference.numel() / 2);
		final double peak = Complex.fromChannels(reference).abs().max().item_float();
		return 20 * Math.log10(peak / Math.sqrt(error));
	}

	@Test
	void waveletsWithoutThresholdAreTheIdentity() {
		Scopes.run(() -> {
			for (final long[] size : new long[][] { { 64, 48 }, { 63, 37 }, { 16, 200 } }) {
				final Tensor image = SampleRandom.single(1, 0).normal(2, size[0], size[1]);
				final Tensor same = new Wavelets(size[0], size[1]).shrink(image, 0, new long[] { 3, 5 });
				assertEquals(0, Math.sqrt(Tensors.squaredNorm(same.sub(image))[0] / Tensors.squaredNorm(image)[0]), 1e-6);
			}
		});
	}

	@Test
	void waveletsShortenNoiseToNothing() {
		Scopes.run(() -> {
			final Tensor image = SampleRandom.single(1, 0).normal(2, 64, 64);
			final double left = Tensors.squaredNorm(new Wavelets(64, 64).shrink(image, 6, new long[] { 0, 0 }))[0] / Tensors.squaredNorm(image)[0];
			assertTrue(left < 1.2 / 64, "only the coarsest 8 x 8 of 64 x 64 are left, " + left);
		});
	}
}
