package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.Bart;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.NonCartesianKSpace;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Progress;
import org.posteriorj.data.Trajectory;
import org.posteriorj.data.TrajectoryOptions;
import org.posteriorj.data.Volume;
import org.posteriorj.io.RawData;
import org.posteriorj.physics.DataConsistency;
import org.posteriorj.physics.mri.NoiseEstimate;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.Priors;
import org.posteriorj.sampler.GaussianPosterior;
import org.posteriorj.sampler.PnpDm;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** Scans along trajectories from simulation to image. */
class ReconstructTrajectoryTest {

	private static Posterior run(final NonCartesianKSpace scan, final String sampler, final int steps, final double noise) {
		return new ReconstructMri(new ReconstructMriSettings(sampler, "gaussian-field", 4, steps, "Preview", noise, 0.5, 0, 1, "cpu")).run(scan, Monitor.NONE);
	}

	private static NonCartesianKSpace along(final SimulatedScan scan) {
		return (NonCartesianKSpace) scan.scan();
	}

	private static double psnr(final Posterior posterior, final Volume reference) {
		return CompareWithReference.run(posterior.mean(), reference, false).mean().psnr();
	}

	private static double fact(final Posterior posterior, final String name) {
		return Double.parseDouble(posterior.provenance().facts().get(name).toString());
	}

	private static double noise(final SimulatedScan scan) {
		return Double.parseDouble(scan.scan().reading().get(1).replaceAll("noise: (\\S+) .*", "$1"));
	}

	/** In the units of the reference, upright and in place, for else the error would be that of another image. */
	@ParameterizedTest
	@CsvSource({ "radial, 40", "golden-angle, 40", "spiral, 0" })
	void imagesOfEveryTrajectoryAreRight(final String trajectory, final int spokes) {
		final SimulatedScan scan = TrajectoryScans.scan(trajectory, spokes, 1);
		final NonCartesianKSpace along = along(scan);
		final double sigma = noise(scan);
		for (final Object[] c : new Object[][] { { "Zero-filled", 29.0, 1.3 }, { "CG-SENSE", 29.0, 1.0 }, { "L1-wavelet", 35.0, 1.0 }, { "RED-diff", 32.0, 1.1 } }) {
			final Posterior image = run(along, c[0].toString(), 0, sigma);
			final double psnr = psnr(image, scan.reference());
			assertTrue(psnr > (double) c[1], c[0] + ": " + psnr + " dB");
			assertTrue(fact(image, "residual chi-square") < (double) c[2], c[0] + ": " + image.provenance().facts());
		}
	}

	@ParameterizedTest
	@CsvSource({ "radial, 40, 0.02", "golden-angle, 40, 0.02", "spiral, 0, 0.15" })
	void theNoiseIsFound(final String trajectory, final int spokes, final double tolerance) {
		final SimulatedScan scan = TrajectoryScans.scan(trajectory, spokes, 1);
		final Posterior posterior = run(along(scan), "Zero-filled", 0, 0);
		assertEquals(noise(scan), fact(posterior, "noise per real component"), tolerance * noise(scan));
		final boolean uncertain = posterior.provenance().warnings().stream().anyMatch(w -> w.contains("level is uncertain"));
		assertEquals(trajectory.equals("spiral"), uncertain, "whether the data show noise alone");
	}

	@Test
	void aResultHasTheShapeOfTheImageAndAResidualOfTheReadouts() {
		final NonCartesianKSpace along = along(TrajectoryScans.scan("radial", 24, 2));
		final Posterior posterior = run(along, "PnP-DM", 8, 0);
		assertEquals(2, posterior.mean().depth());
		assertEquals(TrajectoryScans.ROWS, posterior.mean().height());
		assertEquals(TrajectoryScans.COLUMNS, posterior.mean().width());
		assertEquals(4, posterior.samples().size());
		assertNotNull(posterior.std());
		assertNull(posterior.mask(), "a trajectory has no mask");
		assertEquals(24, posterior.residual().height());
		assertEquals(2 * TrajectoryScans.ROWS, posterior.residual().width());
	}

