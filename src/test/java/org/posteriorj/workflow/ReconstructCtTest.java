package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.Posterior;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.Volume;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.prior.DiffusionPrior;
import org.posteriorj.prior.GaussianFieldPrior;
import org.posteriorj.prior.SlowPrior;
import org.posteriorj.prior.Spectrum;

/** Every method on simulated scans whose truth is known. */
class ReconstructCtTest {

	private static final int SIZE = 48, SLICES = 3;
	private static final double WATER = 0.0193;
	private static Volume truth;
	private static Sinogram scan;

	/** A disk of water with two inserts, one of them moving from slice to slice. */
	@BeforeAll
	static void simulate() {
		final List<float[]> slices = new ArrayList<>();
		for (int z = 0; z < SLICES; z++) {
			final float[] image = new float[SIZE * SIZE];
			for (int i = 0; i < image.length; i++) {
				final double x = i % SIZE - 23.5, y = 23.5 - i / SIZE;
				image[i] = (float) (WATER * (inside(x, y, 19) + 0.5 * inside(x - 8, y - 2, 4) - 0.8 * inside(x + 6 + z, y + 5, 5)));
			}
			slices.add(image);
		}
		truth = new Volume("truth", SIZE, SIZE, 1, slices, new VoxelSize(2, 2, 3), "1/mm");
		scan = simulate("fan", 40, 1e5);
	}

