package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;

/** Plan Acquisition from the command line: files, replay, views, and what is refused. */
class PlanCommandLineTest {

	private static final int SIZE = 32;
	private static final String FEW = " samples=2 quality=Preview steps=4 device=cpu";

	@TempDir
	static Path folder;

	private static String out, err;

	@BeforeAll
	static void files() throws IOException {
		EllipseFile.write(folder);
		assertEquals(0, run("simulate-mri-scan input=IN/ellipse.tif output=IN coils=1 mask=Full noise=0.01 seed=2"), err);
		assertEquals(0, run("simulate-ct-scan input=IN/ellipse.tif output=IN unit=1/mm beam=parallel views=12 photons=100000 format=tif,npy"), err);
		Files.writeString(folder.resolve("costs.txt"), IntStream.range(0, SIZE).mapToObj(line -> line < SIZE / 2 ? "1" : "100").collect(Collectors.joining("\n")));
		Files.writeString(folder.resolve("few.txt"), "1 2 3");
		Files.writeString(folder.resolve("words.txt"), "cheap dear");
		Files.writeString(folder.resolve("plan.json"), "{\"first\": [1]}");
	}

	private static int run(final String line) {
		final CommandRun run = CommandRun.of(folder, line);
		out = run.out();
		err = run.err();
		return run.code();
	}

	private static byte[] bytes(final String name) throws IOException {
		return Files.readAllBytes(folder.resolve(name));
	}

	@Test
	void aPlanWithCostsLeavesEverythingAndIsRepeated() throws IOException {
		final String options = "plan-acquisition input=IN/kspace.tif lines=10 acs=4 batch=2 noise=0.0003 prior=gaussian-field costs=IN/costs.txt format=npy" + FEW;
		assertEquals(0, run(options + " output=IN/a"), err);
		assertTrue(out.contains("cost of all lines: 208.0"), out);
		final String chosen = out.lines().filter(line -> line.startsWith("chosen: ")).findFirst().orElseThrow();
		for (final String line : chosen.substring(8).split(" ")) assertTrue(Integer.parseInt(line) < SIZE / 2, chosen);
		for (final String name : List.of("mask.tif", "mask.npy", "mask.cfl", "mask.hdr", "mask.csv", "decisions.csv", "plan.json", "growth.tif", "uncertainty.tif",
			"course.tif", "mean.npy", "std.npy", "samples.npy", "result.json"))
		{
			assertTrue(Files.size(folder.resolve("a").resolve(name)) > 0, name);
		}
		// a plot is drawn, and says what it shows
		final ImagePlus plot = IJ.openImage(folder.resolve("a/uncertainty.tif").toString());
		assertTrue(plot.getWidth() > 300 && plot.getStatistics().stdDev > 5, plot.toString());
		assertEquals(0, run(options + " output=IN/b replay=IN/a/plan.json"), err);
		assertTrue(out.contains("decisions repeated from a log: 3"), out);
		for (final String name : List.of("mean.npy", "std.npy", "samples.npy", "mask.npy", "decisions.csv", "plan.json")) assertArrayEquals(bytes("a/" + name), bytes(
			"b/" + name), name);
		assertFalse(Files.exists(folder.resolve("b/course.tif")));
	}

	@Test
	void viewsArePlannedToo() throws IOException {
		// brain-mri and the field are for complex images, which is said before any work
		assertEquals(1, run("plan-acquisition input=IN/sinogram.tif output=IN/c lines=6 acs=4" + FEW));
		assertTrue(err.contains("CT needs one for real ones (1) - choose ct."), err);
		final String options = "plan-acquisition lines=6 acs=4 prior=ct size=32 format=npy" + FEW;
		assertEquals(0, run(options + " input=IN/sinogram.tif output=IN/d"), err);
		assertTrue(out.contains("views chosen: 2 in 2 decisions by information") && out.contains("angle of the chosen: "), out);
		final String first = Files.readString(folder.resolve("d/mask.csv"));
		assertTrue(first.startsWith("order,line,angle,decision\n1,0,0,0\n2,3,45,0\n3,6,90,0\n4,9,135,0\n5,"), first);
		// the same scan as an array with its geometry beside it
		assertEquals(0, run(options + " input=IN/sinogram.npy geometry=IN/geometry.json output=IN/e"), err);
		assertArrayEquals(bytes("d/plan.json"), bytes("e/plan.json"));
		assertEquals(0, run("plan-acquisition mode=Prospective lines=14 candidates=18 prior=ct size=32 input=IN/sinogram.tif output=IN/f" + FEW), err);
		assertEquals(15, Files.readAllLines(folder.resolve("f/mask.csv")).size());
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"2 | costs=IN/none.txt | costs: there is no file", //
		"1 | costs=IN/few.txt | costs: expected one number for each of the 32 lines, got 3", //
		"1 | costs=IN/words.txt | 'words.txt': number 1 is 'cheap', expected numbers only", //
		"2 | replay=IN/none.json | replay: there is no file", //
		"1 | replay=IN/plan.json | 'plan.json': the entry 'decisions' is missing", //
		"1 | replay=IN/words.txt | 'words.txt': not a log of decisions", //
		"2 | geometry=IN/none.json | geometry: there is no file", //
		"2 | guidance=gradient | guidance: expected one of prox, DPS", //
		"2 | candidates=1 | candidates: expected 2 to 3600, got 1", //
		"2 | water=0 | water: expected 0.0001 to 1", //
		"2 | size=-1 | size: expected 0 to 8192", //
		"1 | prior=ct | MRI needs a prior for complex images" })
	void aMistakeIsOneClearLine(final int code, final String option, final String message) {
		assertEquals(code, run("plan-acquisition input=IN/kspace.tif output=IN/bad lines=10 acs=4 noise=0.0003" + (option.startsWith("prior") ? " " : " prior=gaussian-field ") + option));
		assertTrue(err.contains(message), err);
		assertEquals(1, err.lines().count(), err);
		assertFalse(Files.exists(folder.resolve("bad")));
	}
}
