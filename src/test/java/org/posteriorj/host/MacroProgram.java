package org.posteriorj.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs every macro of a folder one after the other as {@code posteriorj macro} does; writes what went wrong, then what was printed, beside each. */
final class MacroProgram {

	private MacroProgram() {}

	/** Argument: the folder. */
	public static void main(final String[] args) throws IOException {
		final List<Path> macros;
		try (Stream<Path> files = Files.list(Path.of(args[0]))) {
			macros = files.filter(f -> f.toString().endsWith(".ijm")).sorted().toList();
		}
		for (final Path macro : macros) {
			final ByteArrayOutputStream printed = new ByteArrayOutputStream();
			final String error = HeadlessMacro.run(macro.toString(), "", new PrintStream(printed, true, StandardCharsets.UTF_8));
			Files.writeString(Path.of(macro + ".txt"), error + "\n" + printed.toString(StandardCharsets.UTF_8));
			AfterMacro.clean();
		}
		System.exit(0);
	}

	/** Apart, because ImageJ is patched before its first class. */
	private static final class AfterMacro {

		/** No image open, no failure left. */
		static void clean() {
			BatchImages.forget();
			new CommandBridge().run("org.posteriorj.command.HowToCite");
		}
	}
}
