package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
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
}
