package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
	private static final double RADIUS = 15, WATER = 0.0193;

	@TempDir
	Path folder;

	private String out, err;

	/** A disk of water in air, in HU, with pixels of 2 mm. */
	@BeforeEach
	void image() {
		final FloatProcessor pixels = new FloatProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++) {
			final double r = Math.hypot(i % SIZE - (SIZE - 1) / 2.0, i / SIZE - (SIZE - 1) / 2.0);
			pixels.setf(i, (float) (-1000 + 1000 * Math.max(0, Math.min(1, RADIUS + 0.5 - r))));
		}
		final ImagePlus image = new ImagePlus("disk", pixels);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("mm");
		IJ.saveAsTiff(image, folder.resolve("disk.tif").toString());
	}

	private int run(final String line) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final String[] args = Stream.of(line.split(" ")).map(a -> a.replace("IN", folder.toString())).toArray(String[]::new);
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(args);
		out = o.toString(StandardCharsets.UTF_8);
		err = e.toString(StandardCharsets.UTF_8);
		return code;
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
	})
	void aMistakeIsOneClearLine(final int code, final String line, final String message) {
		assertEquals(code, run(line), err);
		assertTrue(err.contains(message), err);
		assertEquals(1, err.lines().count(), err);
		assertFalse(err.contains("Exception"), err);
		assertFalse(Files.exists(folder.resolve("o")));
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
