package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posteriorj.data.Sinogram;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;

/** CT from the command line: simulate, open, and what is refused. */
class CtCommandLineTest {

	private static final int SIZE = 48;
	private static final String FAN = "{\"type\": \"fan\", \"detectorPitch\": 2, \"sourceToOrigin\": 400, \"sourceToDetector\": 800";
	private static final double RADIUS = 15, WATER = 0.0193;

	@TempDir
	Path folder;

	private String out, err;

	/** A disk of water in air, in HU, with pixels of 2 mm. */
	@BeforeEach
	void image() throws IOException {
		final FloatProcessor pixels = new FloatProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++) {
			final double r = Math.hypot(i % SIZE - (SIZE - 1) / 2.0, i / SIZE - (SIZE - 1) / 2.0);
			pixels.setf(i, (float) (-1000 + 1000 * Math.max(0, Math.min(1, RADIUS + 0.5 - r))));
		}
		final ImagePlus image = new ImagePlus("disk", pixels);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("mm");
		IJ.saveAsTiff(image, folder.resolve("disk.tif").toString());
		final ImagePlus sinogram = new ImagePlus("good", new FloatProcessor(60, SIZE));
		sinogram.getProcessor().setRoi(10, 0, 40, SIZE);
		sinogram.getProcessor().setValue(1);
		sinogram.getProcessor().fill();
		sinogram.setProp("PosteriorJ.geometry", FAN + ", \"angularRange\": 360}");
		IJ.saveAsTiff(sinogram, folder.resolve("good.tif").toString());
		Files.writeString(folder.resolve("bad.json"), "{\"sourceToOrigin\": -400}");
		Files.writeString(folder.resolve("few.json"), "{\"angles\": [0, 1]}");
		Files.writeString(folder.resolve("far.json"), "{\"detectorOffset\": 1e4, \"imagePixel\": 1}");
		Files.writeString(folder.resolve("tiny.json"), "{\"imagePixel\": 0.0001}");
		Files.writeString(folder.resolve("huge.json"), "{\"imagePixel\": 1000}");
		Files.writeString(folder.resolve("limited.json"), "{\"angularRange\": 90}");
	}

	private int run(final String line) {
		final CommandRun run = CommandRun.of(folder, line);
		out = run.out();
		err = run.err();
		return run.code();
	}

	@ParameterizedTest
	@CsvSource({ "parallel", "fan", "fan-curved" })
	void simulatedScansAreRightAndReopen(final String beam) throws IOException {
		assertEquals(0, run("simulate-ct-scan input=IN/disk.tif output=IN/sim format=tif,npy views=12 photons=0 beam=" + beam), err);
		final Sinogram window = SinogramWindow.sinogram(IJ.openImage(folder.resolve("sim/sinogram.tif").toString()));
		assertEquals(beam, window.geometry().beam().key());
		assertEquals(beam.equals("parallel") ? 165 : 330, window.geometry().angles()[11], 1e-9);
		final float[] data = window.slices().get(0);
		float largest = 0;
		for (int j = 0; j < window.detectors(); j++) largest = Math.max(largest, data[5 * window.detectors() + j]);
		assertEquals(2 * RADIUS * 2 * WATER, largest, 0.03 * largest, "the ray through the middle");
		assertEquals(0, data[0], 1e-6);
		assertEquals(0, run("open-raw-data input=IN/sim/sinogram.npy geometry=IN/sim/geometry.json output=IN/again"), err);
		assertTrue(out.contains("size: " + window.detectors() + " x 12 x 1") && out.contains("geometry: " + beam), out);
		final Sinogram again = SinogramWindow.sinogram(IJ.openImage(folder.resolve("again/sinogram.tif").toString()));
		assertArrayEquals(data, again.slices().get(0));
		assertEquals(window.geometry(), again.geometry());
	}

	@Test
	void doseIsNoiseAndSeedsRepeat() throws IOException {
		for (final String seed : new String[] { "1", "1", "2" }) {
			assertEquals(0, run("simulate-ct-scan input=IN/disk.tif output=IN/s" + seed + " format=npy views=12 photons=10000 seed=" + seed), err);
			if (!Files.exists(folder.resolve("first.npy"))) Files.copy(folder.resolve("s1/sinogram.npy"), folder.resolve("first.npy"));
		}
		assertEquals(-1, Files.mismatch(folder.resolve("first.npy"), folder.resolve("s1/sinogram.npy")));
		assertFalse(Files.mismatch(folder.resolve("first.npy"), folder.resolve("s2/sinogram.npy")) < 0);
		assertTrue(Files.readString(folder.resolve("s1/geometry.json")).contains("\"photons\":10000.0"));
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"2 | simulate-ct-scan input=IN/disk.tif output=IN/o views=0 | views: expected 1 to 10000", //
		"2 | simulate-ct-scan input=IN/disk.tif output=IN/o range=-1 | range: expected 0 to 360", //
		"2 | simulate-ct-scan input=IN/disk.tif output=IN/o photons=-1 | photons: expected at least 0", //
		"2 | simulate-ct-scan input=IN/disk.tif output=IN/o beam=cone | beam: expected one of parallel, fan", //
		"2 | simulate-ct-scan input=IN/disk.tif output=IN/o unit=hu | did you mean 'HU'", //
		"1 | simulate-ct-scan input=IN/disk.tif output=IN/o sourceorigin=20 | sourceorigin: the source must lie outside the image", //
		"1 | simulate-ct-scan input=IN/disk.tif output=IN/o pitch=0.0001 | detector pixels, at most 100000", //
		"2 | open-raw-data input=IN/disk.tif output=IN/o geometry=IN/none.json | there is no file", //
		"1 | open-raw-data input=IN/disk.tif output=IN/o geometry=IN/disk.tif | 'disk.tif': not", //
		"1 | open-raw-data input=IN/disk.tif output=IN/o | is not a k-space window", //
		"1 | reconstruct-ct input=IN/disk.tif output=IN/o | is not a sinogram window", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o sampler=ART | sampler: expected one of FBP", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o size=-1 | size: expected 0 to 8192", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o weight=0 | weight: expected 0.001 to 1000", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o water=19 | water: expected 0.0001 to 1", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o filter=Ramp | filter: expected one of Ram-Lak", //
		"2 | reconstruct-ct input=IN/disk.tif output=IN/o geometry=IN/none.json | there is no file", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o geometry=IN/bad.json | sourceToOrigin must be positive", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o geometry=IN/few.json | lists 2 angles for 48 views", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o size=48 geometry=IN/far.json | no ray meets the image", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o geometry=IN/tiny.json | check the units of detectorPitch and imagePixel", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o geometry=IN/huge.json | check the units of detectorPitch and imagePixel", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o centre=true geometry=IN/limited.json | a fan needs a full circle", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o sampler=RED-diff prior=none.pt | prior: expected one of", //
		"1 | reconstruct-ct input=IN/good.tif output=IN/o sampler=RED-diff prior=gaussian-field | is for complex images", //
	})
	void aMistakeIsOneClearLine(final int code, final String line, final String message) {
		assertEquals(code, run(line), err);
		assertTrue(err.contains(message), err);
		assertEquals(1, err.lines().count(), err);
		assertFalse(err.contains("Exception"), err);
		assertFalse(Files.exists(folder.resolve("o")));
	}

	@Test
	void simulatedScanToImageInHounsfieldUnits() throws IOException {
		assertEquals(0, run("simulate-ct-scan input=IN/disk.tif output=IN/sim views=90 photons=1000000"), err);
		assertEquals(0, run("reconstruct-ct input=IN/sim/sinogram.tif output=IN/rec hounsfield=true size=48 format=tif,npy,nii"), err);
		assertTrue(out.contains("method: FBP (classical)\n") && out.contains("residual chi-square: ") && !out.contains("warning"), out);
		final ImagePlus mean = IJ.openImage(folder.resolve("rec/mean.tif").toString());
		assertEquals(2, mean.getCalibration().pixelWidth, 1e-9);
		assertEquals(0, mean.getProcessor().getf(24, 24), 30, "HU of water");
		assertEquals(-1000, mean.getProcessor().getf(4, 24), 30, "HU of air");
		final String json = Files.readString(folder.resolve("rec/result.json"));
		assertTrue(json.contains("posteriorj reconstruct-ct input=") && json.contains("\"hounsfield\": \"true\""), json);
		for (final String name : new String[] { "mean.npy", "mean.nii", "residual.tif", "mask.tif" }) assertTrue(Files.exists(folder.resolve("rec").resolve(name)), name);
	}

	/** A small blob appears where the geometry says that its position falls. */
	@ParameterizedTest
	@CsvSource({ "parallel", "fan", "fan-curved" })
	void theTestPointIsWhereItAppears(final String beam) throws IOException {
		final FloatProcessor pixels = new FloatProcessor(SIZE, SIZE);
		pixels.setf(35, 12, 1);
		final ImagePlus image = new ImagePlus("point", pixels);
		image.getCalibration().setUnit("mm");
		IJ.saveAsTiff(image, folder.resolve("point.tif").toString());
		assertEquals(0, run("simulate-ct-scan input=IN/point.tif unit=1/mm output=IN/sim views=24 photons=0 beam=" + beam), err);
		assertEquals(0, run("ct-geometry input=IN/sim/sinogram.tif testx=11.5 testy=11.5 output=IN/geo"), err);
		final Sinogram scan = SinogramWindow.sinogram(IJ.openImage(folder.resolve("geo/sinogram.tif").toString()));
		final double[] trace = org.posteriorj.workflow.InspectCtGeometry.run(scan, 11.5, 11.5).trace();
		for (int v = 0; v < scan.views(); v++) {
			double sum = 0, moment = 0;
			for (int j = 0; j < scan.detectors(); j++) {
				sum += scan.slices().get(0)[v * scan.detectors() + j];
				moment += j * scan.slices().get(0)[v * scan.detectors() + j];
			}
			assertEquals(moment / sum, trace[v], 0.25, beam + " view " + v);
		}
		assertTrue(Files.exists(folder.resolve("geo/picture.tif")) && out.contains("rotation axis: detector index"), out);
	}

	@Test
	void aPlainStackGetsItsGeometryFromOptions() throws IOException {
		IJ.saveAsTiff(new ImagePlus("plain", new FloatProcessor(60, SIZE)), folder.resolve("plain.tif").toString());
		assertEquals(1, run("ct-geometry input=IN/plain.tif output=IN/geo"));
		assertTrue(err.contains("is not a sinogram window"), err);
		assertEquals(0, run("ct-geometry input=IN/plain.tif beam=fan range=360 pitch=2 sourceorigin=400 sourcedetector=800 centre=31.5 photons=5000 output=IN/geo"), err);
		final Sinogram scan = SinogramWindow.sinogram(IJ.openImage(folder.resolve("geo/sinogram.tif").toString()));
		assertEquals(31.5, scan.geometry().centreOfRotation(60), 1e-9);
		assertEquals(5000.0, scan.geometry().photons());
		assertEquals(1, scan.geometry().imagePixel(), 1e-9);
		assertEquals(1, run("ct-geometry input=IN/plain.tif beam=fan range=360 pitch=2 output=IN/geo"));
		assertTrue(err.contains("options: sourceToOrigin is missing"), err);
	}

	@Test
	void aWindowOfAnotherSizeThanItsGeometryIsRefused() {
		assertEquals(0, run("simulate-ct-scan input=IN/disk.tif output=IN/sim views=12"), err);
		final ImagePlus window = IJ.openImage(folder.resolve("sim/sinogram.tif").toString());
		window.setRoi(0, 0, window.getWidth(), 7);
		final ImagePlus cropped = window.crop();
		cropped.setProp("PosteriorJ.geometry", window.getProp("PosteriorJ.geometry"));
		final String message = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> SinogramWindow.sinogram(cropped)).getMessage();
		assertTrue(message.contains("12 angles for 7 views"), message);
	}
}
