package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;

/** Scans along a trajectory from the command line: simulate, open, reconstruct, and what is refused. */
class TrajectoryCommandLineTest {

	private static final int ROWS = 40, COLUMNS = 32;

	@TempDir
	Path folder;

	private String out, err;

	@BeforeEach
	void image() {
		final FloatProcessor pixels = new FloatProcessor(COLUMNS, ROWS);
		for (int y = 6; y < 34; y++) for (int x = 6; x < 26; x++) pixels.setf(x, y, 1 + y / 20f + (x > 15 && y < 20 ? 1 : 0));
		IJ.saveAsTiff(new ImagePlus("image", pixels), folder.resolve("image.tif").toString());
	}

	private int run(final String line) {
		final CommandRun run = CommandRun.of(folder, line);
		out = run.out();
		err = run.err();
		return run.code();
	}

	/** The pair of NumPy files and the TIFF file hold the same scan. */
	@ParameterizedTest
	@CsvSource({ "radial, 30", "spiral, 6" })
	void everyFileOfASimulationGivesTheSameImage(final String trajectory, final int spokes) {
		assertEquals(0, run("simulate-mri-scan input=IN/image.tif coils=4 acs=16 spokes=" + spokes + " output=IN/sim format=tif,npy trajectory=" + trajectory), err);
		assertEquals(0, run("open-raw-data input=IN/sim/kspace.npy output=IN/open"), err);
		assertTrue(out.contains("size: 32 x 40 x 1") && out.contains("trajectory: 'trajectory.npy'") && out.contains("units: cycles/FOV"), out);
		for (final String input : new String[] { "sim/kspace.tif", "sim/kspace.npy", "open/kspace.tif" }) {
			assertEquals(0, run("reconstruct-mri sampler=Zero-filled input=IN/" + input + " output=IN/images/" + input.replace('/', '-')), err);
		}
		final float[] tiff = mean("sim-kspace.tif");
		assertArrayEquals(tiff, mean("sim-kspace.npy"));
		assertArrayEquals(tiff, mean("open-kspace.tif"));
	}

	private float[] mean(final String input) {
		return (float[]) IJ.openImage(folder.resolve("images/" + input + "/mean.tif").toString()).getStack().getPixels(1);
	}

	@Test
	void whatIsWrongIsSaidInOneLine() throws IOException {
		assertEquals(0, run("simulate-mri-scan input=IN/image.tif coils=4 spokes=12 trajectory=radial output=IN/a format=npy"), err);
		assertEquals(0, run("simulate-mri-scan input=IN/image.tif coils=4 spokes=13 trajectory=radial output=IN/b format=npy,tif"), err);
		Files.delete(folder.resolve("a/trajectory.npy"));
		refused("12 shots of 80 - do they belong together?", "input=IN/a/kspace.npy trajectory=IN/b/trajectory.npy");
		refused("there is no trajectory", "input=IN/a/kspace.npy units=cycles/FOV");
		refused("there is no file", "input=IN/b/kspace.npy trajectory=IN/none.npy");
		refused("units: expected one of auto", "input=IN/b/kspace.npy units=FOV");
		refused("rows: expected 0 to 8192, got -4", "input=IN/b/kspace.npy rows=-4");
		refused("columns: expected 0 to 8192, got 9000", "input=IN/b/kspace.npy columns=9000");
		refused("are the units or the size wrong?", "input=IN/b/kspace.npy rows=16 columns=16");
		refused("a saved window has its trajectory", "input=IN/b/kspace.tif rows=16");
		assertEquals(1, run("plan-acquisition input=IN/b/kspace.npy output=IN/plan"), out);
		assertTrue(err.contains("was measured along a trajectory, expected a Cartesian scan"), err);
	}

	private void refused(final String words, final String options) {
		assertTrue(run("open-raw-data output=IN/x " + options) != 0, options);
		assertEquals(1, err.lines().count(), err);
		assertTrue(err.contains(words), err);
	}
}
