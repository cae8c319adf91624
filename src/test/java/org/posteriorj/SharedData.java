package org.posteriorj;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** Real data for tests, which are not part of the repository. */
public final class SharedData {

	private SharedData() {}

	/** A file or folder of the shared data; the test that asks is skipped, saying so, where it is absent. */
	public static Path path(final String relative) {
		final Path found = Stream.of(System.getProperty("posteriorj.shared", ""), "../shared/data", "../../shared/data").filter(s -> !s.isEmpty())
			.map(s -> Path.of(s).resolve(relative)).filter(Files::exists).findFirst().orElse(null);
		Assumptions.assumeTrue(found != null, "skipped: shared data '" + relative + "' are not on this computer");
		return found;
	}
}
