package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.io.RawData;
import org.posteriorj.prior.SlowPrior;

/** Raw data to posterior; with the Gaussian-field prior where the prior does not matter. */
class ReconstructMriTest {

	private static final String FIELD = "gaussian-field";

	static ReconstructMriSettings settings(final String sampler, final String prior, final int samples, final int coils, final long seed) {
		return new ReconstructMriSettings(sampler, prior, samples, 12, "Preview", 0, 0.5, coils, seed, "cpu");
	}

	private static Volume slice() {
		try {
			return RawData.readVolume(Path.of("sample-data/colin27-axial.nii"));
		}
		catch (final IOException exc) {
			throw new java.io.UncheckedIOException(exc);
		}
	}

	/** A quarter of the sample slice, scanned. */
	private static SimulatedScan scan(final int slices) {
		final Volume whole = slice();
		final float[] small = new float[72 * 60];
		for (int i = 0; i < small.length; i++) small[i] = whole.slices().get(0)[(i / 60 + 70) * 160 + i % 60 + 60];
		for (int i = 0; i < small.length; i++) if (i % 60 < 8 || i % 60 > 51 || i / 60 < 8 || i / 60 > 63) small[i] = 0;
		final Volume image = new Volume("part", 60, 72, 1, java.util.Collections.nCopies(slices, small), VoxelSize.UNKNOWN, "");
		return new SimulateMri(new SimulateMriSettings(4, "Equispaced", 3, 16, 0.02, true, 3)).run(image, Monitor.NONE);
	}

	private static Posterior run(final KSpace kspace, final ReconstructMriSettings settings) {
		return new ReconstructMri(settings).run(kspace, Monitor.NONE);
	}

