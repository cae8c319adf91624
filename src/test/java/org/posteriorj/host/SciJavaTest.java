package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.data.KSpace;
import org.posteriorj.io.NumPyWriter;
import org.posteriorj.prior.ShrinkingPrior;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.ImagePlus;
import ij.macro.Interpreter;

/** The commands as Fiji runs them, found by the annotation index and with all processors. */
class SciJavaTest {

	@TempDir
	Path folder;

	private Context context;

	@BeforeEach
	void start() {
		context = new Context(CommandService.class);
		Interpreter.batchMode = true;
	}

	@AfterEach
	void stop() {
		context.dispose();
		BatchImages.forget();
		Interpreter.batchMode = false;
	}

	private CommandModule run(final String command, final Object... options) throws InterruptedException, ExecutionException {
		return context.service(CommandService.class).run("org.posteriorj.command." + command, true, options).get();
	}

	@Test
	void aCommandReturnsItsImage() throws Exception {
		final Path file = folder.resolve("scan.npy");
		final KSpace kspace = WindowsTest.kspace();
		NumPyWriter.write(file, kspace);
		final CommandModule module = run("OpenRawData", "input", file.toString());
		final ImagePlus window = (ImagePlus) module.getOutput("kspace");
		assertArrayEquals(kspace.slices().get(1), KSpaceWindow.kspace(window).slices().get(1));
		assertEquals("3", ((PosteriorCommand) module.getCommand()).results().get("coils"));
	}

	@Test
	void anImageThatIsNotRequiredMayBeMissing() throws Exception {
		final Path prior = ShrinkingPrior.write(folder.resolve("shrink.pt"), 1);
		final CommandModule module = run("InspectPriorCommand", "prior", prior.toString());
		assertEquals("accepted", ((PosteriorCommand) module.getCommand()).results().get("verdict"));
		assertEquals(6, ((ImagePlus) module.getOutput("pictures")).getStackSize());
	}

	@Test
	void aFailureWithoutAScreenIsThrown() {
		final ImagePlus image = ij.IJ.createImage("a", "8-bit", 4, 4, 1);
		assertFailure("samples: expected 1 to 1000, got -5", "ReconstructMriCommand", "input", image, "samples", -5);
		assertFailure("quality: expected one of", "ReconstructMriCommand", "input", image, "quality", "nonsense");
		assertFailure("is not a k-space window", "ReconstructMriCommand", "input", image);
		assertFailure("is empty", "SimulateMriScan", "input", new ImagePlus());
	}

	private void assertFailure(final String message, final String command, final Object... options) {
		final Throwable thrown = assertThrows(ExecutionException.class, () -> run(command, options));
		Throwable cause = thrown;
		while (cause.getCause() != null) cause = cause.getCause();
		assertTrue(String.valueOf(cause.getMessage()).contains(message), String.valueOf(cause));
	}
}
