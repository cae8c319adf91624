package org.posteriorj.io;

import java.io.IOException;
import java.nio.file.Path;

import org.posteriorj.data.KSpace;

/** One file format of raw MRI data. */
public interface KSpaceReader {

	/** Whether a file is of this format, by its name and, where the name is ambiguous, its first bytes or names inside. */
	boolean accepts(Path file) throws IOException;

	/** Reads a file; {@link KSpace#reading()} tells how its axes, oversampling and noise were understood. */
	KSpace read(Path file) throws IOException;
}
