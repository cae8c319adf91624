package org.posteriorj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Rules that the sources keep: who may know whom, and what may stand where. */
class ArchitectureTest {

	private static final Path SOURCES = Path.of("src/main/java/org/posteriorj");

	/** Packages of ours that each package may import, besides itself. */
	private static final Map<String, List<String>> MAY_KNOW = Map.of( //
		"command", List.of("host", "workflow", "data"), //
		"host", List.of("workflow", "io", "data"), //
		"workflow", List.of("sampler", "prior", "physics", "quality", "io", "tensor", "data"), //
		"sampler", List.of("prior", "physics", "tensor", "data"), //
		"prior", List.of("tensor", "data"), //
		"physics", List.of("tensor", "data"), //
		"quality", List.of("data"), //
		"io", List.of("data"), //
		"tensor", List.of("data"), //
		"data", List.of());

	private static final List<String> NATIVE_FREE = List.of("command", "host", "io", "quality", "data");
	private static final List<String> IMAGEJ = List.of("command", "host", "io"); // ImageJ is the TIFF library of io

	private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.]+);");
	private static final Pattern OURS = Pattern.compile("org\\.posteriorj\\.(\\w+)\\..*");

	@Test
	void importsPointDownwards() throws IOException {
		final List<String> wrong = new ArrayList<>();
		for (final Path file : sources()) {
			final String home = home(file);
			final Matcher imports = IMPORT.matcher(Files.readString(file));
			while (imports.find()) {
				final Matcher ours = OURS.matcher(imports.group(1));
				if (ours.matches() && !ours.group(1).equals(home) && !MAY_KNOW.get(home).contains(ours.group(1))) wrong.add(file + " imports " + imports.group(1));
				final boolean imagej = imports.group(1).startsWith("ij.") || imports.group(1).startsWith("org.scijava");
				if (imagej && !IMAGEJ.contains(home)) wrong.add(file + " imports " + imports.group(1));
				if (imports.group(1).startsWith("org.bytedeco") && NATIVE_FREE.contains(home)) wrong.add(file + " imports " + imports
					.group(1));
			}
		}
		assertEquals(List.of(), wrong);
	}

	@Test
	void everyPackageIsKnownToTheRules() throws IOException {
		final TreeSet<String> homes = new TreeSet<>();
		for (final Path file : sources()) homes.add(home(file));
		assertTrue(MAY_KNOW.keySet().containsAll(homes), homes + " has a package without a rule");
	}

	@Test
	void forbiddenConstructsAreAbsent() throws IOException {
		final Pattern anywhere = Pattern.compile("System\\.(out|err)\\b|printStackTrace|catch \\((final )?(Exception|Throwable)\\b|StringViewOptional\\(\"|\\bTODO\\b");
		assertEquals(List.of(), found(anywhere, ""));
	}

	@Test
	void nativeMemoryIsManagedInOnePlace() throws IOException {
		final Pattern outsideTensor = Pattern.compile("\\bPointerScope\\b|\\.grad\\(\\)|\\.backward\\(|new \\w+Optional\\(|static final (Tensor|Scalar) ");
		assertEquals(List.of(), found(outsideTensor, "tensor"));
	}

	@Test
	void classesStaySmall() throws IOException {
		final List<String> large = new ArrayList<>();
		for (final Path file : sources()) {
			final int lines = Files.readAllLines(file).size();
			if (lines > 300) large.add(file + ": " + lines + " lines");
		}
		assertEquals(List.of(), large);
	}

	private static List<String> found(final Pattern forbidden, final String exempt) throws IOException {
		final List<String> found = new ArrayList<>();
		for (final Path file : sources()) {
			if (home(file).equals(exempt)) continue;
			int n = 0;
			for (final String line : Files.readAllLines(file)) {
				n++;
				final String code = line.strip();
				if (!code.startsWith("*") && !code.startsWith("/*") && !code.startsWith("//") && forbidden.matcher(code).find()) found.add(file + ":" + n + ": " + code);
			}
		}
		return found;
	}

	private static String home(final Path file) {
		return SOURCES.relativize(file).getName(0).toString();
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
		}
	}
}
