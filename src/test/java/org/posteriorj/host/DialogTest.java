package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posteriorj.io.NumPyWriter;

import ij.IJ;
import ij.ImagePlus;

/** The dialog of a command on a virtual screen, the line that it records, and the line's replay: the same pixels everywhere. */
@Tag("slow")
class DialogTest {

	@TempDir
	Path folder;

	@Test
	void dialogMacroAndCommandLineMakeTheSameImage() throws IOException, InterruptedException {
		for (final String tool : List.of("Xvfb", "openbox", "xdotool", "import")) {
			Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, tool))), "skipped: no " + tool);
		}
		plugin();
		final Path scan = folder.resolve("scan.npy");
		NumPyWriter.write(scan, WindowsTest.kspace());
		sameEverywhere("Open Raw Data...", "open-raw-data", scan.toString(), "input=" + scan + " units=auto rows=0 columns=0 format=tif", "kspace");
	}

	/**
	 * @param typed what is typed into the dialog's first field
	 * @param options the option line that must be recorded
	 * @param made name of the file on the command line that holds the first window
	 */
	private void sameEverywhere(final String label, final String key, final String typed, final String options, final String made) throws IOException,
		InterruptedException
	{
		final List<String> dialog = new ArrayList<>(List.of("env", "TYPE=" + typed, "src/test/scripts/dialog.sh", folder.toString(), label.replace(".", "")));
		dialog.addAll(java(DialogProgram.class, folder.toString(), label));
		assertEquals(0, run(dialog), () -> read("err") + read("log"));
		final Path pictures = Files.createDirectories(Path.of("target/pictures"));
		for (final String picture : List.of("dialog.png", "screen.png")) {
			Files.copy(folder.resolve(picture), pictures.resolve(key + "-" + picture), StandardCopyOption.REPLACE_EXISTING);
		}
		final String line = "run(\"" + label + "\", \"" + options + "\");";
		assertTrue(read("recorded.ijm").contains(line), () -> read("recorded.ijm"));

		Files.writeString(folder.resolve("replay.ijm"), line + "\nsaveAs('Tiff', '" + folder.resolve("replay.tif") + "');\n");
		assertEquals(0, run(java(CommandLine.class, "macro", folder.resolve("replay.ijm").toString())), () -> read("log"));
		assertEquals(0, run(java(CommandLine.class, key, "input=" + typed, "output=" + folder.resolve("files"))), () -> read("log"));

		final ImagePlus window = IJ.openImage(folder.resolve("window.tif").toString());
		requireSame(window, IJ.openImage(folder.resolve("replay.tif").toString()));
		requireSame(window, IJ.openImage(folder.resolve("files").resolve(made + ".tif").toString()));
	}

	private static void requireSame(final ImagePlus a, final ImagePlus b) {
		assertArrayEquals(a.getDimensions(), b.getDimensions());
		for (int i = 1; i <= a.getStackSize(); i++) assertArrayEquals((float[]) a.getStack().getPixels(i), (float[]) b.getStack().getPixels(i));
	}

	/** Plain ImageJ reads its menu from plug-in jars; the classes come from the class path. */
	private void plugin() throws IOException {
		final Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("PosteriorJ_.jar");
		try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(file)) {
			zip.putNextEntry(new ZipEntry("plugins.config"));
			zip.write(Files.readAllBytes(Path.of("src/main/resources/plugins.config")));
			zip.closeEntry();
		}
	}

	private List<String> java(final Class<?> main, final String... args) {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.awt.headless=" + (main == CommandLine.class), "-Dplugins.dir=" + folder, "-Duser.home=" +
				folder, "-Dposteriorj.threads=1", "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("user.home") + "/.javacpp/cache", "-cp", System.getProperty(
					"java.class.path"), main.getName()));
		command.addAll(List.of(args));
		return command;
	}

	private int run(final List<String> command) throws IOException, InterruptedException {
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
		assertTrue(process.waitFor(180, TimeUnit.SECONDS), "it hangs");
		return process.exitValue();
	}

	private String read(final String name) {
		try {
			return Files.readString(folder.resolve(name));
		}
		catch (final IOException exc) {
			return name + " is missing";
		}
	}
}