	private static double inside(final double x, final double y, final double radius) {
		return Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x, y)));
	}

	private static Sinogram simulate(final String beam, final int views, final double photons) {
		return new SimulateCt(new SimulateCtSettings("1/mm", beam, views, 0, 0, 0, 0, 0, photons, 5)).run(truth, Monitor.NONE).sinogram();
	}

	private static ReconstructCtSettings settings(final String sampler, final int samples, final int steps, final boolean hounsfield) {
		return new ReconstructCtSettings(sampler, "field", samples, steps, "Standard", 0, 0.5, 1, "Hann", SIZE, false, false, false, hounsfield, WATER, false, 3, "cpu");
	}

	private static DiffusionPrior field(final String name) {
		return new GaussianFieldPrior(name, 1, Spectrum.powerLaw(100, 0.03, 1.5));
	}

	private static Posterior run(final ReconstructCtSettings settings) {
		return new ReconstructCt(settings, ReconstructCtTest::field).run(scan, Monitor.NONE);
	}

	private static double error(final Volume image) {
		double difference = 0, square = 0;
		for (int z = 0; z < SLICES; z++) for (int i = 0; i < SIZE * SIZE; i++) {
			final double t = truth.slices().get(z)[i];
			difference += Math.pow(image.slices().get(z)[i] - t, 2);
			square += t * t;
		}
		return Math.sqrt(difference / square);
	}

	private static double chiSquare(final Posterior p) {
		double sum = 0;
		long n = 0;
		for (final float[] slice : p.residual().slices()) {
			n += slice.length;
			for (final float v : slice) sum += (double) v * v;
		}
		return sum / n;
	}

	@Test
	void classicalMethods() {
		for (final String[] expected : new String[][] { { "FBP", "0.2" }, { "SIRT", "0.2" }, { "TV", "0.08" } }) {
			final Posterior p = run(settings(expected[0], 1, 0, false));
			System.out.printf("%s: error %.3f, chi-square %.3f%n", expected[0], error(p.mean()), chiSquare(p));
			assertTrue(error(p.mean()) < Double.parseDouble(expected[1]), expected[0] + " " + error(p.mean()));
			assertNull(p.std());
			assertEquals(new VoxelSize(2, 2, 3), p.mean().voxel());
			assertEquals(List.of(), p.provenance().warnings());
			assertTrue(p.provenance().facts().get("noise").toString().contains("100000 photons per ray (from the geometry)"), p.provenance().facts().toString());
		}
		// the automatic weight explains the data to their noise
		assertEquals(1, chiSquare(run(settings("TV", 1, 0, false))), 0.15);
	}

	@Test
	void fourierTransformsGiveNearlyTheSameImage() {
		for (final String beam : List.of("parallel", "fan")) {
			final Sinogram many = simulate(beam, 240, 1e5);
			final ReconstructCtSettings fourier = new ReconstructCtSettings("TV", "", 1, 0, "Standard", 0, 0.5, 1, "Hann", SIZE, false, false, false, false, WATER,
				true, 3, "cpu");
			final Posterior p = new ReconstructCt(fourier).run(many, Monitor.NONE);
			System.out.printf("TV by Fourier transforms, %s: error %.4f, chi-square %.3f%n", beam, error(p.mean()), chiSquare(p));
			assertTrue(error(p.mean()) < 0.05, beam + " " + error(p.mean()));
			assertTrue(p.provenance().facts().get("operator").toString().contains("Fourier"), p.provenance().facts().toString());
		}
	}

	@Test
	void hounsfieldUnits() {
		final Posterior hu = run(settings("FBP", 1, 0, true)), mm = run(settings("FBP", 1, 0, false));
		assertEquals("HU", hu.mean().unit());
		for (int i = 0; i < SIZE * SIZE; i += 7) assertEquals(1000 * (mm.mean().slices().get(1)[i] / WATER - 1), hu.mean().slices().get(1)[i], 1e-2);
	}

	@Test
	void samplesAreSpreadWithinTheNoise() {
		final Posterior p = run(settings("PnP-DM", 2, 200, false));
		System.out.printf("PnP-DM: error %.3f, chi-square of the mean %.3f, facts %s%n", error(p.mean()), chiSquare(p), p.provenance().facts());
		assertEquals(2, p.samples().size());
		assertTrue(p.std().slices().get(0)[SIZE * SIZE / 2 + SIZE / 2] > 0);
		assertTrue(error(p.mean()) < 0.2, "error " + error(p.mean()));
		final double chi = Double.parseDouble(p.provenance().facts().get("residual chi-square of the samples").toString());
		assertTrue(chi > 0.85 && chi < 1.15, "chi-square of the samples " + chi);
		// sample k does not depend on how many were asked for
		assertArrayEquals(p.samples().get(0).slices().get(1), run(settings("PnP-DM", 1, 200, false)).mean().slices().get(1));
	}

	/** With a Gaussian prior a sample is linear in its noise, so that mirrored samples have the same mean. */
	@Test
	void mirroredSamplesLieOnBothSidesOfTheMean() {
		final List<Volume> samples = run(settings("DDS", 4, 10, false)).samples();
		for (int z = 0; z < SLICES; z++) {
			double between = 0, within = 0;
			for (int i = 0; i < SIZE * SIZE; i++) {
				final double[] x = new double[4];
				for (int k = 0; k < 4; k++) x[k] = samples.get(k).slices().get(z)[i];
				between += Math.pow(x[0] + x[2] - x[1] - x[3], 2);
				within += Math.pow(x[0] - x[2], 2) + Math.pow(x[1] - x[3], 2);
			}
			assertTrue(between < 1e-4 * within, "slice " + z + ": " + between / within);
		}
	}

	@Test
	void pointEstimatorsMakeOneImage() {
		for (final String sampler : List.of("RED-diff", "DiffusionMBIR")) {
			final Posterior p = run(settings(sampler, 4, 30, false));
			System.out.printf("%s: error %.3f, chi-square %.3f%n", sampler, error(p.mean()), chiSquare(p));
			assertNull(p.std());
			assertEquals(1, p.samples().size());
			assertTrue(error(p.mean()) < 0.2, sampler + " " + error(p.mean()));
		}
	}

	@Test
	void aStoppedRunKeepsWholeSamples() {
		final Monitor stop = (done, total, message) -> done < total * 0.6;
		final Posterior p = new ReconstructCt(settings("PnP-DM", 4, 8, false), ReconstructCtTest::field).run(scan, stop);
		assertTrue(p.partial());
		assertEquals(2, p.samples().size());
		assertTrue(p.provenance().warnings().toString().contains("stopped by the user"), p.provenance().warnings().toString());
		assertThrows(CancellationException.class, () -> new ReconstructCt(settings("PnP-DM", 4, 8, false), ReconstructCtTest::field).run(scan, (done, total,
			message) -> done < 3));
	}

	/** Stopped within the third sample, whose first slice is finished; another geometry is another run. */
	@Test
	void aStoppedRunGoesOnWithTheSameBytes(@TempDir final File folder) throws IOException {
		final ReconstructCtSettings settings = settings("PnP-DM", 3, 3, false);
		final Posterior unbroken = new ReconstructCt(settings, ReconstructCtTest::field).run(scan, Monitor.NONE);
		assertTrue(new ReconstructCt(settings, ReconstructCtTest::field).run(scan, RunState.in(folder, true), (done, total, message) -> done < total * 0.8).partial());
		final Posterior other = new ReconstructCt(settings, ReconstructCtTest::field).run(simulate("fan", 48, 1e5), RunState.in(folder, true), Monitor.NONE);
		assertFalse(other.provenance().facts().containsKey("resumed"));
		assertTrue(other.provenance().warnings().toString().contains("unfinished run of something else"), other.provenance().warnings().toString());
		final RunState state = RunState.in(folder, true);
		final Posterior resumed = new ReconstructCt(settings, ReconstructCtTest::field).run(scan, state, Monitor.NONE);
		assertTrue(resumed.provenance().facts().containsKey("resumed"));
		for (int z = 0; z < SLICES; z++) {
			assertArrayEquals(unbroken.mean().slices().get(z), resumed.mean().slices().get(z), "mean of slice " + z);
			assertArrayEquals(unbroken.std().slices().get(z), resumed.std().slices().get(z), "standard deviation of slice " + z);
			for (int k = 0; k < 3; k++) assertArrayEquals(unbroken.samples().get(k).slices().get(z), resumed.samples().get(k).slices().get(z));
		}
		state.end();
		assertEquals(1, new File(folder, "unfinished").list().length, "the other run's state stays");
	}

	/** A damaged file is drawn again, not believed. */
	@Test
	void aDamagedSampleIsDrawnAgain(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("a.samples");
		new FinishedSamples(new float[] { 1, 2, 3 }, List.of("one", "two")).write(file);
		assertArrayEquals(new float[] { 1, 2, 3 }, FinishedSamples.read(file).orElseThrow().values());
		assertEquals(List.of("one", "two"), FinishedSamples.read(file).orElseThrow().warnings());
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
		assertTrue(FinishedSamples.read(file).isEmpty());
		bytes[12] ^= 1;
		Files.write(file, bytes);
		assertTrue(FinishedSamples.read(file).isEmpty());
	}

	@Test
	void aPriorForComplexImagesIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> new ReconstructCt(settings("RED-diff", 1, 8, false),
			name -> new GaussianFieldPrior(name, 2, Spectrum.powerLaw(100, 0.03, 1.5))).run(scan, Monitor.NONE)).getMessage();
		assertTrue(message.contains("complex images"), message);
	}

	@Test
	void photonsAreEstimatedWhereTheGeometryKnowsNone() {
		for (final double photons : new double[] { 1e4, 1e5 }) {
			final Sinogram known = simulate("parallel", 60, photons), unknown = known.withGeometry(known.geometry().withPhotons(null));
			final CtNoise noise = CtNoise.of(unknown, 0), expected = CtNoise.of(known, 0);
			assertTrue(noise.description().contains("estimated"), noise.description());
			// the pixels of a small image leave something in fourth differences
			assertTrue(noise.sigma() / expected.sigma() > 0.9 && noise.sigma() / expected.sigma() < 1.7, noise.description());
		}
		final CtNoise none = CtNoise.of(simulate("parallel", 60, 0).withGeometry(scan.geometry().withAngles(simulate("parallel", 60, 0).geometry().angles())), 0);
		assertTrue(none.sigma() > 0, none.description());
	}

	/** Evaluations of 0.3 s, 36 a sample of all slices. */
	@Test
	void theFirstSampleIsSeenGrowingAndStopIsQuick() {
		final Watcher watcher = new Watcher();
		final SlowPrior prior = new SlowPrior(1, 300, watcher::evaluate);
		assertThrows(CancellationException.class, () -> new ReconstructCt(settings("RED-diff", 1, 12, false), name -> prior).run(scan, watcher));
		assertTrue(prior.evaluations() < 36, "a picture within the first sample");
		assertEquals(watcher.stoppedIn(), prior.evaluations());
		assertEquals("First sample", watcher.image().title());
		final float[] shown = watcher.image().slices().get(0), known = truth.slices().get(0);
		double difference = 0, square = 0;
		for (int i = 0; i < known.length; i++) {
			difference += Math.pow(shown[i] - known[i], 2);
			square += known[i] * known[i];
		}
		assertTrue(difference < square, "it shows the object in 1/mm: " + difference / square);
	}
}