	/** Slices of one object in noise of their own: coupled ones are better, and differ less. */
	@Test
	void volumesAreCoupled() {
		final SimulatedScan scan = TrajectoryScans.scan("radial", 60, 3);
		final Posterior coupled = run(along(scan), "DiffusionMBIR", 10, noise(scan)), alone = run(along(scan), "RED-diff", 10, noise(scan));
		final double together = psnr(coupled, scan.reference()), apart = psnr(alone, scan.reference());
		assertTrue(together > apart + 1, "coupled " + together + ", one by one " + apart + " dB");
		assertTrue(step(coupled.mean()) < 0.5 * step(alone.mean()), "differences of slices: coupled " + step(coupled.mean()) + ", one by one " + step(alone.mean()));
		assertEquals(1, fact(coupled, "residual chi-square"), 0.25);
	}

	/** Mean difference of the magnitudes of neighbouring slices. */
	private static double step(final Volume volume) {
		final List<float[]> slices = volume.magnitude().slices();
		double sum = 0;
		for (int z = 1; z < slices.size(); z++) for (int i = 0; i < slices.get(z).length; i++) sum += Math.abs(slices.get(z)[i] - slices.get(z - 1)[i]);
		return sum / (slices.size() - 1) / slices.get(0).length;
	}

	@Test
	void aSingleCoilNeedsNoMap() {
		final SimulatedScan scan = new SimulateMri(new SimulateMriSettings(1, "Full", 2, 24, "golden-angle", 60, 0.02, true, 3)).run(TrajectoryScans.object(1), Monitor.NONE);
		assertTrue(psnr(run(along(scan), "L1-wavelet", 0, 0), scan.reference()) > 33);
	}

	@Test
	void whatCannotBeReconstructedIsSaidInOneLine() {
		final NonCartesianKSpace scan = along(TrajectoryScans.scan("radial", 24, 1));
		final Trajectory k = scan.trajectories().get(0);
		fails("too few samples", () -> run(first(scan, 1, 8), "CG-SENSE", 0, 0));
		fails("ACS", () -> run(first(scan, 2, 144), "CG-SENSE", 0, 0.01));
		final double[] ky = k.ky(), kx = k.kx();
		for (int i = 0; i < ky.length; i++) {
			final double r = Math.hypot(ky[i], kx[i]);
			ky[i] = r == 0 ? 28 : 28 * ky[i] / r;
			kx[i] = r == 0 ? 0 : 28 * kx[i] / r;
		}
		fails("no sample near the centre", () -> run(TrajectoryScans.with(scan, scan.slices().get(0), new Trajectory(k.shots(), k.samples(), ky, kx)), "CG-SENSE", 0, 0.01));
		fails("zero everywhere", () -> run(TrajectoryScans.with(scan, new float[scan.slices().get(0).length], k), "CG-SENSE", 0, 0));
	}

	/** Where the coils see the object; an oversampled centre of k-space must not slow down the rest. */
	@Test
	void samplesOfARadialScanHaveTheirExactSpread() {
		final SimulatedScan scan = TrajectoryScans.scan("radial", 40, 1);
		final ComputeDevice device = ComputeDevice.choose("cpu");
		try (GaussianFieldPrior prior = (GaussianFieldPrior) Priors.open("gaussian-field")) {
			Scopes.run(() -> {
				try (MriSlice slice = new MriSlice(scan.scan(), 0, NoiseEstimate.white(4, noise(scan)), 0, device)) {
					final DataConsistency data = slice.consistency(slice.scale(device), device);
					final GaussianPosterior posterior = new GaussianPosterior(prior, data);
					final Tensor exact = posterior.draw(SampleRandom.single(9, 0)), mean = posterior.mean();
					final Tensor drawn = new PnpDm(PnpDm.Options.evaluations(100)).sample(prior, data, SampleRandom.single(4, 0), Progress.NONE).images();
					assertEquals(data.chiSquare(exact)[0], data.chiSquare(drawn)[0], 0.06);
					final double[] power = Tensors.toDoubles(slice.maps().abs().square().sum(0));
					assertEquals(1, squares(drawn, mean, power) / squares(exact, mean, power), 0.15);
				}
			});
		}
	}

