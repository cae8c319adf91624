package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;

/** Help, errors and exit codes of the command line. */
class CommandLineTest {

	@TempDir
	Path folder;

	private String out, err;

	@BeforeEach
	void files() throws IOException {
		BadFiles.write(folder);
	}

	int run(final String... args) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(args);
		out = o.toString(StandardCharsets.UTF_8);
		err = e.toString(StandardCharsets.UTF_8);
		return code;
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"2 | reconstruct | did you mean 'reconstruct-mri'", //
		"2 | Reconstruct-MRI | did you mean 'reconstruct-mri'", //
		"2 | help reconstruct | did you mean", //
		"2 | reconstruct-mri | input=... is missing", //
		"2 | reconstruct-mri input=IN/image.tif | output=... is missing", //
		"2 | reconstruct-mri input= output=OUT | input=... is missing", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT stpes=3 | did you mean 'steps'", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps | expected steps=VALUE", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps= | expected a whole number, got ''", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps=-5 | steps: expected 0 to 10000, got -5", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps=1.5 | expected a whole number, got '1.5'", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps=99999999999 | expected a whole number", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT steps=3 steps=4 | given twice", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT samples=0 | samples: expected 1 to 1000, got 0", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT samples=1001 | samples: expected 1 to 1000", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT noise=-1 | noise: expected at least 0", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT noise=NaN | noise: expected", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT noise=Infinity | noise: expected", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT trust=1.01 | trust: expected 0 to 1", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT coils=-1 | coils: expected 0 to 1024", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT seed=one | seed: expected a whole number", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT sampler=RED | did you mean 'RED-diff'", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT quality=best | did you mean 'Best'", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT device=gpu | device: expected one of auto, cpu, cuda", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT format=png | format: expected any of", //
		"2 | reconstruct-mri input=IN/image.tif output=OUT format=tif,, | format: expected any of", //
		"2 | reconstruct-mri input=IN/none.tif output=OUT | there is no file", //
		"2 | reconstruct-mri input=IN output=OUT | is a folder", //
		"2 | reconstruct-mri input=IN/image.tif output=IN/file | is a file", //
		"2 | reconstruct-mri input=IN/image.tif output=IN/file/deeper | is a file", //
		"1 | reconstruct-mri input=IN/image.tif output=OUT | is not a k-space window", //
		"1 | reconstruct-mri input=IN/empty.tif output=OUT | is empty", //
		"1 | reconstruct-mri input=IN/text.tif output=OUT | cannot read", //
		"1 | simulate-mri-scan input=IN/nan.tif output=OUT | is NaN", //
		"1 | simulate-mri-scan input=IN/rgb.tif output=OUT | colour", //
		"1 | simulate-mri-scan input=IN/cut.tif output=OUT | is cut short", //
		"2 | simulate-mri-scan input=IN/image.tif output=OUT phase=yes | phase: expected true or false", //
		"2 | simulate-mri-scan input=IN/image.tif output=OUT mask=Radial | mask: expected one of", //
		"2 | simulate-mri-scan input=IN/image.tif output=OUT acceleration=0.5 | acceleration: expected 1", //
		"2 | simulate-mri-scan input=IN/image.tif output=OUT coils=0 | coils: expected 1 to 128", //
		"2 | plan-acquisition input=IN/image.tif output=OUT lines=1 | lines: expected 2 to 4096, got 1", //
		"2 | plan-acquisition input=IN/image.tif output=OUT lines=12 | more than the 12 that are measured first", //
		"2 | plan-acquisition input=IN/image.tif output=OUT score=entropy | score: expected one of", //
		"2 | plan-acquisition input=IN/image.tif output=OUT samples=1 | samples: expected 2 to 256", //
		"2 | plan-acquisition input=IN/image.tif output=OUT batch=0 | batch: expected 1", //
		"1 | plan-acquisition input=IN/image.tif output=OUT | is not a k-space window", //
		"2 | how-to-cite now=true | takes none", //
		"2 | macro | expected FILE.ijm", //
		"2 | macro IN/none.ijm | there is no file", //
	})
	void aMistakeIsOneClearLine(final int code, final String line, final String message) throws IOException {
		requireClearLine(code, line, message);
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', value = { //
		"1 | reconstruct-mri input=IN/text.h5 output=OUT | not an HDF5 file", //
		"1 | reconstruct-mri input=IN/text.npy output=OUT | not a NumPy file", //
		"1 | reconstruct-mri input=IN/text.cfl output=OUT | text.hdr", //
		"1 | reconstruct-mri input=IN/text.xyz output=OUT | not a kind of raw data that is read", //
		"1 | reconstruct-mri input=IN/empty.h5 output=OUT | is empty", //
		"1 | reconstruct-mri input=IN/empty.npy output=OUT | is empty", //
		"1 | reconstruct-mri input=IN/cut.h5 output=OUT | cut.h5", //
		"1 | reconstruct-mri input=IN/short.npy output=OUT | needs", //
		"1 | reconstruct-mri input=IN/nan.npy output=OUT | 1 of 32768 numbers are not finite", //
		"1 | reconstruct-mri input=IN/zero.npy output=OUT | all samples are zero", //
		"1 | reconstruct-mri input=IN/coils.npy output=OUT | at least one along every axis", //
		"1 | reconstruct-mri input=IN/order.npy output=OUT | move the coil axis before ky and kx", //
		"1 | reconstruct-mri input=IN/axes.npy output=OUT | expected 3 axes", //
		"1 | reconstruct-mri input=IN/alone.hdr output=OUT | alone.cfl", //
		"1 | reconstruct-mri input=IN/sizes.cfl output=OUT | need 131072 bytes, the file has 800", //
		"1 | reconstruct-mri input=IN/noacs.npy output=OUT noise=1 | scan with more ACS lines", //
		"1 | reconstruct-mri input=IN/scan.npy output=OUT noise=1 coils=9 | coils: expected 0 to 4, got 9", //
		"1 | reconstruct-mri input=IN/scan.npy output=OUT noise=1 prior=IN/text.pt | is not a TorchScript archive", //
		"1 | reconstruct-mri input=IN/scan.npy output=OUT noise=1 prior=IN/none.pt | prior: expected one of", //
		"1 | reconstruct-mri input=IN/scan.npy output=OUT noise=1 prior=ct | is for real ones", //
		"1 | reconstruct-mri input=IN/many.npy output=OUT samples=1000 | Reconstruct MRI: this run needs about", //
		"1 | open-raw-data input=IN/image.tif output=OUT | is not a k-space window", //
		"1 | open-raw-data input=IN/real.npy output=OUT geometry=IN/angles.json | angles", //
		"1 | open-raw-data input=IN/real.npy output=OUT geometry=IN/broken.json | broken.json" })
	void aBadFileIsOneClearLine(final int code, final String line, final String message) throws IOException {
		requireClearLine(code, line, message);
	}

	private void requireClearLine(final int code, final String line, final String message) throws IOException {
		final Path output = folder.resolve("out");
		final String[] args = Stream.of(line.split(" ")).map(a -> a.replace("IN", folder.toString()).replace("OUT", output.toString())).toArray(String[]::new);
		assertEquals(code, run(args), err);
		assertTrue(err.contains(message), err);
		assertEquals(1, err.lines().count(), err);
		assertTrue(err.startsWith("posteriorj: ") && !err.contains("Exception"), err);
		assertEquals("", out);
		assertFalse(Files.exists(output), "something was written");
		try (Stream<Path> left = Files.list(folder)) {
			assertEquals(List.of(), left.filter(f -> f.getFileName().toString().startsWith(".")).toList());
		}
	}

	@Test
	void helpNamesEveryCommandAndEveryOption() {
		assertEquals(0, run("help"));
		for (final CommandEntry entry : CommandCatalogue.commands()) assertTrue(out.contains("\n" + entry.key() + " "), entry.key());
		assertEquals(0, run("help", "reconstruct-mri"));
		for (final String key : List.of("input=FILE", "sampler=PnP-DM", "samples=8", "steps=0", "noise=0", "seed=1", "device=auto", "output=", "format=tif")) {
			assertTrue(out.contains("\n  " + key + "\n"), key);
		}
		assertEquals("", err);
	}

	@Test
	void comparisonOfAnImageWithTwiceItself() {
		final ImagePlus image = IJ.openImage(folder.resolve("image.tif").toString());
		image.getProcessor().multiply(2);
		IJ.saveAsTiff(image, folder.resolve("twice.tif").toString());
		assertEquals(0, run("compare-with-reference", "input=" + folder.resolve("twice.tif"), "reference=" + folder.resolve("image.tif")), err);
		assertTrue(out.contains("nrmse: 1.00000\n") && out.contains("scale: 1.0\n"), out);
		assertEquals(0, run("compare-with-reference", "input=" + folder.resolve("twice.tif"), "reference=" + folder.resolve("image.tif"), "fit=true"), err);
		assertTrue(out.contains("nrmse: 0.00000\n") && out.contains("scale: 0.5\n"), out);
	}

	@Test
	void resultsAreKeysAndValues() {
		assertEquals(0, run("how-to-cite"));
		assertTrue(out.lines().allMatch(l -> l.matches("[\\w -]+: \\S.*")), out);
	}

	@Test
	void calibrationReportWritesPageTablesAndPictures() throws IOException {
		final String output = folder.resolve("calibration").toString();
		assertEquals(0, run("calibration-report", "scans=2", "samples=6", "size=16", "coils=1", "acs=2", "steps=10", "output=" + output), err);
		assertTrue(out.contains("verdict: PnP-DM: "), out);
		for (final String name : List.of("report.html", "figures.csv", "curves.csv", "result.json", "ranks.tif", "coverage.tif")) {
			assertTrue(Files.size(Path.of(output, name)) > 0, name);
		}
		final String page = Files.readString(Path.of(output, "report.html"));
		assertTrue(page.contains("posteriorj calibration-report") && page.contains("<svg") && page.endsWith("</html>\n"), page);
		assertEquals(10, Files.readAllLines(Path.of(output, "figures.csv")).size());
		assertEquals(1, run("calibration-report", "prior=brain-mri", "output=" + output));
		assertTrue(err.contains("name volumes that it has never seen"), err);
	}
}
