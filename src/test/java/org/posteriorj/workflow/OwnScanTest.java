package org.posteriorj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.posteriorj.data.Geometry;
import org.posteriorj.data.KSpace;
import org.posteriorj.data.Monitor;
import org.posteriorj.data.MriScan;
import org.posteriorj.data.Sinogram;
import org.posteriorj.data.VoxelSize;
import org.posteriorj.physics.ct.CtOperator;
import org.posteriorj.physics.mri.SenseOperator;
import org.posteriorj.prior.TestImage;
import org.posteriorj.quality.Coverage;
import org.posteriorj.sampler.PosteriorSampler;
import org.posteriorj.tensor.ComputeDevice;
import org.posteriorj.tensor.SampleRandom;
import org.posteriorj.tensor.Scopes;
import org.posteriorj.tensor.Tensors;

/** The Self-Test on a user's own scan: what is tested is the operator of that scan, or says what was made smaller. */
class OwnScanTest {

	private static final PosteriorSampler EXACT = new ExactSampler((x, known) -> x);

	private static SelfTestResult test(final KnownPosterior.Problem problem, final PosteriorSampler... samplers) {
		return new SelfTest(new SelfTestSettings("Short", "All", "default", 16, "Standard", 1, "cpu"), List.of(problem), List.of(samplers)).run(Monitor.NONE);
	}

	private static MriScan mri(final String mask, final String trajectory) {
		return new SimulateMri(new SimulateMriSettings(4, mask, 3, 16, trajectory, 30, 0.1, true, 3)).run(TrajectoryScans.object(2), Monitor.NONE).scan();
	}

	private static Sinogram ct(final String beam, final int views, final double photons) {
		return new SimulateCt(new SimulateCtSettings("Grey values", beam, views, 0, 0, 0, 0, 0, photons, 2)).run(TestImage.of(96, 1), Monitor.NONE).sinogram();
	}

	/** Lines are tested on columns, points and trajectories on the centre of k-space, small scans as they are. */
	@Test
	void ownMaskMapsAndNoiseAreUsed() {
		assertExact(new OwnMri(mri("Equispaced", "Cartesian"), 32), "the middle 14 of 60 columns of 72 rows, 2.");
		assertExact(new OwnMri(mri("Poisson disk", "Cartesian"), 32), "the central 32 x 32 of k-space");
		assertExact(new OwnMri(mri("Full", "golden-angle"), 32), "the central 32 x 32 of k-space");
		assertExact(new OwnMri(mri("Equispaced", "Cartesian"), 80), "72 x 60");
	}

	/** Truth and exact draws explain the data alike: the residual is that of the noise, and the draws are about the truth. */
	private static void assertExact(final KnownPosterior.Problem problem, final String what) {
		final RunRecord record = new RunRecord();
		problem.open(new KnownPosterior.Request(8, 1, ComputeDevice.choose("cpu"), record), known -> {
			assertEquals(1, Arrays.stream(known.data().chiSquare(known.draws())).average().orElseThrow(), 0.1, what);
			assertEquals(Coverage.expected(8), known.calibration(known.draws()).coverage(), 0.1, what);
			assertTrue(known.errorOfMean(known.draws()) < 0.7, what);
		});
		final String fact = record.provenance().facts().get("this scan").toString();
		assertTrue(fact.contains(what), fact);
	}

	@Test
	void ownGeometryIsUsed() {
		assertExact(new OwnCt(ct("fan", 30, 1e3), 32), "32 x 32 pixels of 4.313 mm (scan: 1.000), 30 of 30 views, 47 detector pixels, each of 3 together, 1000 photons");
		assertExact(new OwnCt(ct("parallel", 200, 1e3), 32), "50 of 200 views");
	}

	/** A sampler in use, on the rays of a fan. */
	@Test
	void samplersAreJudgedOnTheOwnScan() {
		final SelfTestSettings settings = new SelfTestSettings("Short", "PnP-DM", "default", 16, "Standard", 1, "cpu");
		final SelfTestResult test = test(new OwnCt(ct("fan", 24, 1e3), 24), SelfTest.samplers(settings).get(0), new ExactSampler((x, known) -> Tensors.add(Tensors.scale(x,
			0.5), 0.5, known.mean())));
		assertEquals("passed", test.samplers().get(0).verdict(), test.samplers().toString());
		assertTrue(test.samplers().get(1).verdict().matches("failed: spread (49|50|51) % too small.*"), test.samplers().toString());
	}

