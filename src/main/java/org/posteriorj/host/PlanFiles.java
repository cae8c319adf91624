package org.posteriorj.host;

import java.io.File;
import java.io.IOException;
import java.util.List;

import org.posteriorj.data.DecisionLog;
import org.posteriorj.io.DecisionLogReader;
import org.posteriorj.io.NumberListReader;

/** Files that an acquisition plan starts from; none is given as null. */
public final class PlanFiles {

	private PlanFiles() {}

	/** What each line costs; empty for no file. */
	public static List<Double> costs(final File file) throws IOException {
		return file == null ? List.of() : NumberListReader.read(file.toPath());
	}

	/** The decisions of an earlier plan; null for no file. */
	public static DecisionLog log(final File file) throws IOException {
		return file == null ? null : DecisionLogReader.read(file.toPath());
	}
}
