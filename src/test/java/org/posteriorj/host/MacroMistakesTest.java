package org.posteriorj.host;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link CommandLineTest} refuses on the command line stops a macro too, with the same line; all macros in one JVM. */
@Tag("slow")
class MacroMistakesTest {

	@TempDir
	Path folder;

	/** @param message part of the line that the macro must end with */
	private record Mistake(String macro, String message) {}

	@Test
	void everyMistakeStopsTheMacro() throws IOException, InterruptedException {
		final Path output = folder.resolve("out");
		BadFiles.write(folder);
		final List<Mistake> mistakes = new ArrayList<>();
		for (final String name : List.of("aMistakeIsOneClearLine", "aBadFileIsOneClearLine")) {
			final Method method = Arrays.stream(CommandLineTest.class.getDeclaredMethods()).filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
			for (final String row : method.getAnnotation(CsvSource.class).value()) {
				final String[] parts = row.split(" \\| ");
				if (parts[1].matches(".* input=IN/(?!none|empty.tif|text.tif|cut.tif)\\S+ output=(OUT|IN/).*")) {
					mistakes.add(new Mistake(macro(parts[1], output), parts[2].trim()));
				}
			}
		}
		assertTrue(mistakes.size() >= 40, mistakes.size() + " mistakes");
		for (int i = 0; i < mistakes.size(); i++) Files.writeString(file(i, ".ijm"), mistakes.get(i).macro() + "\nprint('went on');\n");
		runAll();
		final List<Executable> checks = new ArrayList<>();
		for (int i = 0; i < mistakes.size(); i++) {
			final Mistake mistake = mistakes.get(i);
			final List<String> said = Files.readAllLines(file(i, ".ijm.txt"));
			checks.add(() -> assertTrue(said.get(0).contains(mistake.message()), mistake + " said: " + said));
			checks.add(() -> assertFalse(said.contains("went on") || said.toString().contains("Exception"), mistake + " said: " + said));
		}
		checks.add(() -> assertFalse(Files.exists(output), "something was written"));
		assertAll(checks);
	}

	private Path file(final int number, final String ending) {
		return folder.resolve(String.format("m%03d%s", number, ending));
	}

	/** The command line as a macro: an image is opened first, options stay as they are. */
	private String macro(final String line, final Path output) {
		final List<String> words = Arrays.stream(line.trim().split(" ")).map(w -> w.replace("IN/", folder + "/").replace("OUT", output.toString())).toList();
		final CommandEntry command = CommandCatalogue.find(words.get(0));
		final boolean opens = command.key().equals("open-raw-data");
		final String input = words.get(1).substring("input=".length());
		final String options = words.stream().skip(opens ? 1 : 2).collect(Collectors.joining(" "));
		final String open = opens ? "" : input.endsWith(".tif") ? "open('" + input + "'); " : "run('Open Raw Data...', 'input=" + input + "'); ";
		return open + "run('" + command.label() + "', '" + options + "');";
	}

	private void runAll() throws IOException, InterruptedException {
		final String classes = CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath();
		final Path log = folder.resolve("log");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.awt.headless=true", "-Dplugins.dir=" + folder, "-Dij1.plugin.dirs=" + classes, "-Duser.home=" + folder,
			"-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("user.home") + "/.javacpp/cache", "-cp", System.getProperty("java.class.path"), MacroProgram.class
				.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(900, TimeUnit.SECONDS), "the macros hang");
		assertEquals(0, process.exitValue(), Files.readString(log));
	}
}
