package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NoiseCovariance;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.tensor.ComputeDevice;

/** Where the noise level comes from: the option, the noise scan, the data; and data without noise. */
class MriNoiseTest {

	private static final double SIGMA = 0.01;

	private static KSpace scan(final double noise) throws IOException {
		final Volume image = RawData.readVolume(Path.of("sample-data/colin27-axial.nii"));
		return new SimulateMri(new SimulateMriSettings(4, "Equispaced", 4, 24, noise, true, 3)).run(image, Monitor.NONE).kspace();
	}

	@Test
	void theOptionComesBeforeTheNoiseScanAndThatBeforeTheData() throws IOException {
		final KSpace plain = scan(SIGMA);
		final NoiseCovariance measured = NoiseEstimate.white(plain.coils(), 0.5);
		final KSpace k = new KSpace("k", plain.coils(), plain.rows(), plain.columns(), plain.slices(), plain.sampled(), plain.voxel(), measured, List.of());
		final ComputeDevice cpu = ComputeDevice.choose("cpu");
		assertEquals(2, NoiseEstimate.sigma(MriNoise.of(k, 2, 0, cpu).covariance()), 1e-12);
		assertSame(measured, MriNoise.of(k, 0, 0, cpu).covariance());
	}

	@Test
	void dataWithoutNoiseAreNamed() throws IOException {
		final MriNoise noise = MriNoise.of(scan(0), 0, 0, ComputeDevice.choose("cpu"));
		assertEquals("the data show none", noise.source());
		assertTrue(noise.warnings().get(0).contains("practically noiseless"), noise.warnings().toString());
		assertTrue(NoiseEstimate.sigma(noise.covariance()) > 0);
	}

	/** The middle of a head: it fills the field of view, and no column shows noise alone. */
	private static KSpace filled(final int coils, final String mask) throws IOException {
		final Volume head = RawData.readVolume(Path.of("sample-data/colin27-axial.nii"));
		final int rows = 120, columns = 96, top = (head.height() - rows) / 2, left = (head.width() - columns) / 2;
		final float[] middle = new float[rows * columns];
		for (int r = 0; r < rows; r++) System.arraycopy(head.slices().get(0), (top + r) * head.width() + left, middle, r * columns, columns);
		final Volume image = new Volume("middle", columns, rows, 1, List.of(middle), head.voxel(), "");
		return new SimulateMri(new SimulateMriSettings(coils, mask, 3, 12, SIGMA, true, 3)).run(image, Monitor.NONE).kspace();
	}

	private static MriNoise found(final KSpace scan) {
		return MriNoise.of(scan, 0, 0, ComputeDevice.choose("cpu"));
	}

	/** What was found over what was simulated. */
	private static double ratio(final KSpace scan, final MriNoise noise) {
		return NoiseEstimate.sigma(noise.covariance()) / Double.parseDouble(scan.reading().get(1).replaceAll("noise: (\\S+) .*", "$1"));
	}

	/** By the residual of a sparse image it was found 25 times too low: one coil has fewer samples than its image has pixels. */
	@ParameterizedTest
	@ValueSource(strings = { "Equispaced", "Random", "Poisson disk" })
	void oneCoilHasAnUpperLimitAndSaysSo(final String mask) throws IOException {
		final KSpace scan = filled(1, mask);
		final MriNoise noise = found(scan);
		final double ratio = ratio(scan, noise);
		assertTrue(ratio > 0.9 && ratio < 3, mask + ": " + ratio + " of the noise");
		assertTrue(noise.warnings().get(0).contains("upper limit"), noise.warnings().toString());
	}

	@Test
	void manyCoilsTellTheNoiseThatNoSampleShowsAlone() throws IOException {
		final KSpace scan = filled(8, "Poisson disk");
		assertEquals(1, ratio(scan, found(scan)), 0.08);
	}
}
