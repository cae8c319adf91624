package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code posteriorj macro}, each in a JVM of its own because ImageJ is patched before its first class. */
class HeadlessMacroTest {

	@TempDir
	Path folder;

	private String out, err;

	int run(final String macro, final String... argument) throws IOException, InterruptedException {
		return runFile(Files.writeString(folder.resolve("test.ijm"), macro), argument);
	}

	private int runFile(final Path file, final String... argument) throws IOException, InterruptedException {
		final java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Dplugins.dir=" + folder, "-Dij1.plugin.dirs=" + classes(), "-Duser.home=" + folder, "-cp", System
				.getProperty("java.class.path"), CommandLine.class.getName(), "macro", file.toString()));
		command.addAll(List.of(argument));
		final Process process = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile())
			.start();
		assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the macro hangs");
		out = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
		err = Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
		return process.exitValue();
	}

	private static String classes() {
		return CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath();
	}

	@Test
	void aNiftiImageIsOpenedAndScanned() throws IOException, InterruptedException {
		final String file = Path.of("sample-data/colin27-axial.nii").toAbsolutePath().toString();
		final int code = run("run('Open Raw Data...', 'input=[" + file + "]'); print(getWidth() + ' by ' + getHeight());" +
			"run('Simulate MRI Scan...', 'coils=2'); print(nImages);");
		assertEquals(0, code, err + out);
		assertTrue(out.contains("160 by 192") && out.contains("size: 160 x 192 x 1 (columns x rows x slices)"), out);
	}

	@Test
	void aMacroRunsWithImageJsOwnCommands() throws Exception {
		final int code = run("newImage('a', '32-bit ramp', 32, 16, 1); run('Gaussian Blur...', 'sigma=2'); run('How To Cite');" +
			"print(getTitle() + ' ' + getArgument());", "hello world");
		assertEquals(0, code, err + out);
		assertTrue(out.contains("a hello world") && out.contains("software: PosteriorJ"), out);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"newImage('a', '8-bit', 9, 9, 1); run('Reconstruct MRI...', 'stpes=3') | did you mean 'steps'", //
		"x = 1 + ; | in line 1", //
		"exit('enough is enough') | enough is enough" })
	void aFailureStopsTheMacro(final String macro, final String message) throws Exception {
		final int code = run(macro + ";\nprint('went on');");
		assertEquals(1, code, err + out);
		assertTrue(err.contains(message), err);
		assertEquals(1, err.lines().count(), err);
		assertTrue(!out.contains("went on"), out);
	}

	@Tag("slow")
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"run('Reconstruct MRI...', 'steps=3') | needs an image", //
		"newImage('a', '8-bit', 9, 9, 1); run('Reconstruct MRI...', 'steps=3') | is not a k-space window", //
		"newImage('a', '8-bit', 9, 9, 1); run('Reconstruct MRI...', 'steps=-3') | steps: expected 0 to 10000", //
		"newImage('a', '8-bit', 9, 9, 1); run('Reconstruct MRI...', 'sampler=[no such]') | sampler: expected one of", //
		"newImage('a', '8-bit', 9, 9, 1); run('Simulate MRI Scan...', 'acceleration=0') | acceleration: expected 1", //
		"newImage('a', 'RGB', 9, 9, 1); run('Simulate MRI Scan...', 'coils=2') | colour", //
		"newImage('a', '8-bit', 9, 9, 1); run('Compare With Reference...', 'input=a reference=b') | no open image has the title 'b'", //
		"run('Open Raw Data...', 'input=/nowhere/scan.h5') | there is no file", //
		"run('Inspect Prior...', 'prior=/nowhere/a.pt') | prior: expected one of", //
		"run('Train Prior...', 'validation=/nowhere/v.nii output=a.pt') | validation: there is no file or folder", //
		"run('No Such Command') | Unrecognized command", //
		"open('/nowhere/a.tif') | File not found", //
		"run('PosteriorJ Macro Extensions'); Ext.posteriorjInfo('seed', s) | no image is open" })
	void everyFailureStopsTheMacro(final String macro, final String message) throws Exception {
		aFailureStopsTheMacro(macro, message);
	}

	@Test
	void exitWithoutAMessageIsAGoodEnd() throws Exception {
		assertEquals(0, run("print('done'); exit();"), err + out);
	}

	/** The macros that ship, as they are, on the sample data. */
	@Tag("slow")
	@Test
	void theQuickStartRunsOnTheSampleData() throws Exception {
		assertEquals(0, runFile(Path.of("macros/quick-start.ijm")), err + out);
		final double psnr = out.lines().filter(l -> l.startsWith("psnr: ")).mapToDouble(l -> Double.parseDouble(l.split(" ")[1])).findFirst().orElseThrow();
		assertTrue(psnr > 34, out);
	}

	@Test
	void aBadFileOfAFolderIsNamedAndDoesNotStopTheOthers() throws Exception {
		final Path input = Files.createDirectory(folder.resolve("scans")), output = folder.resolve("results");
		Files.copy(Path.of("sample-data/brain-8coil-r4.npy"), input.resolve("good.npy"));
		Files.writeString(input.resolve("bad.h5"), "not a scan");
		assertEquals(1, runFile(Path.of("macros/folder-batch.ijm"), input + " " + output + " sampler=[Zero-filled]"), err + out);
		assertTrue(err.contains("folder-batch: 1 file(s) failed"), err);
		final List<String> table = Files.readAllLines(output.resolve("batch.csv"));
		assertTrue(table.get(1).startsWith("bad.h5,\"") && table.get(1).contains("HDF5"), table.toString());
		assertTrue(table.get(2).matches("good.npy,done,[\\d.]+,[\\d.]+"), table.toString());
		assertTrue(Files.exists(output.resolve("good/result.json")) && !Files.exists(output.resolve("bad")));
	}

	@Test
	void aRegionIsMeasuredWithItsInterval() throws Exception {
		final Path script = Path.of("plugins/PosteriorJ/Measure_With_Interval.ijm").toAbsolutePath();
		// sample k has the value k left of the middle and 10 - 2 k on the right; samples 1 and 3, and 2 and 4, mirror each other
		assertEquals(0, run("newImage('samples', '32-bit black', 16, 8, 5); run('Stack to Hyperstack...', 'channels=1 slices=1 frames=5');" +
			"for (k = 1; k <= 5; k++) { setSlice(k); makeRectangle(0, 0, 8, 8); run('Set...', 'value=' + k + ' slice');" +
			"makeRectangle(8, 0, 8, 8); run('Set...', 'value=' + (10 - 2 * k) + ' slice'); } run('Select None'); makeRectangle(0, 0, 8, 8);" +
			"runMacro('" + script + "'); print('95 %: ' + getResult('95 %', 0)); makeRectangle(8, 0, 8, 8); runMacro('" + script + "');"), err + out);
		assertTrue(out.contains("3.0000E0 +- 1.62E0, 5 to 95 %: 1.2000E0 to 4.8000E0 (5 samples)") && out.contains("95 %: 4.8"), out);
		assertTrue(out.contains("4.0000E0 +- 3.24E0, 5 to 95 %: 0.4000E0 to 7.6000E0") || out.contains("4.0000E-1 to 7.6000E0"), out);
	}
}