	/** Along a fully measured readout columns do not mix: the operator of some is that of all on images that are zero elsewhere. */
	@Test
	void columnsAreAProblemOfTheirOwn() {
		final int rows = 24, columns = 20, width = 6, left = (columns - width) / 2;
		Scopes.run(() -> {
			final ComputeDevice device = ComputeDevice.choose("cpu");
			final SampleRandom random = SampleRandom.single(1, 0);
			final boolean[] mask = new boolean[rows * columns];
			for (int r = 0; r < rows; r += 3) Arrays.fill(mask, r * columns, (r + 1) * columns, true);
			final Tensor maps = torch.view_as_complex(random.normal(3, rows, columns, 2).squeeze(0));
			final Tensor image = random.normal(2, rows, width), whole = torch.constant_pad_nd(image, new long[] { left, columns - width - left });
			try (SenseOperator all = new SenseOperator(maps, Tensors.of(KSpace.ones(mask), rows, columns)); SenseOperator some = OwnMri.columns(maps, mask, width, device)) {
				final Tensor expected = all.normal(whole), found = some.normal(image);
				assertEquals(0, Math.sqrt(Tensors.squaredNorm(expected.narrow(3, left, width).sub(found))[0] / Tensors.squaredNorm(found)[0]), 1e-6);
				assertEquals(Tensors.squaredNorm(expected)[0], Tensors.squaredNorm(found)[0], 1e-5 * Tensors.squaredNorm(found)[0]);
			}
		});
	}

	/** The centre of k-space keeps its mask and its zero frequency; odd sizes too. */
	@Test
	void centralPartKeepsTheZeroFrequency() {
		final int rows = 15, columns = 12;
		final float[] values = new float[2 * rows * columns];
		final boolean[] sampled = new boolean[rows * columns];
		values[2 * (rows / 2 * columns + columns / 2)] = 7;
		sampled[rows / 2 * columns + columns / 2] = true;
		final KSpace part = (KSpace) CentralPart.of(new KSpace("dot", 1, rows, columns, List.of(values), List.of(sampled), VoxelSize.UNKNOWN, null, List.of()), 8);
		assertEquals(8, part.rows());
		assertEquals(7, part.slices().get(0)[2 * (4 * 8 + 4)]);
		assertTrue(part.sampled().get(0)[4 * 8 + 4]);
	}

	/** Wider detector pixels see the mean of the rays that they replace, where those are. */
	@Test
	void coarseScansSeeTheSameObject() {
		final int size = 64, detectors = 91;
		final Geometry fine = new Geometry(Geometry.Beam.FAN, Geometry.evenAngles(12, 360), 2, 200, 400, 3.5, 1, 1e4);
		final float[] object = TestImage.of(size, 1).slices().get(0);
		final float[] data = Scopes.compute(() -> Tensors.toFloats(CtOperator.of(fine, detectors, size, size).forward(Tensors.of(object, 1, 1, size, size))));
		final CoarseCt coarse = CoarseCt.of(new Sinogram("fan", 12, detectors, List.of(data), fine, 1, List.of()), 0, 6, 32);
		assertEquals(6, coarse.scan().views());
		assertEquals(30, coarse.scan().detectors());
		assertEquals(3e4, coarse.scan().geometry().photons());
		for (int d = 0; d < 30; d++) {
			assertEquals(fine.detectorPosition(3 * d + 1, detectors), coarse.scan().geometry().detectorPosition(d, 30), 1e-9);
		}
		final float[] again = Scopes.compute(() -> Tensors.toFloats(CtOperator.of(coarse.scan().geometry(), 30, size, size).forward(Tensors.of(object, 1, 1, size, size))));
		double error = 0, norm = 0;
		for (int i = 0; i < again.length; i++) {
			error += Math.pow(again[i] - coarse.scan().slices().get(0)[i], 2);
			norm += Math.pow(again[i], 2);
		}
		assertEquals(0, Math.sqrt(error / norm), 0.01);
	}

	@Test
	void emptyScansAreRefusedInOneLine() {
		final MriScan scan = mri("Equispaced", "Cartesian");
		final KSpace k = (KSpace) scan, empty = new KSpace("empty", k.coils(), k.rows(), k.columns(), List.of(new float[k.slices().get(0).length]), List.of(k.sampled().get(
			0)), k.voxel(), null, List.of());
		final String mri = assertThrows(IllegalArgumentException.class, () -> test(new OwnMri(empty, 32), EXACT)).getMessage();
		assertTrue(mri.contains("'empty'") && !mri.contains("\n"), mri);
		final Sinogram s = ct("parallel", 20, 0);
		final Sinogram nothing = new Sinogram("nothing", s.views(), s.detectors(), Collections.nCopies(1, new float[s.slices().get(0).length]), s.geometry(), 1, List.of());
		final String message = assertThrows(IllegalArgumentException.class, () -> test(new OwnCt(nothing, 32), EXACT)).getMessage();
		assertEquals("self-test: sinogram 'nothing' is empty in its middle slice - is it the right file?", message);
	}
}
