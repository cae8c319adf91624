package org.posteriorj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.bytedeco.pytorch.Tensor;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.physics.mri.PrewhitenedCoils;
import org.posteriorj.physics.mri.SamplingMask;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/**
 * A scan of one slice with its reference, R-fold undersampled by lines of variable density. R counts the ACS lines: it is lines of
 * the grid over lines measured.
 *
 * @param name dataset and slice
 * @param r acceleration of the whole pattern
 * @param scan what is reconstructed, with the covariance of its noise as the software estimates it from these data
 * @param full all lines, null where there is an exact reference
 * @param reference in units of the reconstruction
 */
record MriTableCase(String name, int r, KSpace scan, KSpace full, Volume reference) {

	private static final int COILS = 8;
	private static final double NOISE = 0.01;
	private static final ComputeDevice CPU = ComputeDevice.choose("cpu");

	/**
	 * Slice {@code index} of {@code count} of a head, equally spaced between 30 and 80 % of its height, in 1.5 mm pixels; every slice has
	 * coils, phase, noise and mask of its own.
	 */
	static MriTableCase simulated(final Volume head, final int index, final int count, final int r) {
		final int z = (int) (head.depth() * (0.3 + 0.5 * (index + 0.5) / count));
		final Volume slice = resampled(head, z);
		final int lines = slice.height() / r, acs = lines / 2 + (r > 4 ? 2 : 0);
		final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(COILS, "Variable density", outside(slice.height(), lines, acs), acs, NOISE, true, 100 +
			index)).run(slice, Monitor.NONE);
		return new MriTableCase("colin27 z" + z, r, measured(scan.kspace()), null, scan.reference());
	}

	/** A fully sampled scan, undersampled; the reference is what all of its lines give. */
	static MriTableCase real(final Path file, final int r, final long seed) throws IOException {
		final KSpace raw = RawData.read(file);
		final NoiseCovariance noise = covariance(raw);
		final KSpace full = with(raw, raw.slices().get(0), raw.sampled().get(0), noise);
		final Volume reference = new ReconstructMri(new ReconstructMriSettings("Zero-filled", "brain-mri", 1, 0, "Standard", 0, 0.5, 0, 1, "cpu")).run(full,
			Monitor.NONE).mean();
		final int lines = raw.rows() / r, acs = Math.max(10, lines / 2);
		final boolean[] mask = new SamplingMask(raw.rows(), raw.columns(), outside(raw.rows(), lines, acs), acs).variableDensity(seed);
		final float[] some = raw.slices().get(0).clone();
		for (int i = 0; i < some.length; i++) if (!mask[i / 2 % mask.length]) some[i] = 0;
		return new MriTableCase("16-coil brain mask " + seed, r, measured(with(raw, some, mask, null)), full, reference);
	}

	/** The acceleration outside the ACS that gives {@code lines} in all. */
	private static double outside(final int rows, final int lines, final int acs) {
		return (double) (rows - acs) / (lines - acs);
	}

	private static KSpace measured(final KSpace scan) {
		return with(scan, scan.slices().get(0), scan.sampled().get(0), covariance(scan));
	}

	/** As {@link ReconstructMri} estimates it; once for all methods. */
	private static NoiseCovariance covariance(final KSpace scan) {
		final NoiseEstimate estimate = NoiseEstimate.of(scan);
		return estimate.rough() ? NoiseRefinement.refine(scan, estimate.covariance(), 0, CPU).covariance() : estimate.covariance();
	}

	private static KSpace with(final KSpace k, final float[] slice, final boolean[] mask, final NoiseCovariance noise) {
		return new KSpace(k.title(), k.coils(), k.rows(), k.columns(), List.of(slice), List.of(mask), k.voxel(), noise, k.reading());
	}

	/** Padded to 240 x 192 pixels of 1 mm and cropped in k-space to 160 x 128. */
	private static Volume resampled(final Volume head, final int z) {
		return new Volume(head.title(), 128, 160, 1, List.of(ResampledSlice.of(head, z, 240, 192, 160, 128)), new VoxelSize(1.5, 1.5, 1), "");
	}

	/**
	 * {@code |A x - y|^2 / noise} over the lines that were not measured, 1 for the true image: what no method can know from noise that it
	 * shares with the reference.
	 */
	double unmeasured(final Volume image) {
		final int n = scan.rows() * scan.columns();
		final List<Integer> missing = IntStream.range(0, n).filter(i -> !scan.sampled().get(0)[i]).boxed().toList();
		return Scopes.compute(() -> {
			try (MriSlice slice = new MriSlice(scan, 0, scan.noiseCovariance().orElseThrow(), 0, CPU)) {
				final float[] mask = new float[n], white = image.slices().get(0).clone(), gain = slice.gain();
				for (final int i : missing) mask[i] = 1;
				for (int i = 0; i < white.length; i++) white[i] = gain[i % n] > 0 ? white[i] / gain[i % n] : 0;
				final Tensor all = Tensors.of(slice.whitened(full.slices().get(0), full.coils(), 1), 1, slice.maps().size(0), full.rows(), full.columns(), 2);
				final Tensor m = Tensors.of(mask, full.rows(), full.columns());
				try (SenseOperator operator = new SenseOperator(slice.maps(), m)) {
					final Tensor y = all.mul(m.reshape(1, 1, full.rows(), full.columns(), 1));
					return new DataConsistency(operator, y, PrewhitenedCoils.SIGMA).chiSquare(Tensors.of(white, 1, 2,
						full.rows(), full.columns()))[0];
				}
			}
		});
	}

	/** PSNR that the true image would have in the mean against the reference, whose noise no method can know; infinite for an exact one. */
	double ceiling() {
		if (full == null) return Double.POSITIVE_INFINITY;
		return Scopes.compute(() -> {
			try (MriSlice slice = new MriSlice(full, 0, full.noiseCovariance().orElseThrow(), 0, CPU)) {
				final float[] shown = reference.magnitude().slices().get(0), gain = slice.gain();
				double noise = 0, max = 0;
				// of the magnitude, one real component
				for (final float g : gain) noise += Math.pow(PrewhitenedCoils.SIGMA * g, 2) / gain.length;
				for (final float v : shown) max = Math.max(max, v);
				return 10 * Math.log10(max * max / noise);
			}
		});
	}

	/** Magnitudes where the reference shows something. */
	float[] object(final Volume image) {
		final float[] truth = reference.magnitude().slices().get(0), values = image.magnitude().slices().get(0);
		float max = 0;
		for (final float v : truth) max = Math.max(max, v);
		final List<Float> inside = new ArrayList<>();
		for (int i = 0; i < truth.length; i++) if (truth[i] > 0.05f * max) inside.add(values[i]);
		final float[] out = new float[inside.size()];
		for (int i = 0; i < out.length; i++) out[i] = inside.get(i);
		return out;
	}
}