	/** Sum over the pixels that coils see. */
	private static double squares(final Tensor image, final Tensor mean, final double[] power) {
		final float[] a = Tensors.toFloats(image), b = Tensors.toFloats(mean);
		double sum = 0;
		for (int i = 0; i < a.length; i++) if (power[i % power.length] > 0.5) sum += Math.pow(a[i] - b[i], 2);
		return sum;
	}

	/** A scan that BART makes and reconstructs. */
	@Test
	void aBartScanIsUprightAndInPlace(@TempDir final Path folder) throws IOException {
		Bart.run(folder, "traj", "-r", "-x64", "-y48", "-o2", "traj");
		Bart.run(folder, "phantom", "-s4", "-k", "-t", "traj", "clean");
		Bart.run(folder, "noise", "-n", "10", "clean", "ksp");
		Bart.run(folder, "phantom", "-S4", "-x64", "sens");
		Bart.run(folder, "pics", "-l2", "-r0.0001", "-t", "traj", "ksp", "sens", "pics");
		Bart.run(folder, "rss", "8", "sens", "rss");
		Bart.run(folder, "fmac", "pics", "rss", "image");
		final NonCartesianKSpace scan = (NonCartesianKSpace) RawData.read(folder.resolve("ksp.cfl"), TrajectoryOptions.NONE);
		assertEquals(64, scan.rows());
		final float[] ours = run(scan, "CG-SENSE", 0, 0).mean().magnitude().slices().get(0), bart = RawData.readVolume(folder.resolve("image.cfl")).magnitude().slices()
			.get(0), down = new float[64 * 64], across = new float[64 * 64];
		for (int i = 0; i < ours.length; i++) {
			down[i] = ours[(63 - i / 64) * 64 + i % 64];
			across[i] = ours[i - i % 64 + 63 - i % 64];
		}
		assertEquals(0, difference(ours, bart), 0.1);
		assertTrue(difference(down, bart) > 0.3 && difference(across, bart) > 0.3, "the phantom is not symmetric");
	}

	/** Relative, after the best common scale. */
	private static double difference(final float[] a, final float[] b) {
		double ab = 0, bb = 0, aa = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (double) a[i] * b[i];
			bb += (double) b[i] * b[i];
			aa += (double) a[i] * a[i];
		}
		return Math.sqrt(1 - ab * ab / bb / aa);
	}

	/** The beginning of a scan. */
	private static NonCartesianKSpace first(final NonCartesianKSpace scan, final int shots, final int samples) {
		final Trajectory k = scan.trajectories().get(0);
		final double[] ky = new double[shots * samples], kx = ky.clone();
		final float[] part = new float[2 * scan.coils() * shots * samples];
		for (int s = 0; s < shots; s++) for (int i = 0; i < samples; i++) {
			ky[s * samples + i] = k.ky()[s * k.samples() + i];
			kx[s * samples + i] = k.kx()[s * k.samples() + i];
			for (int c = 0; c < scan.coils(); c++) System.arraycopy(scan.slices().get(0), 2 * ((c * k.shots() + s) * k.samples() + i), part, 2 * ((c * shots + s) *
				samples + i), 2);
		}
		return TrajectoryScans.with(scan, part, new Trajectory(shots, samples, ky, kx));
	}

	private static void fails(final String message, final Runnable work) {
		final String said = assertThrows(IllegalArgumentException.class, work::run).getMessage();
		assertTrue(said.contains(message) && !said.contains("\n"), said);
	}
}
