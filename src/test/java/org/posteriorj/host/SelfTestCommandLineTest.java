package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;

/** Self-Test from the command line and as a command of plain ImageJ: files, own scans, and what is refused. */
class SelfTestCommandLineTest {

	@TempDir
	static Path folder;

	private static String out, err;

	@BeforeAll
	static void files() throws IOException {
		EllipseFile.write(folder);
		assertEquals(0, run("simulate-mri-scan input=IN/ellipse.tif output=IN coils=2 acs=12 acceleration=2 noise=0.05 seed=2"), err);
		assertEquals(0, run("simulate-ct-scan input=IN/ellipse.tif output=IN unit=1/mm beam=parallel views=12 photons=10000 format=tif,npy"), err);
		Files.writeString(folder.resolve("words.tif"), "no picture");
	}

	private static int run(final String line) {
		final CommandRun run = CommandRun.of(folder, line);
		out = run.out();
		err = run.err();
		return run.code();
	}

	/** RED-diff is quick; the report says what it is. */
	@Test
	void aReportIsLeft() throws IOException {
		assertEquals(0, run("self-test sampler=RED-diff variant=discrepancy device=cpu output=IN/a"), err);
		assertTrue(out.contains("RED-diff, four modes: error of the estimate ") && out.endsWith("self-test: passed\n"), out);
		final String page = Files.readString(folder.resolve("a/report.html"));
		for (final String part : new String[] { "<b>Passed.</b>", "<h2>1 coil</h2>", "<h2>8 coils</h2>", "<h2>four modes</h2>", "sampler=RED-diff variant=discrepancy", "JavaCPP", "adjoint 63 x 48" }) {
			assertTrue(page.contains(part), part);
		}
		assertEquals(4, Files.readAllLines(folder.resolve("a/self-test.csv")).size());
		assertTrue(Files.readString(folder.resolve("a/result.json")).contains("\"command\": \"posteriorj self-test "), "result.json");
	}

	@Test
	void ownScansAreMeasuredAgain() throws IOException {
		assertEquals(0, run("self-test sampler=DDS device=cpu input=IN/kspace.tif output=IN/b"), err);
		assertTrue(out.contains("this scan: a Gaussian field measured as slice 1 of 'kspace.tif': 32 x 32, 1.") && out.contains("DDS, this scan: biased: spread "), out);
		final String page = Files.readString(folder.resolve("b/report.html"));
		assertTrue(page.contains("<circle ") && page.contains("class=\"biased\""), page);
		assertEquals(0, run("self-test sampler=RED-diff device=cpu input=IN/sinogram.tif output=IN/c"), err);
		assertTrue(out.contains("12 of 12 views"), out);
		// an array with its geometry beside it is the same scan
		final String first = out.lines().filter(line -> line.startsWith("RED-diff")).findFirst().orElseThrow().replaceAll(", [0-9.]+ s\\)", "");
		assertEquals(0, run("self-test sampler=RED-diff device=cpu input=IN/sinogram.npy geometry=IN/geometry.json output=IN/d"), err);
		assertTrue(out.contains(first), first + out);
	}

	/** As a macro calls it, with a picture open that is no scan, and with a scan. */
	@Test
	void theActiveWindowIsTakenIfItIsAScan() {
		final String line = "sampler=RED-diff device=cpu output=[" + folder + "/f]";
		ij.WindowManager.setTempCurrentImage(IJ.openImage(folder.resolve("ellipse.tif").toString()));
		assertEquals(null, CommandBridge.attempt(() -> CommandCatalogue.find("self-test"), line));
		assertTrue(page("f").contains("<h2>four modes</h2>") && !page("f").contains("<h2>this scan</h2>"));
		ij.WindowManager.setTempCurrentImage(IJ.openImage(folder.resolve("kspace.tif").toString()));
		assertEquals(null, CommandBridge.attempt(() -> CommandCatalogue.find("self-test"), line));
		assertTrue(page("f").contains("<h2>this scan</h2>"));
		final String mistake = CommandBridge.attempt(() -> CommandCatalogue.find("self-test"), "form=Tiny");
		assertEquals("form: expected one of Short, Full; got 'Tiny' - did you mean 'Full'?", mistake);
		ij.WindowManager.setTempCurrentImage(null);
	}

	private static String page(final String name) {
		try {
			return Files.readString(folder.resolve(name).resolve("report.html"));
		}
		catch (final IOException exc) {
			throw new java.io.UncheckedIOException(exc);
		}
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"2 | sampler=Gibbs | sampler: expected one of All, PnP-DM, DAPS", //
		"2 | sampler=TV | sampler: expected one of All, PnP-DM, DAPS", //
		"2 | form=Tiny | form: expected one of Short, Full; got 'Tiny'", //
		"2 | variant=published | variant: expected one of default; got 'published'", //
		"2 | sampler=DDS variant=published | variant: expected one of default; got", //
		"2 | samples=5 | samples: expected 16 to 256, got 5.", //
		"2 | quality=Fast | quality: expected one of Preview, Standard, Best", //
		"2 | device=tpu | device: expected one of auto, cpu, cuda", //
		"2 | geometry=IN/none.json | geometry: there is no file", //
		"2 | input=IN/none.tif | input: there is no file", //
		"1 | input=IN/words.tif | cannot read", //
		"1 | input=IN/ellipse.tif | is not a k-space window" })
	void aMistakeIsOneClearLine(final int code, final String option, final String message) {
		assertEquals(code, run("self-test output=IN/bad " + option), err);
		assertTrue(err.contains(message), err);
		assertEquals(1, err.strip().lines().count(), err);
		assertFalse(err.contains("Exception") || Files.exists(folder.resolve("bad")), err);
	}
}
