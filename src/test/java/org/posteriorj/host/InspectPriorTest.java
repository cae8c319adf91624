package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posteriorj.prior.ShrinkingPrior;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Inspect Prior by command line and by macro. */
class InspectPriorTest {

	@TempDir
	Path folder;

	private String out, err;

	private int run(final String... args) {
		final ByteArrayOutputStream o = new ByteArrayOutputStream(), e = new ByteArrayOutputStream();
		final int code = new CommandLine(new PrintStream(o, true, StandardCharsets.UTF_8), new PrintStream(e, true, StandardCharsets.UTF_8)).run(args);
		out = o.toString(StandardCharsets.UTF_8);
		err = e.toString(StandardCharsets.UTF_8);
		return code;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void tellsWhatAPriorIsAndDoes(final int channels) throws IOException {
		final Path prior = ShrinkingPrior.write(folder.resolve("shrink.pt"), channels), files = folder.resolve("files");
		assertEquals(0, run("inspect-prior", "prior=" + prior, "output=" + files, "format=tif,npy"), err);
		assertTrue(out.contains("name: shrink 1\n") && out.contains("verdict: accepted\n") && out.contains("weights: 1\n"), out);
		assertTrue(out.contains("sigma 0.02: outside the range"), out);
		assertTrue(out.matches("(?s).*sigma 0\\.5: \\d+\\.\\d\\d dB denoised, -?\\d+\\.\\d\\d dB noisy\n.*"), out);
		final ImagePlus pictures = IJ.openImage(files.resolve("pictures.tif").toString());
		assertEquals("256 x 128 x 6", pictures.getWidth() + " x " + pictures.getHeight() + " x " + pictures.getStackSize());
		assertTrue(Files.readString(files.resolve("result.json")).contains("\"verdict\": \"accepted\""));
		assertTrue(Files.exists(files.resolve("pictures.npy")));
	}

	@Test
	void takesAnImage() throws IOException {
		final Path prior = ShrinkingPrior.write(folder.resolve("shrink.pt"), 1), image = folder.resolve("ramp.tif");
		IJ.saveAsTiff(IJ.createImage("ramp", "16-bit ramp", 60, 40, 9), image.toString());
		assertEquals(0, run("inspect-prior", "prior=" + prior, "input=" + image, "output=" + folder.resolve("files")), err);
		assertTrue(out.contains("image: ramp.tif, 60 x 40, 4 slice(s)"), out);
	}

	@Test
	void aRefusalIsAResultAndADamagedFileAFailure() throws IOException {
		final Path bad = ShrinkingPrior.writeBad(folder.resolve("bad.pt"), 1.5);
		assertEquals(0, run("inspect-prior", "prior=" + bad, "output=" + folder.resolve("files")), err);
		assertTrue(out.contains("verdict: refused\n") && out.contains("reason: at noise level"), out);
		assertFalse(Files.exists(folder.resolve("files/pictures.tif")));
		Files.writeString(folder.resolve("text.pt"), "x");
		assertEquals(1, run("inspect-prior", "prior=" + folder.resolve("text.pt"), "output=" + folder.resolve("files")));
		assertTrue(err.contains("is not a TorchScript archive") && err.lines().count() == 1, err);
		assertEquals(1, run("inspect-prior", "prior=brian-mri", "output=" + folder.resolve("files")));
		assertTrue(err.contains("expected one of brain-mri"), err);
		assertEquals(2, run("inspect-prior", "prior=", "output=" + folder.resolve("files")));
		assertTrue(err.contains("prior: expected a built-in name"), err);
	}

	/** The active window of a session is mostly the scan. */
	@Test
	void anActiveScanIsNoImageToDenoise() throws IOException {
		final Path prior = ShrinkingPrior.write(folder.resolve("shrink.pt"), 1), scan = folder.resolve("scan.tif");
		final ImagePlus window = KSpaceWindow.image(WindowsTest.kspace());
		IJ.saveAsTiff(window, scan.toString());
		assertFalse(Windows.isImage(window));
		assertFalse(Windows.isImage(IJ.createImage("rgb", "RGB", 40, 40, 1)));
		assertFalse(Windows.isImage(IJ.createHyperStack("channels", 40, 40, 3, 1, 1, 8)));
		assertTrue(Windows.isImage(IJ.createImage("stack", "16-bit", 40, 40, 5)));
		assertEquals(0, run("inspect-prior", "prior=" + prior, "input=" + scan, "output=" + folder.resolve("files")), err);
		assertTrue(out.contains("note: window 'scan.tif' is not a grey image, so the built-in picture is taken\n") && out.contains("image: built in, "), out);
	}

	/** As plain ImageJ runs it for a macro; the whole way with menus is the concern of {@link HeadlessMacroTest}. */
	@Test
	void worksInAMacroWithoutAnImage() {
		final Path prior = ShrinkingPrior.write(folder.resolve("shrink.pt"), 1);
		final String name = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		Interpreter.batchMode = true;
		try {
			BatchImages.forget();
			Macro.setOptions("prior=[" + prior + "]");
			new CommandBridge().run("org.posteriorj.command.InspectPriorCommand");
			assertNull(CommandBridge.failure());
			assertEquals(6, WindowManager.getCurrentImage().getStackSize());
			WindowManager.getCurrentImage().close();
		}
		finally {
			Macro.setOptions(null);
			Interpreter.batchMode = false;
			Thread.currentThread().setName(name);
		}
	}
}