	/** The job that the README shows: better than the best classical image, with an uncertainty that fits the error. */
	@Test
	void theSampleScanByTheShippedPrior() throws IOException {
		final KSpace kspace = RawData.read(Path.of("sample-data/brain-8coil-r4.npy"));
		final Volume reference = RawData.readVolume(Path.of("sample-data/brain-reference.npy"));
		final Posterior posterior = run(kspace, new ReconstructMriSettings("PnP-DM", "brain-mri", 4, 0, "Standard", 0, 0.5, 0, 1, "cpu"));
		final Posterior sparse = run(kspace, settings("L1-wavelet", FIELD, 1, 0, 1));
		final double psnr = CompareWithReference.run(posterior.mean(), reference, false).mean().psnr();
		final double classical = CompareWithReference.run(sparse.mean(), reference, false).mean().psnr();
		assertTrue(psnr > classical + 1.5, psnr + " dB, L1-wavelet " + classical);
		final double chi = Double.parseDouble(posterior.provenance().facts().get("residual chi-square").toString());
		assertEquals(1, chi, 0.1);
		double error = 0, variance = 0;
		final float[] truth = reference.magnitude().slices().get(0), mean = posterior.mean().magnitude().slices().get(0), std = posterior.std().slices().get(0);
		for (int i = 0; i < truth.length; i++) {
			error += (truth[i] - mean[i]) * (truth[i] - mean[i]);
			variance += std[i] * std[i];
		}
		assertEquals(1, Math.sqrt(variance * 1.25 / error), 0.25, "standard deviation over error");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PnP-DM", "RED-diff", "TV", "L1-wavelet", "CG-SENSE" })
	void theUnitOfTheDataDoesNotMatter(final String sampler) {
		final KSpace kspace = scan(1).kspace();
		final float[] plain = run(kspace, settings(sampler, FIELD, 2, 0, 1)).mean().slices().get(0);
		for (final double factor : new double[] { 1e-6, 1e6 }) {
			final float[] values = kspace.slices().get(0).clone();
			for (int i = 0; i < values.length; i++) values[i] *= (float) factor;
			final KSpace scaled = new KSpace("scaled", kspace.coils(), kspace.rows(), kspace.columns(), List.of(values), kspace.sampled(), kspace.voxel(), null, List
				.of());
			final float[] other = run(scaled, settings(sampler, FIELD, 2, 0, 1)).mean().slices().get(0);
			double difference = 0, norm = 0;
			for (int i = 0; i < plain.length; i++) {
				difference += Math.pow(other[i] / factor - plain[i], 2);
				norm += plain[i] * plain[i];
			}
			assertTrue(Math.sqrt(difference / norm) < 1e-4, sampler + " times " + factor + ": " + Math.sqrt(difference / norm));
		}
	}

	/** Five samples are drawn in chunks of four and one, two in one chunk. */
	@Test
	void aSampleDependsOnItsSeedAndNumberOnly() {
		final KSpace kspace = scan(2).kspace();
		final Posterior five = run(kspace, settings("PnP-DM", FIELD, 5, 3, 1)), two = run(kspace, settings("PnP-DM", FIELD, 2, 3, 1)), other = run(kspace,
			settings("PnP-DM", FIELD, 2, 3, 2));
		for (int k = 0; k < 2; k++) for (int z = 0; z < 2; z++) {
			assertArrayEquals(five.samples().get(k).slices().get(z), two.samples().get(k).slices().get(z), "sample " + k + ", slice " + z);
		}
		final float[] last = run(kspace, settings("PnP-DM", FIELD, 5, 3, 1)).samples().get(4).slices().get(1);
		assertArrayEquals(five.samples().get(4).slices().get(1), last);
		assertFalse(java.util.Arrays.equals(two.samples().get(0).slices().get(0), other.samples().get(0).slices().get(0)));
		assertFalse(java.util.Arrays.equals(two.samples().get(0).slices().get(0), two.samples().get(0).slices().get(1)), "slices have noise of their own");
	}

	/** Samples 1 and 3 mirror each other, 1 and 2 do not, so that four have the mean of many more. */
	@Test
	void theNoiseOfMirroredSamplesCancels() {
		final KSpace kspace = scan(1).kspace();
		final Posterior few = run(kspace, settings("PnP-DM", FIELD, 4, 0, 1)), many = run(kspace, settings("PnP-DM", FIELD, 64, 0, 2));
		final float[] centre = many.mean().slices().get(0);
		final float[][] noise = new float[4][];
		for (int k = 0; k < 4; k++) noise[k] = difference(few.samples().get(k).slices().get(0), centre);
		assertEquals(-1, product(noise[0], noise[2]) / product(noise[0], noise[0]), 0.1);
		assertEquals(-1, product(noise[1], noise[3]) / product(noise[1], noise[1]), 0.1);
		assertEquals(0, product(noise[0], noise[1]) / product(noise[0], noise[0]), 0.1);
		final float[] mean = difference(few.mean().slices().get(0), centre);
		// four independent samples: 1/4
		assertTrue(product(mean, mean) < 0.05 * product(noise[0], noise[0]), product(mean, mean) / product(noise[0], noise[0]) + " of the variance of one sample");
		double variance = 0, expected = 0;
		for (final float s : few.std().slices().get(0)) variance += s * s;
		for (final float s : many.std().slices().get(0)) expected += s * s;
		assertEquals(1, Math.sqrt(variance / expected), 0.05, "standard deviation of 4 samples against that of 64");
	}

	private static float[] difference(final float[] a, final float[] b) {
		final float[] out = new float[a.length];
		for (int i = 0; i < out.length; i++) out[i] = a[i] - b[i];
		return out;
	}

	private static double product(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
		return sum;
	}

	@Test
	void pointEstimatorsOfferNoStandardDeviation() {
		final KSpace kspace = scan(1).kspace();
		assertNull(run(kspace, settings("RED-diff", FIELD, 8, 0, 1)).std());
		assertNull(run(kspace, settings("TV", FIELD, 8, 0, 1)).std());
		assertNull(run(kspace, settings("PnP-DM", FIELD, 1, 0, 1)).std(), "one sample has no spread");
		assertNotNull(run(kspace, settings("PnP-DM", FIELD, 2, 0, 1)).std());
	}

	@Test
	void stoppingKeepsFinishedSamplesMarkedPartial() {
		final KSpace kspace = scan(2).kspace();
		final long steps = 12;
		final Posterior stopped = new ReconstructMri(settings("PnP-DM", FIELD, 8, 0, 1)).run(kspace, (done, total, message) -> done < 5 * steps);
		assertTrue(stopped.partial());
		assertEquals(4, stopped.samples().size(), "the finished chunk");
		assertEquals(1, stopped.mean().depth());
		assertTrue(stopped.provenance().warnings().stream().anyMatch(w -> w.contains("Stopped by the user: 1 of 2 slices, 4 samples")), stopped.provenance()
			.warnings().toString());
		assertThrows(CancellationException.class, () -> new ReconstructMri(settings("PnP-DM", FIELD, 8, 0, 1)).run(kspace, (done, total, message) -> false));
	}

	/** Slices of one volume, compressed coils of their own; the prior does not matter, and neither does the number of slices. */
	@Test
	void aVolumeIsReconstructedAsAWhole() {
		final SimulatedScan scan = scan(3);
		final Posterior volume = run(scan.kspace(), settings("DiffusionMBIR", FIELD, 8, 3, 1));
		assertNull(volume.std());
		assertEquals(1, volume.samples().size());
		assertEquals(3, volume.mean().depth());
		assertEquals("12", volume.provenance().facts().get("network evaluations per sample").toString());
		final double together = CompareWithReference.run(volume.mean(), scan.reference(), false).mean().psnr();
		final double alone = CompareWithReference.run(run(scan.kspace(), settings("RED-diff", FIELD, 1, 3, 1)).mean(), scan.reference(), false).mean().psnr();
		assertTrue(together > alone + 0.5, together + " dB of equal slices with noise of their own, slice by slice " + alone);
		fails("'K-space of part' has one - choose RED-diff", () -> run(scan(1).kspace(), settings("DiffusionMBIR", FIELD, 1, 0, 1)));
		assertThrows(CancellationException.class, () -> new ReconstructMri(settings("DiffusionMBIR", FIELD, 1, 3, 1)).run(scan.kspace(), (done, total, message) -> done < 9));
	}

	@Test
	void compressedCoilsGiveNearlyTheSameImage() {
		final SimulatedScan scan = scan(1);
		final double all = CompareWithReference.run(run(scan.kspace(), settings("CG-SENSE", FIELD, 1, 0, 1)).mean(), scan.reference(), false).mean().psnr();
		final double three = CompareWithReference.run(run(scan.kspace(), settings("CG-SENSE", FIELD, 1, 3, 1)).mean(), scan.reference(), false).mean().psnr();
		assertEquals(all, three, 1.5);
	}

	@Test
	void whatCannotWorkIsSaidBeforeAnythingIsDone() {
		final KSpace kspace = scan(1).kspace();
		fails("sampler: expected one of PnP-DM", () -> settings("none", FIELD, 1, 0, 1));
		fails("prior: expected one of brain-mri, brain-mri-conditional, ct, gaussian-field", () -> run(kspace, settings("PnP-DM", "none", 1, 0, 1)));
		fails("coils: expected 0 to 4, got 9", () -> run(kspace, settings("PnP-DM", FIELD, 1, 9, 1)));
		final KSpace empty = new KSpace("empty", 1, 64, 64, List.of(new float[2 * 64 * 64]), kspaceMask(64 * 64), VoxelSize.UNKNOWN, null, List.of());
		fails("k-space 'empty' is zero everywhere", () -> run(empty, settings("TV", FIELD, 1, 0, 1)));
		final SimulatedScan few = new SimulateMri(new SimulateMriSettings(4, "Equispaced", 3, 4, 0.02, true, 3)).run(slice(), Monitor.NONE);
		fails("scan with more ACS lines", () -> run(few.kspace(), settings("TV", FIELD, 1, 0, 1)));
	}

	private static List<boolean[]> kspaceMask(final int n) {
		final boolean[] mask = new boolean[n];
		java.util.Arrays.fill(mask, true);
		return List.of(mask);
	}

	private static void fails(final String message, final Runnable work) {
		final String said = assertThrows(IllegalArgumentException.class, work::run).getMessage();
		assertTrue(said.contains(message) && !said.contains("\n"), said);
	}

	@Test
	void noiseScanOptionAndDataGiveTheSameNoise() {
		final SimulatedScan scan = scan(1);
		final KSpace k = scan.kspace();
		final String given = run(k, new ReconstructMriSettings("CG-SENSE", FIELD, 1, 0, "Preview", 0.01, 0.5, 0, 1, "cpu")).provenance().facts().get(
			"noise per real component").toString();
		assertEquals("0.01000", given);
	}

	/** Evaluations of 0.3 s, 16 a sample: a picture within the first sample; whoever stops then waits for the evaluation that is going on. */
	@Test
	void theFirstSampleIsSeenGrowingAndStopIsQuick() {
		final KSpace kspace = scan(1).kspace();
		final Watcher watcher = new Watcher();
		final SlowPrior prior = new SlowPrior(2, 300, watcher::evaluate);
		assertThrows(CancellationException.class, () -> new ReconstructMri(new ReconstructMriSettings("PnP-DM", "slow", 1, 16, "Preview", 0, 0.5, 0, 1, "cpu"),
			name -> prior).run(kspace, watcher), "no sample was finished");
		assertTrue(prior.evaluations() < 16, "a picture within the first sample");
		assertEquals(watcher.stoppedIn(), prior.evaluations());
		assertEquals("First sample", watcher.image().title());
		final Volume reference = run(kspace, settings("CG-SENSE", FIELD, 1, 0, 1)).mean();
		assertTrue(CompareWithReference.run(watcher.image(), reference, false).mean().nrmse() < 1, "it shows the head in the units of the data");
	}
}
